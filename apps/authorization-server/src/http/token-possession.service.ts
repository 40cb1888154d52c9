import { Injectable } from '@nestjs/common';
import type { DpopProof, Reason, SenderRequest } from '@valetkey/oauth';
import { accessTokenHash, CertificateStatus, certificateThumbprint, DpopProofs, OAuthError } from '@valetkey/oauth';
import type { ErrorCode } from '@valetkey/protocol';
import type { Confirmation, LiveToken } from '@valetkey/tokens';
import { challengeOf } from './challenge.js';
import type { TokenScheme } from './challenge.js';

/** A token as it was presented. */
export interface PresentedToken {
  readonly type: TokenScheme;
  readonly value: string;
  readonly sender: SenderRequest;
}

/** Whether whoever presents a token holds the key that it is bound to (RFC 9449 section 7, RFC 8705 section 3). */
@Injectable()
export class TokenPossession {
  constructor(
    private readonly proofs: DpopProofs,
    private readonly certificates: CertificateStatus,
  ) {}

  /** @throws OAuthError 401 invalid_token, invalid_dpop_proof or use_dpop_nonce */
  async check({ confirmation }: LiveToken, presented: PresentedToken): Promise<void> {
    const jkt = confirmation && 'jkt' in confirmation ? confirmation.jkt : undefined;
    // A token that is bound is no bearer token, and one that is not bound has no proof (RFC 9449 sections 7.1 and 7.2).
    if ((jkt !== undefined) !== (presented.type === 'DPoP')) throw refusal('invalid_token', 'token_not_valid');
    if (jkt !== undefined) await this.checkProof(jkt, presented);
    else if (confirmation) this.checkCertificate(confirmation, presented.sender);
  }

  private async checkProof(jkt: string, { value, sender }: PresentedToken): Promise<void> {
    const proof = await this.verified(sender);
    if (proof.ath !== accessTokenHash(value)) throw refusal('invalid_dpop_proof', 'proof_of_another_token');
    if (proof.jkt !== jkt) throw refusal('invalid_token', 'proof_of_another_key');
    await this.proofs.use(proof).catch(asResource);
  }

  /** RFC 8705 section 3: the certificate of the connection is the one that the token was given for, and still counts. */
  private checkCertificate(confirmation: Confirmation, { certificate }: SenderRequest): void {
    const thumbprint = certificate && certificateThumbprint(certificate);
    const isHeld = 'x5t#S256' in confirmation && confirmation['x5t#S256'] === thumbprint;
    const reason = certificate && isHeld ? this.certificates.problemOf(certificate) : 'token_of_another_certificate';
    if (reason === undefined) return;
    const challenge = challengeOf('Bearer', { error: 'invalid_token' });
    throw new OAuthError('invalid_token', reason, { 'www-authenticate': challenge });
  }

  private verified(sender: SenderRequest): Promise<DpopProof> {
    if (sender.dpopHeaders.length === 0) throw refusal('invalid_dpop_proof', 'proof_missing');
    return this.proofs.check(sender).catch(asResource);
  }
}

/** A protected resource says the same as the token endpoint, with 401 and a challenge. */
function asResource(error: unknown): never {
  if (error instanceof OAuthError) throw refusal(error.code, error.reason, error.headers);
  throw error;
}

function refusal(code: ErrorCode, reason: Reason, headers: Readonly<Record<string, string>> = {}): OAuthError {
  const challenge = challengeOf('DPoP', { error: code });
  return new OAuthError(code, reason, { ...headers, 'www-authenticate': challenge }, 401);
}
