import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { issue } from '../../../../../test/support/certificates.js';
import { PARTNER_KEY } from '../config.fixture.js';
import type { Change } from './rule-cases.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
beforeAll(async () => {
  const authority = await issue({ subject: 'CN=Authority', isAuthority: true });
  writeFileSync(join(cases.work.folder, 'ca.pem'), `${authority.pem}\n${authority.pem}`);
  writeFileSync(join(cases.work.folder, 'leaf.pem'), (await issue({ subject: 'CN=shop' })).pem);
  writeFileSync(join(cases.work.folder, 'broken.pem'), authority.pem.replace(/\n[A-Za-z0-9]{20}/, '\nAAAA'));
  writeFileSync(join(cases.work.folder, 'empty.pem'), 'nothing');
});
afterAll(() => cases.work.remove());

const shop = (more: object = {}): Change => [
  'clients.2',
  {
    client_id: 'tls-shop',
    name: 'TLS shop',
    type: 'confidential',
    token_endpoint_auth_method: 'tls_client_auth',
    ...more,
  },
];
const DN = { tls_client_auth_subject_dn: 'CN=shop,C=AT' };
const proxy: Change = ['http', { trusted_proxies: ['10.0.0.1'] }];
const tls = (more: object = {}): Change => [
  'tls',
  { client_certificate_header: 'Client-Cert', client_certificate_authorities: 'ca.pem', ...more },
];
const self = (more: object = {}) => shop({ token_endpoint_auth_method: 'self_signed_tls_client_auth', ...more });

describe('certificates of clients', () => {
  cases.accepts([
    ['a client of an authority', [proxy, tls(), shop(DN)]],
    ['a client known by an address', [proxy, tls(), shop({ tls_client_auth_san_ip: '2001:db8::1' })]],
    ['a client with a key', [proxy, tls(), self({ jwks: { keys: [PARTNER_KEY] } })]],
  ]);

  cases.refuses([
    [
      'MB-05 a header that anybody could send',
      [tls()],
      'tls.client_certificate_header: needs http.trusted_proxies: anybody could send any certificate else',
    ],
    [
      'a header that is none',
      [proxy, tls({ client_certificate_header: 'Client Cert' })],
      'tls.client_certificate_header: must be the name of a header',
    ],
    [
      'MB-01 a client without a name',
      [proxy, tls(), shop()],
      'clients[2].tls_client_auth_subject_dn: or another tls_client_auth name is required',
    ],
    [
      'MB-01 a client with two names',
      [proxy, tls(), shop({ ...DN, tls_client_auth_san_dns: 'shop.example' })],
      'clients[2].tls_client_auth_san_dns: must not be given: another name is registered already',
    ],
    [
      'MB-01 a name that is none',
      [proxy, tls(), shop({ tls_client_auth_subject_dn: 'shop' })],
      'clients[2].tls_client_auth_subject_dn: must be a name as RFC 4514 has it',
    ],
    [
      'MB-01 an address that is none',
      [proxy, tls(), shop({ tls_client_auth_san_ip: 'shop.example' })],
      'clients[2].tls_client_auth_san_ip: must be an IP address',
    ],
    [
      'MB-02 a name where keys count',
      [proxy, tls(), self({ ...DN, jwks: { keys: [PARTNER_KEY] } })],
      'clients[2].tls_client_auth_subject_dn: must not be given: it is for tls_client_auth',
    ],
    [
      'MB-02 a client without a key',
      [proxy, tls(), self()],
      'clients[2].jwks: is required for self_signed_tls_client_auth',
    ],
    [
      'a method that no certificate arrives for',
      [self({ jwks: { keys: [PARTNER_KEY] } })],
      'clients[2].token_endpoint_auth_method: needs tls.client_certificate_header or tls.client_certificate_port: no certificate arrives else',
    ],
    [
      'a method without authorities',
      [proxy, ['tls', { client_certificate_header: 'Client-Cert' }], shop(DN)],
      'clients[2].token_endpoint_auth_method: needs tls.client_certificate_authorities',
    ],
    [
      'tokens bound to two keys',
      [proxy, tls(), shop({ ...DN, tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: true })],
      'clients[2].dpop_bound_access_tokens: must not be true: a token is bound to one key',
    ],
  ]);

  it.each([
    ['leaf.pem', 'certificate 1 is none of an authority'],
    ['broken.pem', 'holds something that is no certificate'],
    ['empty.pem', 'holds no certificate'],
    ['gone.pem', 'does not exist'],
  ])('MB-01 refuses authorities from %s: %s', (file, problem) => {
    const settings = { issuer: 'https://as.example', tls: { client_certificate_authorities: file } };
    const found = cases.work.problemsOf(settings);
    expect(found).toEqual([expect.stringContaining(`tls.client_certificate_authorities: `)]);
    expect(found[0]).toContain(problem);
  });
});
