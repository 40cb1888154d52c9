import type { X509Certificate } from 'node:crypto';
import type { RevocationList } from './revocation-list.js';

/** Who issues the certificates of clients. The application provides them. */
export abstract class CertificateAuthorities {
  /** Each is trusted for the certificates that it issued itself; empty: none are. */
  abstract readonly certificates: readonly X509Certificate[];
  /** What each of them took back, as of now; one without a list is not asked. Another map when a new list is there. */
  abstract readonly revocationLists: ReadonlyMap<X509Certificate, RevocationList>;
}
