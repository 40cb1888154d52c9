import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { calculateJwkThumbprint } from 'jose';
import { Clock } from '@valetkey/kernel';
import type { Instant } from '@valetkey/kernel';
import type { Client } from '@valetkey/clients';
import type { Reason } from '../domain/reasons.js';
import { ClientKeys } from './client-keys.service.js';
import { CertificateAuthorities } from './certificate-authorities.js';
import { isIssuedBy } from './certificate-issuer.js';
import { CertificateStatus } from './certificate-status.service.js';
import { hasName, isForClients, isStronglySigned } from './certificate-names.js';
import { invalidClient } from './presented-credentials.js';

/** Authenticates clients by the certificate of their TLS connection (RFC 8705 section 2). */
@Injectable()
export class ClientCertificates {
  constructor(
    private readonly authorities: CertificateAuthorities,
    private readonly status: CertificateStatus,
    private readonly keys: ClientKeys,
    private readonly clock: Clock,
  ) {}

  /** @param der - the certificate; absent where the connection had none @throws OAuthError invalid_client */
  async verify(client: Client, der: Uint8Array | undefined): Promise<void> {
    if (der === undefined) throw refusal('certificate_missing');
    const certificate = read(der);
    if (!isCurrent(certificate, this.clock.now())) throw refusal('certificate_not_now');
    const problem = this.status.problemOf(certificate.raw);
    if (problem) throw refusal(problem);
    if (client.authenticationMethod === 'tls_client_auth') this.verifyIssued(client, certificate);
    else await this.verifyKey(client, certificate);
  }

  /**
   * The PKI method (section 2.1): issued by an authority that we trust, for the name that is registered. Directly: an authority
   * that is trusted is named, intermediate ones too, so that nobody's reach is wider than it looks.
   */
  private verifyIssued({ metadata }: Client, certificate: X509Certificate): void {
    const now = this.clock.now();
    const issuer = this.authorities.certificates.find(
      (authority) => authority.ca && isCurrent(authority, now) && isIssuedBy(certificate, authority),
    );
    const isGood = issuer && isForClients(certificate.raw, this.status.isKnownOf(issuer));
    if (!isGood || !isStronglySigned(certificate.raw)) {
      throw refusal('certificate_untrusted');
    }
    const { certificateSubject } = metadata;
    if (!certificateSubject || !hasName(certificate.raw, certificateSubject)) throw refusal('certificate_of_another');
  }

  /** The self-signed method (section 2.2): the key is registered; who signed the certificate says nothing. */
  private async verifyKey(client: Client, certificate: X509Certificate): Promise<void> {
    const thumbprint = await calculateJwkThumbprint(publicJwk(certificate));
    for (const key of await this.keys.of(client)) {
      // A key that others encrypt with proves nothing about who is here.
      if (key.use !== 'enc' && (await calculateJwkThumbprint(key)) === thumbprint) return;
    }
    throw refusal('certificate_of_another');
  }
}

function publicJwk({ publicKey }: X509Certificate): JWK {
  try {
    return publicKey.export({ format: 'jwk' }) as JWK;
  } catch {
    throw refusal('certificate_malformed');
  }
}

function read(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw refusal('certificate_malformed');
  }
}

function isCurrent({ validFrom, validTo }: X509Certificate, now: Instant): boolean {
  return Date.parse(validFrom) <= now && now < Date.parse(validTo);
}

function refusal(reason: Reason): Error {
  return invalidClient(reason, false);
}
