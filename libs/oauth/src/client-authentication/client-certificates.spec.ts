import { X509Certificate } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import type { CertificateSubject, Client } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { SystemClock } from '@valetkey/kernel';
import type { Identity, Wish } from '../../../../test/support/certificates.js';
import {
  alternativeName,
  criticalRevocationList,
  issue,
  revocationList,
  unknownExtension,
  usage,
} from '../../../../test/support/certificates.js';
import { OutboundCalls } from '@valetkey/outbound';
import { CertificateStatus } from './certificate-status.service.js';
import { ClientKeys } from './client-keys.service.js';
import { ClientCertificates } from './client-certificates.service.js';
import { RevocationList } from './revocation-list.js';

const SUBJECT = 'C=AT, O="Shops, Inc", CN=shop';
const DN: CertificateSubject = { kind: 'subject_dn', value: 'CN=shop,O=Shops\\, Inc,C=AT' };
const HOUR = 3_600_000;

let authority: Identity;
beforeAll(async () => {
  authority = await issue({ subject: 'CN=Authority', isAuthority: true });
});

const client = (authenticationMethod: Client['authenticationMethod'], fields: Partial<Client>): Client =>
  ({ id: 'shop', jwks: null, metadata: DEFAULT_CLIENT_METADATA, ...fields, authenticationMethod }) as Client;
const named = (certificateSubject: CertificateSubject | null) =>
  client('tls_client_auth', { metadata: { ...DEFAULT_CLIENT_METADATA, certificateSubject } });
const outcome = (who: Client, der: Uint8Array | undefined, ...authorities: Identity[]) =>
  outcomeWith([], who, der, ...authorities);
/** With a list of the first authority. */
const outcomeWith = (lists: Buffer[], who: Client, der: Uint8Array | undefined, ...authorities: Identity[]) => {
  const certificates = authorities.map((one) => new X509Certificate(one.der));
  const clock = new SystemClock();
  const keys = new ClientKeys(new OutboundCalls({ privateNetworks: [] }), clock);
  const revocationLists = new Map(
    lists.flatMap(RevocationList.readAll).map((list) => [certificates[0] as X509Certificate, list]),
  );
  const trusted = { certificates, revocationLists };
  const status = new CertificateStatus(trusted, clock);
  return new ClientCertificates(trusted, status, keys, clock).verify(who, der).then(
    () => 'taken',
    ({ code, reason }: { code: string; reason: string }) => `${code} ${reason}`,
  );
};
const issued = (wish: Partial<Wish> = {}) => issue({ subject: SUBJECT, issuer: authority, ...wish });

