import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { Reason } from '../domain/reasons.js';
import { CertificateAuthorities } from './certificate-authorities.js';
import { isIssuedBy } from './certificate-issuer.js';

/** Whether a certificate still counts, by the lists of revoked ones (RFC 5280 section 6.3; attack class 186). */
@Injectable()
export class CertificateStatus {
  constructor(
    private readonly authorities: CertificateAuthorities,
    private readonly clock: Clock,
  ) {}

  /**
   * Why a certificate does not count: its authority took it back, or should have said by now whether it did. `undefined` for
   * one that counts, and for one of an authority that has no list here.
   * @param der - of a certificate
   */
  problemOf(der: Uint8Array): Reason | undefined {
    const { revocationLists } = this.authorities;
    if (revocationLists.size === 0) return undefined;
    const certificate = new X509Certificate(der);
    for (const [authority, list] of revocationLists) {
      if (!isIssuedBy(certificate, authority)) continue;
      if (list.has(certificate.serialNumber)) return 'certificate_revoked';
      if (list.nextUpdate <= this.clock.now()) return 'certificate_status_unknown';
    }
    return undefined;
  }

  /** Whether an authority has a list here. */
  isKnownOf(authority: X509Certificate): boolean {
    return this.authorities.revocationLists.has(authority);
  }
}
