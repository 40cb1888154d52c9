import { isDeepStrictEqual } from 'node:util';
import type { GeneralNameType, Name } from '@peculiar/x509';
import type { CertificateSubject } from '@valetkey/clients';
import { certificateLibrary } from './certificate-library.js';

const ALTERNATIVE_NAMES: Readonly<Record<Exclude<CertificateSubject['kind'], 'subject_dn'>, GeneralNameType>> = {
  san_dns: 'dns',
  san_uri: 'url',
  san_ip: 'ip',
  san_email: 'email',
};

/** Extensions that are understood here; another one that is critical must not be passed over (RFC 5280 section 4.2). */
const UNDERSTOOD = ['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.35', '2.5.29.37'];
/** Where lists of revoked certificates are: understood by whoever has such a list. */
const REVOCATION_LISTS = '2.5.29.31';
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';
const STRONG_HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];

/** Whether a certificate has the registered name (RFC 8705 section 2.1.2). Wildcards and parts of names are no match. */
export function hasName(der: Uint8Array, { kind, value }: CertificateSubject): boolean {
  const { SubjectAlternativeNameExtension, X509Certificate } = certificateLibrary();
  const certificate = new X509Certificate(der);
  if (kind === 'subject_dn') return isSameName(certificate.subjectName, value);
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  const type = ALTERNATIVE_NAMES[kind];
  const wanted = comparable(kind, value);
  return names.some((name) => name.type === type && comparable(kind, name.value) === wanted);
}

/**
 * Whether a certificate may be used for client authentication at all.
 * @param hasList - whether what its issuer took back is known here
 */
export function isForClients(der: Uint8Array, hasList: boolean): boolean {
  const { ExtendedKeyUsageExtension, X509Certificate } = certificateLibrary();
  const certificate = new X509Certificate(der);
  const isUnderstood = certificate.extensions.every(
    ({ critical, type }) => !critical || UNDERSTOOD.includes(type) || (hasList && type === REVOCATION_LISTS),
  );
  const usages = certificate.getExtension(ExtendedKeyUsageExtension)?.usages;
  return isUnderstood && (usages === undefined || usages.map(String).includes(CLIENT_AUTHENTICATION));
}

/** Whether it was signed with a hash function that still counts; Ed25519 has its own. */
export function isStronglySigned(der: Uint8Array): boolean {
  const { X509Certificate } = certificateLibrary();
  const algorithm = new X509Certificate(der).signatureAlgorithm as { name: string; hash?: { name: string } };
  return algorithm.hash === undefined ? algorithm.name === 'Ed25519' : STRONG_HASHES.includes(algorithm.hash.name);
}

/** Whether a text is a name as RFC 4514 has it. */
export function isDistinguishedName(text: string): boolean {
  try {
    return namesOf(text).length > 0;
  } catch {
    return false;
  }
}

/** A text begins with the last relative name of the certificate (RFC 4514 section 2.1). */
function isSameName(subject: Name, text: string): boolean {
  const wanted = namesOf(text);
  return wanted.length > 0 && isDeepStrictEqual(subject.toJSON().toReversed(), wanted);
}

/** @throws Error for a text that is no name */
function namesOf(text: string) {
  const { Name } = certificateLibrary();
  return new Name(text).toJSON();
}

/** Hosts have no case (RFC 4343), and IPv6 addresses several spellings. */
function comparable(kind: CertificateSubject['kind'], value: string): string {
  if (kind === 'san_dns') return value.toLowerCase();
  if (kind !== 'san_ip' || !value.includes(':')) return value;
  return URL.canParse(`http://[${value}]`) ? new URL(`http://[${value}]`).hostname : value;
}
