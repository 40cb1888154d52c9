import type { X509Certificate } from 'node:crypto';

/** Whether an authority issued a certificate itself, whenever it did. */
export function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}