describe('RFC 8705 §2.1: certificates of authorities', () => {
  it.each<[string, CertificateSubject]>([
    ['its subject, last name first', DN],
    ['its subject by number', { kind: 'subject_dn', value: '2.5.4.3=shop, O="Shops, Inc" , C=AT' }],
  ])('MB-01 takes a certificate with %s', async (_what, subject) => {
    expect(await outcome(named(subject), (await issued()).der, authority)).toBe('taken');
  });

  it.each<[Parameters<typeof alternativeName>[0], CertificateSubject, string]>([
    ['dns', { kind: 'san_dns', value: 'shop.example' }, 'Shop.Example'],
    ['url', { kind: 'san_uri', value: 'https://shop.example/a' }, 'https://shop.example/a'],
    ['email', { kind: 'san_email', value: 'shop@example.org' }, 'shop@example.org'],
    ['ip', { kind: 'san_ip', value: '192.0.2.7' }, '192.0.2.7'],
    ['ip', { kind: 'san_ip', value: '2001:db8::7' }, '2001:db8:0:0:0:0:0:7'],
  ])('MB-01 takes a certificate with an alternative name: %s', async (type, subject, value) => {
    const { der } = await issued({ extensions: [alternativeName(type, value)] });
    expect(await outcome(named(subject), der, authority)).toBe('taken');
    expect(await outcome(named(DN), der, authority)).toBe('taken');
  });

  it.each<[string, CertificateSubject | null]>([
    ['another name', { kind: 'subject_dn', value: 'CN=shop2,O=Shops\\, Inc,C=AT' }],
    ['its names in another order', { kind: 'subject_dn', value: 'C=AT,O=Shops\\, Inc,CN=shop' }],
    ['a part of its name', { kind: 'subject_dn', value: 'CN=shop' }],
    ['its name in other letters', { kind: 'subject_dn', value: 'CN=Shop,O=Shops\\, Inc,C=AT' }],
    ['a name that reads like several', { kind: 'subject_dn', value: 'CN=shop,O=Shops,O=Inc,C=AT' }],
    ['no name that is one', { kind: 'subject_dn', value: 'shop' }],
    ['no name', null],
    ['its host as subject', { kind: 'san_uri', value: 'shop.example' }],
    ['a wildcard', { kind: 'san_dns', value: '*.example' }],
    ['another host', { kind: 'san_dns', value: 'xshop.example' }],
    ['a host with a NUL', { kind: 'san_dns', value: 'shop.example\0' }],
  ])('MB-01 refuses a client that registered %s (attack class 186)', async (_what, subject) => {
    const { der } = await issued({ extensions: [alternativeName('dns', 'shop.example')] });
    expect(await outcome(named(subject), der, authority)).toBe('invalid_client certificate_of_another');
  });

  it('MB-01 a wildcard in a certificate is no name of anybody (attack class 186)', async () => {
    const { der } = await issued({ extensions: [alternativeName('dns', '*.example')] });
    const who = named({ kind: 'san_dns', value: 'shop.example' });
    expect(await outcome(who, der, authority)).toBe('invalid_client certificate_of_another');
  });

  it('MB-01 refuses certificates of others, whatever they call themselves (attack class 186)', async () => {
    const impostor = await issue({ subject: 'CN=Authority', isAuthority: true });
    const noAuthority = await issue({ subject: 'CN=Authority', keys: authority.keys });
    const stale = await issue({ subject: 'CN=Authority', isAuthority: true, keys: authority.keys, until: -HOUR });
    const good = (await issued()).der;
    const untrusted = 'invalid_client certificate_untrusted';
    expect(await outcome(named(DN), (await issued({ issuer: impostor })).der, authority)).toBe(untrusted);
    expect(await outcome(named(DN), (await issue({ subject: SUBJECT })).der, authority)).toBe(untrusted);
    const intermediate = await issue({ subject: 'CN=Below', issuer: authority, isAuthority: true });
    expect(await outcome(named(DN), (await issued({ issuer: intermediate })).der, authority)).toBe(untrusted);
    for (const wrong of [noAuthority, stale]) expect(await outcome(named(DN), good, wrong)).toBe(untrusted);
    expect(await outcome(named(DN), good)).toBe(untrusted);
    expect(await outcome(named(DN), good, impostor, authority)).toBe('taken');
  });

  it('MB-01 refuses certificates that are over, for servers, or have something critical that we do not know', async () => {
    const refuse = async (wish: Partial<Wish>) => outcome(named(DN), (await issued(wish)).der, authority);
    expect(await refuse({ until: -HOUR })).toBe('invalid_client certificate_not_now');
    expect(await refuse({ from: HOUR })).toBe('invalid_client certificate_not_now');
    expect(await refuse({ extensions: [usage('1.3.6.1.5.5.7.3.1')] })).toBe('invalid_client certificate_untrusted');
    expect(await refuse({ extensions: [unknownExtension(true)] })).toBe('invalid_client certificate_untrusted');
    expect(await refuse({ extensions: [unknownExtension(false), usage('1.3.6.1.5.5.7.3.2')] })).toBe('taken');
  });

  it('MB-01 refuses a certificate that its authority took back, and takes the others of it (attack class 186)', async () => {
    const [good, gone] = [await issued(), await issued()];
    const { der: list } = await revocationList(authority, [gone]);
    const other = await issue({ subject: 'CN=Another', isAuthority: true });
    const ofOther = await issued({ issuer: other });
    expect(await outcomeWith([list], named(DN), gone.der, authority, other)).toBe('invalid_client certificate_revoked');
    for (const { der } of [good, ofOther]) {
      expect(await outcomeWith([list], named(DN), der, authority, other)).toBe('taken');
    }
  });

  it('MB-01 refuses every certificate of an authority whose next list is overdue (attack class 186)', async () => {
    const [good, gone] = [await issued(), await issued()];
    const { der: list } = await revocationList(authority, [gone], { until: -HOUR });
    const unknown = 'invalid_client certificate_status_unknown';
    expect(await outcomeWith([list], named(DN), good.der, authority)).toBe(unknown);
    expect(await outcomeWith([list], named(DN), gone.der, authority)).toBe('invalid_client certificate_revoked');
  });

  it('MB-01 a certificate that demands a look at a list is refused where there is none (attack class 186)', async () => {
    const { der } = await issued({ extensions: [criticalRevocationList()] });
    const { der: list } = await revocationList(authority);
    expect(await outcome(named(DN), der, authority)).toBe('invalid_client certificate_untrusted');
    expect(await outcomeWith([list], named(DN), der, authority)).toBe('taken');
  });

  it('refuses none, and what is none (attack class 186)', async () => {
    expect(await outcome(named(DN), undefined, authority)).toBe('invalid_client certificate_missing');
    for (const der of [Buffer.alloc(0), Buffer.from('30030201', 'hex'), (await issued()).der.subarray(0, 100)])
      expect(await outcome(named(DN), der, authority)).toBe('invalid_client certificate_malformed');
  });
});

describe('RFC 8705 §2.2: self-signed certificates', () => {
  const withKeys = (...keys: Identity[]) => {
    const jwks: JSONWebKeySet = { keys: keys.map(({ jwk }, index) => ({ ...jwk, kid: String(index) })) };
    return client('self_signed_tls_client_auth', { jwks });
  };

  it('MB-02 takes a certificate for a registered key, whoever signed it and whatever it says', async () => {
    const [one, other] = [await issue({ subject: 'CN=a' }), await issue({ subject: 'CN=b' })];
    const renewed = await issue({ subject: 'CN=c', keys: one.keys, issuer: other });
    for (const { der } of [one, renewed]) expect(await outcome(withKeys(other, one), der)).toBe('taken');
  });

  it('MB-02 a certificate that a trusted authority took back proves no registered key either (attack class 186)', async () => {
    const [good, gone] = [await issued(), await issued()];
    const { der: list } = await revocationList(authority, [gone]);
    const who = withKeys(good, gone);
    expect(await outcomeWith([list], who, gone.der, authority)).toBe('invalid_client certificate_revoked');
    expect(await outcomeWith([list], who, good.der, authority)).toBe('taken');
  });

  it('MB-02 refuses one for another key under the same name, an expired one, and a client without keys', async () => {
    const one = await issue({ subject: 'CN=a' });
    const twin = await issue({ subject: 'CN=a' });
    const old = await issue({ subject: 'CN=a', keys: one.keys, until: -HOUR });
    expect(await outcome(withKeys(one), twin.der, twin)).toBe('invalid_client certificate_of_another');
    expect(await outcome(withKeys(one), old.der)).toBe('invalid_client certificate_not_now');
    const none = client('self_signed_tls_client_auth', { jwks: null });
    expect(await outcome(none, one.der)).toBe('invalid_client certificate_of_another');
  });
});
