import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Identity } from '../../../../test/support/certificates.js';
import { issue, revocationList, unknownExtension } from '../../../../test/support/certificates.js';
import { RevocationList } from './revocation-list.js';

/** Made by OpenSSL; the list has the serial number 0x8002, with a reason, and not 0x8001. */
const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBqDCCAU6gAwIBAgIUBHFWMGUIxvOc47jlpgl4UyUxJSwwCgYIKoZIzj0EAwIw
MTELMAkGA1UEBhMCQVQxDjAMBgNVBAoMBVNob3BzMRIwEAYDVQQDDAlBdXRob3Jp
dHkwIBcNMjYxMTIzMTAxNjE5WhgPMjEyNjEwMzAxMDE2MTlaMDExCzAJBgNVBAYT
AkFUMQ4wDAYDVQQKDAVTaG9wczESMBAGA1UEAwwJQXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAE1nO8IJRxQKhLPXmFE770PF2lqo/jpaehfTDozcnD
G6OPriMUx96+UsVn4u3lAQ7oRS/LF8Serzd+f53F+xYtz6NCMEAwDwYDVR0TAQH/
BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFArumSnhHDrt3+cts2Un
QB9/TDhGMAoGCCqGSM49BAMCA0gAMEUCICqHhFnpgdYPlXFj6FWMzO/j8GkZp5M5
9HdXSz9OpBCTAiEA5h9QjisWM0fbd2Av+ny/mv7CJfJLmpuQx8Zbp8ZVN+c=
-----END CERTIFICATE-----`;
const LIST = `-----BEGIN X509 CRL-----
MIIBEjCBuQIBATAKBggqhkjOPQQDAjAxMQswCQYDVQQGEwJBVDEOMAwGA1UECgwF
U2hvcHMxEjAQBgNVBAMMCUF1dGhvcml0eRcNMjYxMTIzMTAxNjE5WhgPMjEyNjEw
MzAxMDE2MTlaMCQwIgIDAIACFw0yNjExMjMxMDE2MTlaMAwwCgYDVR0VBAMKAQGg
LzAtMB8GA1UdIwQYMBaAFArumSnhHDrt3+cts2UnQB9/TDhGMAoGA1UdFAQDAgEB
MAoGCCqGSM49BAMCA0gAMEUCIQDxHn0Yjqh1PwFikFECB2H4i8A8WTliMtxYbyA6
aRmkzgIgeVrbIw3NNw3nsnwyK1BKwp3Ds2J93+ZFfJBsawcmGhA=
-----END X509 CRL-----`;

const problemOf = (content: Buffer | string) => {
  try {
    RevocationList.readAll(Buffer.from(content));
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
};
const certificateOf = ({ der }: Identity) => new X509Certificate(der);
const first = (content: Buffer | string): RevocationList => {
  const [list] = RevocationList.readAll(Buffer.from(content));
  if (!list) throw new Error('no list');
  return list;
};
const NONE = 'is no list of revoked certificates';
const UNKNOWN = 'has something critical that is not known here, as lists of changes or of a part have';

let authority: Identity;
beforeAll(async () => {
  authority = await issue({ subject: 'C=AT, CN=Authority', isAuthority: true });
});

describe('RFC 5280 §5: lists of revoked certificates', () => {
  it('MB-01 reads what OpenSSL writes, in PEM and in DER', () => {
    const der = Buffer.from(LIST.replace(/-.*-|\s/g, ''), 'base64');
    for (const list of [first(`a word before\n${LIST}\n`), first(der)]) {
      expect(list.isOf(new X509Certificate(AUTHORITY))).toBe(true);
      expect(list.isOf(certificateOf(authority))).toBe(false);
      expect(['8002', '8001', '2', '018002'].map((serial) => list.has(serial))).toEqual([true, false, false, false]);
      expect(list.nextUpdate - list.thisUpdate).toBe(36_500 * 86_400_000);
    }
    expect(RevocationList.readAll(Buffer.from(`${LIST}\n${LIST}`))).toHaveLength(2);
  });

  it('MB-01 finds a serial number of any size, whatever its first bit says', async () => {
    const { certificate } = await issue({ subject: 'CN=a', issuer: authority });
    for (const serialNumber of ['00ff', '7f', '0080', '00'.padEnd(40, 'a')]) {
      const list = await x509.X509CrlGenerator.create({
        issuer: certificate.issuer,
        nextUpdate: new Date(),
        signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
        signingKey: authority.keys.privateKey,
        entries: [{ serialNumber }],
      });
      const read = first(Buffer.from(list.rawData));
      expect(read.has(serialNumber.slice(serialNumber.startsWith('00') ? 2 : 0).toUpperCase())).toBe(true);
    }
  });

  it.each([
    ['RSA', { ...rsa(), hash: 'SHA-384' }, true],
    ['Ed25519', { name: 'Ed25519' }, true],
    ['RSA with SHA-1', { ...rsa(), hash: 'SHA-1' }, false],
  ])('MB-01 a list signed by %s', async (_what, algorithm, isTaken) => {
    const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as Identity['keys'];
    const shared = { signingAlgorithm: algorithm, signingKey: keys.privateKey };
    const certificate = await x509.X509CertificateGenerator.create({
      ...shared,
      subject: 'CN=A',
      issuer: 'CN=A',
      publicKey: keys.publicKey,
    });
    const list = await x509.X509CrlGenerator.create({ ...shared, issuer: 'CN=A', nextUpdate: new Date() });
    const read = () => first(Buffer.from(list.rawData)).isOf(new X509Certificate(certificate.toString('pem')));
    if (isTaken) expect(read()).toBe(true);
    else expect(read).toThrow('is signed in a way that is not taken here');
  });

  it('MB-01 is of nobody who did not sign it, of another name, or whose key is not for lists', async () => {
    const list = first((await revocationList(authority)).der);
    const twin = await issue({ subject: 'C=AT, CN=Authority', isAuthority: true });
    const renamed = await issue({ subject: 'CN=Another', isAuthority: true, keys: authority.keys });
    const forLists = (flags: x509.KeyUsageFlags) =>
      issue({
        subject: 'C=AT, CN=Authority',
        isAuthority: true,
        keys: authority.keys,
        extensions: [new x509.KeyUsagesExtension(flags, true)],
      });
    const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
    const all = [authority, twin, renamed, await forLists(keyCertSign), await forLists(keyCertSign | cRLSign)];
    expect(all.map((one) => list.isOf(certificateOf(one)))).toEqual([true, false, false, false, true]);
  });

  it('MB-01 counts no more once a byte of it is another one', async () => {
    const { der } = await revocationList(authority, [authority]);
    const serial = Buffer.from(authority.certificate.serialNumber, 'hex');
    const forged = Buffer.from(der);
    forged.writeUInt8(0x01, forged.indexOf(serial) + serial.length - 1);
    expect(first(forged).isOf(certificateOf(authority))).toBe(false);
  });

  it('MB-01 is not used with something critical that is not understood, in it or in an entry', async () => {
    const withExtension = async (isCritical: boolean) =>
      problemOf((await revocationList(authority, [], { extensions: [unknownExtension(isCritical)] })).der);
    expect([await withExtension(true), await withExtension(false)]).toEqual([UNKNOWN, 'taken']);
    const ofAnother = await x509.X509CrlGenerator.create({
      issuer: 'CN=a',
      nextUpdate: new Date(),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      signingKey: authority.keys.privateKey,
      entries: [{ serialNumber: '01', extensions: [unknownExtension(true)] }],
    });
    expect(problemOf(Buffer.from(ofAnother.rawData))).toBe(UNKNOWN);
  });

  it('refuses what says no time for the next one, and what is no list', async () => {
    const { der } = await revocationList(authority, [authority]);
    const endless = await x509.X509CrlGenerator.create({
      issuer: 'CN=a',
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      signingKey: authority.keys.privateKey,
    });
    expect(problemOf(Buffer.from(endless.rawData))).toBe('does not say when the next list is due');
    for (const content of ['', 'x', AUTHORITY, authority.der, Buffer.concat([der, der]), Buffer.alloc(64, 0x30)])
      expect(problemOf(content)).toBe(NONE);
    for (let length = 0; length < der.length; length += 1) expect(problemOf(der.subarray(0, length))).toBe(NONE);
  });
});

function rsa() {
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
}
