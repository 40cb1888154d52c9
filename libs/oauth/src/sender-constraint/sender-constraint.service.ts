import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { WriteSet } from '@valetkey/persistence';
import type { Confirmation } from '@valetkey/tokens';
import { CertificateStatus } from '../client-authentication/certificate-status.service.js';
import { invalidClient } from '../client-authentication/presented-credentials.js';
import { isDpopBound } from '../domain/client-preferences.js';
import { OAuthError } from '../domain/oauth-error.js';
import { certificateThumbprint } from './certificate-thumbprint.js';
import type { DpopProof, ProvenRequest } from './dpop-proofs.service.js';
import { DpopProofs } from './dpop-proofs.service.js';

/** What of an HTTP request says which key its sender holds. */
export interface SenderRequest extends ProvenRequest {
  /** The certificate of its TLS connection, DER; absent where there is none or nobody to be believed says so. */
  readonly certificate?: Uint8Array | undefined;
}

/**
 * Something that counts once, used up in the commit of what it leads to: a request that is refused leaves nothing behind
 * (attack class 264), and gets nothing that a second one could get again.
 */
export interface SingleUse {
  /** Makes the commit fail when it was used already. Of several at once one wins. */
  useWith(writes: WriteSet): void;
  /** @throws OAuthError when it was used already */
  checkUnused(): Promise<void>;
}

/** Which key the tokens of a request are bound to (RFC 9449 section 5, RFC 8705 section 3). */
@Injectable()
export class SenderConstraint {
  constructor(
    private readonly proofs: DpopProofs,
    private readonly certificates: CertificateStatus,
  ) {}

  /** The checked proof of a request, not used up yet; `undefined` when there is none. @throws OAuthError invalid_dpop_proof, use_dpop_nonce */
  async read(request: ProvenRequest): Promise<DpopProof | undefined> {
    return request.dpopHeaders.length === 0 ? undefined : this.proofs.check(request);
  }

  /** Uses a proof up, where nothing is bound yet. @throws OAuthError invalid_dpop_proof */
  use(proof: DpopProof): Promise<void> {
    return this.proofs.use(proof);
  }

  /** The same together with what it leads to; absent without a proof. */
  once(proof: DpopProof | undefined): SingleUse | undefined {
    return (
      proof && {
        useWith: (writes) => this.proofs.useWith(proof, writes),
        checkUnused: () => this.proofs.checkUnused(proof),
      }
    );
  }

  /**
   * The key that whoever sent this request has proven to hold, and that the tokens given for it are bound to; `undefined` for
   * bearer tokens. Does not use the proof up.
   * @throws OAuthError invalid_dpop_proof, invalid_request without the certificate that a client registered for (RFC 8705 section 3.4) or
   *   with a proof beside it, invalid_client with one that its authority took back
   */
  confirm({ certificate }: SenderRequest, proof: DpopProof | undefined, client: Client): Confirmation | undefined {
    if (isDpopBound(client) && !proof) throw new OAuthError('invalid_dpop_proof', 'proof_missing');
    if (isDpopBound(client) || !client.metadata.certificateBoundAccessTokens) return proof && { jkt: proof.jkt };
    const bound = this.confirmCertificate(certificate);
    // What it registered holds: a proof binds nothing here, and must not seem to.
    if (proof) throw new OAuthError('invalid_request', 'proof_beside_certificate');
    return bound;
  }

  private confirmCertificate(certificate: Uint8Array | undefined): Confirmation {
    const thumbprint = certificate && certificateThumbprint(certificate);
    if (!certificate || thumbprint === undefined) throw new OAuthError('invalid_request', 'certificate_needed');
    // Of a client that did not authenticate by it: nobody else has looked.
    const problem = this.certificates.problemOf(certificate);
    if (problem) throw invalidClient(problem, false);
    return { 'x5t#S256': thumbprint };
  }
}
