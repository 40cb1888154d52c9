import { Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Instant } from '@valetkey/kernel';
import { Clock, isCompactJws, isStrictJws, sha256 } from '@valetkey/kernel';
import { underEitherName } from '@valetkey/protocol';
import type { ClaimValue } from './domain/id-token-claims.js';
import { isPlainText, personalClaims } from './domain/id-token-claims.js';
import type { TrustedIssuer } from './persistence/trusted-issuer.store.js';
import { TrustedIssuerStore } from './persistence/trusted-issuer.store.js';

/** What a trusted issuer's ID token says about a person. */
export interface VerifiedIdToken {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, ClaimValue>>;
  /** Identifies the token of that issuer, for replay. */
  readonly tokenId: string;
  /** When the issuer said so: claims are no younger than this. */
  readonly issuedAt: Instant;
  /** Until when the token could be presented again. */
  readonly expiresAt: Instant;
}

const SKEW = 60_000;
const LONGEST_TOKEN = 16_384;
const LONGEST_SUBJECT = 255;
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Verifies ID tokens pushed as claim tokens (UMA Grant section 3.3.1, OpenID Connect Core section 3.1.3.7). */
@Injectable()
export class IdTokenVerifier {
  constructor(
    private readonly issuers: TrustedIssuerStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The verified content of a compact JWS (or its base64url wrapping), or `undefined` for anything that is not a fresh ID
   * token of a trusted issuer for this server. Whether it was used before is for the caller to mark, by `tokenId`.
   */
  async verify(claimToken: string): Promise<VerifiedIdToken | undefined> {
    const token = unwrap(claimToken);
    if (token === undefined) return undefined;
    try {
      const { iss } = decodeJwt(token);
      const issuer = (await this.issuers.enabled()).find((one) => one.issuer === iss);
      return issuer && (await this.verified(token, issuer));
    } catch {
      return undefined;
    }
  }

  private async verified(token: string, issuer: TrustedIssuer): Promise<VerifiedIdToken | undefined> {
    if (!isCompactJws(token)) return undefined;
    const now = this.clock.now();
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createLocalJWKSet({ keys: underEitherName(issuer.jwks.keys) }),
      {
        algorithms: [...issuer.algorithms],
        issuer: issuer.issuer,
        audience: [...issuer.audiences],
        clockTolerance: SKEW / 1000,
        maxTokenAge: issuer.maxAge / 1000,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(now),
      },
    );
    // An access token or another kind of JWT of that issuer is no ID token; `b64` changes what was signed.
    const isIdToken = protectedHeader.typ === undefined || protectedHeader.typ === 'JWT';
    if (!isIdToken || 'b64' in protectedHeader || !isForNobodyElse(payload, issuer)) return undefined;
    if (!isStrictJws(token)) return undefined;
    return content(payload, token);
  }
}

/** A token that is made for others, too, could come from any of them (OpenID Connect Core section 3.1.3.7 item 3). */
function isForNobodyElse({ aud }: JWTPayload, { audiences }: TrustedIssuer): boolean {
  return (Array.isArray(aud) ? aud : [aud]).every((one) => one !== undefined && audiences.includes(one));
}

function content(payload: JWTPayload, token: string): VerifiedIdToken | undefined {
  const { iss, sub, exp, iat, jti } = payload;
  if (typeof iss !== 'string' || !isSubject(sub)) return undefined;
  if (!isWholeNumber(exp) || !isWholeNumber(iat)) return undefined;
  if (jti !== undefined && typeof jti !== 'string') return undefined;
  // Signature bytes can be varied without breaking the signature, so the signed part alone identifies the token.
  const signed = token.slice(0, token.lastIndexOf('.'));
  return {
    issuer: iss,
    subject: sub,
    claims: personalClaims(payload),
    tokenId: jti ?? sha256(signed),
    issuedAt: iat * 1000,
    expiresAt: exp * 1000 + SKEW,
  };
}

/** The text's own example is a bare JWS while its rule says to encode it: both are taken. */
function unwrap(claimToken: string): string | undefined {
  if (claimToken.length > LONGEST_TOKEN) return undefined;
  if (COMPACT_JWS.test(claimToken)) return claimToken;
  const inner = Buffer.from(claimToken, 'base64url').toString('latin1');
  return COMPACT_JWS.test(inner) ? inner : undefined;
}

function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && sub !== '' && sub.length <= LONGEST_SUBJECT && isPlainText(sub);
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
