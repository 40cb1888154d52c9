import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';

import * as x509 from '@peculiar/x509';
import { type CryptoKey, exportJWK, exportPKCS8, type JWK } from 'jose';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** A certificate and the key it is for. */
export interface Identity {
  readonly certificate: x509.X509Certificate;
  readonly keys: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };
  readonly jwk: JWK;
  readonly der: Buffer;
  readonly pem: string;
  /** `x5t#S256`. */
  readonly thumbprint: string;
}

export interface Wish {
  /** As it stands in the certificate, first name first. */
  readonly subject: string;
  /** Absent: self-signed. */
  readonly issuer?: Identity;
  readonly isAuthority?: boolean;
  readonly extensions?: readonly x509.Extension[];
  /** Milliseconds from now. */
  readonly from?: number;
  readonly until?: number;
  readonly keys?: Identity['keys'];
}

export const alternativeName = (type: 'dns' | 'url' | 'ip' | 'email', value: string) =>
  new x509.SubjectAlternativeNameExtension([{ type, value }]);
export const usage = (oid: string) => new x509.ExtendedKeyUsageExtension([oid]);
export const unknownExtension = (critical: boolean) =>
  new x509.Extension('1.2.3.4.5', critical, new Uint8Array([5, 0]));

/** Makes a certificate that is valid but for what is wished. */
export async function issue(wish: Wish): Promise<Identity> {
  const keys =
    wish.keys ?? ((await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as Identity['keys']);
  const basic = new x509.BasicConstraintsExtension(wish.isAuthority ?? false, undefined, true);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `0${randomBytes(8).toString('hex').slice(1)}`,
    subject: wish.subject,
    issuer: wish.issuer?.certificate.subject ?? wish.subject,
    notBefore: new Date(Date.now() + (wish.from ?? -DAY)),
    notAfter: new Date(Date.now() + (wish.until ?? DAY)),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (wish.issuer?.keys ?? keys).privateKey,
    extensions: [basic, ...(wish.extensions ?? [])],
  });
  const der = Buffer.from(certificate.rawData);
  return {
    certificate,
    keys,
    jwk: await exportJWK(keys.publicKey),
    der,
    pem: certificate.toString('pem'),
    thumbprint: createHash('sha256').update(der).digest('base64url'),
  };
}

/** Its private key as servers and clients read it from a file. */
export const pemOfKey = ({ keys }: Identity): Promise<string> => exportPKCS8(keys.privateKey);

/** A list of what an authority took back; `until` in milliseconds from now. */
export async function revocationList(
  authority: Identity,
  revoked: readonly Identity[] = [],
  { until = DAY, from = -DAY, extensions = [] }: Pick<Wish, 'from' | 'until' | 'extensions'> = {},
): Promise<{ der: Buffer; pem: string }> {
  const list = await x509.X509CrlGenerator.create({
    issuer: authority.certificate.subject,
    thisUpdate: new Date(Date.now() + from),
    nextUpdate: new Date(Date.now() + until),
    signingAlgorithm: ALGORITHM,
    signingKey: authority.keys.privateKey,
    entries: revoked.map(({ certificate: { serialNumber } }) => ({ serialNumber, revocationDate: new Date() })),
    extensions: [...extensions],
  });
  return { der: Buffer.from(list.rawData), pem: list.toString('pem') };
}

/** A critical pointer to a list of revoked certificates, as authorities write it. */
export const criticalRevocationList = () =>
  new x509.Extension('2.5.29.31', true, new x509.CRLDistributionPointsExtension(['http://crl.example/1']).value);
