import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { issue, pemOfKey, revocationList } from '../../../../../test/support/certificates.js';
import { validSettings } from '../config.fixture.js';
import type { Change } from './rule-cases.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
beforeAll(async () => {
  const write = (name: string, content: string, mode = 0o600) =>
    writeFileSync(join(cases.work.folder, name), content, { mode });
  const [server, other] = [await issue({ subject: 'CN=server' }), await issue({ subject: 'CN=other' })];
  write('server.pem', `${server.pem}\n${other.pem}\n`, 0o644);
  write('server.key', await pemOfKey(server));
  write('other.key', await pemOfKey(other));
  write('open.key', await pemOfKey(server), 0o644);
  write('nothing.pem', 'nothing');
  const authority = await issue({ subject: 'C=AT, CN=Authority', isAuthority: true });
  write('ca.pem', authority.pem);
  write('list.pem', (await revocationList(authority)).pem);
  write('overdue.pem', (await revocationList(authority, [], { until: -1_000 })).pem);
  write('foreign.pem', (await revocationList(other)).pem);
  writeFileSync(join(cases.work.folder, 'list.crl'), (await revocationList(authority)).der);
});
afterAll(() => cases.work.remove());

const tls = (more: object = {}): Change => ['tls', { certificate: 'server.pem', private_key: 'server.key', ...more }];
const asking = (path = '') => ({
  client_certificate_port: 9443,
  client_certificate_address: `https://mtls.example${path}`,
});
const file = (name: string): string => join(cases.work.folder, name);
const without = (member: string): Change => tls({ [member]: undefined });

describe('TLS of our own', () => {
  cases.accepts([
    ['a certificate with its key', [tls()]],
    ['ports and a host of its own', [tls({ host: '0.0.0.0', port: 443, ...asking() })]],
    [
      'an issuer at the port for certificates',
      [['issuer', 'https://as.example:9443'], tls({ client_certificate_port: 9443 })],
    ],
    ['an issuer at the usual port, which asks', [tls({ client_certificate_port: 443 })]],
    ['an address with the path of the issuer', [['issuer', 'https://as.example/t1'], tls(asking('/t1'))]],
    ['the same with a slash behind it', [['issuer', 'https://as.example/t1'], tls(asking('/t1/'))]],
  ]);

  cases.refuses([
    ['a certificate without its key', [without('private_key')], 'tls.private_key: is required with tls.certificate'],
    ['a key without its certificate', [without('certificate')], 'tls.certificate: is required with tls.private_key'],
    [
      'MB-04 192 a port for certificates that no client is told of',
      [tls({ client_certificate_port: 9443 })],
      'tls.client_certificate_address: is required with tls.client_certificate_port, unless that is the port of issuer',
    ],
    [
      'MB-04 192 the same port beside an issuer without TLS',
      [['issuer', 'http://127.0.0.1:9443'], tls({ client_certificate_port: 9443 })],
      'tls.client_certificate_address: is required with tls.client_certificate_port, unless that is the port of issuer',
    ],
    [
      'MB-04 192 an address without the path of the issuer',
      [['issuer', 'https://as.example/t1'], tls(asking())],
      'tls.client_certificate_address: must have the path of issuer: the endpoints are below it there, too',
    ],
    [
      'MB-04 192 an address with another path',
      [tls(asking('/t1'))],
      'tls.client_certificate_address: must have the path of issuer: the endpoints are below it there, too',
    ],
    ['a port for certificates without TLS', [['tls', asking()]], 'tls.client_certificate_port: needs tls.certificate'],
    ['the port of plain HTTP', [tls({ port: 8080 })], 'tls.port: must differ from listen.port'],
    [
      'one port for both kinds of TLS',
      [tls({ ...asking(), client_certificate_port: 8443 })],
      'tls.client_certificate_port: must differ from listen.port and tls.port',
    ],
    [
      'a certificate that is not there',
      [tls({ certificate: 'gone.pem' })],
      `tls.certificate: ${file('gone.pem')} does not exist`,
    ],
    [
      'a certificate that is none',
      [tls({ certificate: 'nothing.pem' })],
      `tls.certificate: ${file('nothing.pem')} holds no certificate in PEM form`,
    ],
    [
      'a key that is none',
      [tls({ private_key: 'nothing.pem' })],
      `tls.private_key: ${file('nothing.pem')} holds no private key in PEM form that can be read`,
    ],
    [
      'the key of another certificate',
      [tls({ private_key: 'other.key' })],
      `tls.private_key: ${file('other.key')} is not the key of the certificate`,
    ],
    [
      'a key that others may read',
      [tls({ private_key: 'open.key' })],
      `tls.private_key: ${file('open.key')} may be read by others than its owner: chmod 600`,
    ],
  ]);
});

describe('RFC 5280: lists of revoked client certificates', () => {
  const lists = (...names: string[]): Change => [
    'tls',
    { client_certificate_authorities: 'ca.pem', client_certificate_revocation_lists: names },
  ];
  const at = (index: number) => `tls.client_certificate_revocation_lists[${String(index)}]`;

  cases.accepts([
    ['a list in PEM and one in DER', [lists('list.pem', 'list.crl')]],
    ['a list that is overdue: the server starts, and refuses what it covers', [lists('overdue.pem')]],
  ]);

  cases.refuses([
    [
      'lists without the authorities that made them',
      [['tls', { client_certificate_revocation_lists: ['list.pem'] }]],
      'tls.client_certificate_revocation_lists: needs tls.client_certificate_authorities: whose lists they are',
    ],
    ['a list that is not there', [lists('list.pem', 'gone.pem')], `${at(1)}: ${file('gone.pem')} does not exist`],
    [
      'a list that is none',
      [lists('ca.pem')],
      `${at(0)}: ${file('ca.pem')} has content that is no list of revoked certificates`,
    ],
    [
      'a list of somebody else',
      [lists('foreign.pem')],
      `${at(0)}: ${file('foreign.pem')} holds a list of no authority of tls.client_certificate_authorities`,
    ],
  ]);

  it.each([
    ['overdue.pem', /^a list of C=AT, CN=Authority was due at \S+: its certificates are refused until it is there/],
    ['list.pem', undefined],
  ])('says of %s what an operator should know', (name, warning) => {
    const of = 'tls.client_certificate_revocation_lists';
    const told = cases.work.load(validSettings(lists(name))).warnings.filter(({ path }) => path === of);
    expect(told.map(({ message }) => message)).toEqual(warning ? [expect.stringMatching(warning)] : []);
  });
});
