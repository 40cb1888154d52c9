import type { X509Certificate } from 'node:crypto';

/** Who issues the certificates of clients. The application provides them. */
export abstract class CertificateAuthorities {
  /** Each is trusted for the certificates that it issued itself; empty: none are. */
  abstract readonly certificates: readonly X509Certificate[];
}
