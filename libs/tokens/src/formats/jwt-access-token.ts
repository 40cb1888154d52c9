import { Inject, Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import type { Instant } from '@valetkey/kernel';
import { encodeTime, sha256, toNumericDate } from '@valetkey/kernel';
import { KeyRing, PairwiseSubjects } from '@valetkey/keys';
import type { Confirmation, SignIn, TokenContent } from '../domain/token.js';
import { signInClaims, toConfirmation, toSignIn } from '../domain/token-claims.js';
import { TOKEN_OPTIONS } from '../token-options.js';
import type { TokenOptions } from '../token-options.js';

/** Explicit type of access tokens (RFC 9068 section 2.1). */
const TYPE = 'at+jwt';

export interface JwtContent extends TokenContent {
  readonly jti: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly audience: string;
}

/** What a verified JWT of ours says. `hash` finds its row, where it has one. */
export interface VerifiedJwt {
  readonly hash: string;
  readonly authorizationId: string;
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: string[];
  readonly audience: string;
  readonly jti: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly signIn: SignIn | undefined;
  readonly confirmation: Confirmation | undefined;
}

/** JWT access tokens (RFC 9068). */
@Injectable()
export class JwtAccessTokens {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly pairwise: PairwiseSubjects,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async sign(content: JwtContent): Promise<string> {
    const claims = {
      iss: this.options.issuer,
      sub: content.subject === null ? content.clientId : this.pairwise.of(content.subject, content.audience),
      aud: content.audience,
      client_id: content.clientId,
      iat: toNumericDate(content.issuedAt),
      exp: toNumericDate(content.expiresAt),
      jti: content.jti,
      grant_id: content.authorizationId,
      ...(content.scopes.length > 0 && { scope: content.scopes.join(' ') }),
      ...signInClaims(content.signIn),
      ...(content.confirmation && { cnf: content.confirmation }),
      ...(content.authorizationDetails && { authorization_details: content.authorizationDetails }),
    };
    return this.keyRing.sign(claims, TYPE);
  }

  /** Claims of an unexpired access token that this server signed, or `undefined` for anything else. */
  async verify(token: string): Promise<VerifiedJwt | undefined> {
    const claims = await this.keyRing.verify(token, TYPE, { issuer: this.options.issuer });
    return claims && toVerifiedJwt(claims);
  }
}

/** The row key of a JWT: its `jti` names it, whatever the encoding of the text is; rows of one second share their pages. */
export function jwtHash(jti: string, issuedAt: Instant): string {
  return encodeTime(toNumericDate(issuedAt) * 1000) + sha256(`jwt:${jti}`);
}

function toVerifiedJwt(claims: JWTPayload): VerifiedJwt | undefined {
  const { jti, sub, aud, iat, exp, client_id: clientId, grant_id: authorizationId, scope } = claims;
  if (typeof jti !== 'string' || typeof aud !== 'string' || typeof sub !== 'string') return undefined;
  if (typeof clientId !== 'string' || typeof authorizationId !== 'string') return undefined;
  if (iat === undefined || exp === undefined) return undefined;
  return {
    hash: jwtHash(jti, iat * 1000),
    authorizationId,
    clientId,
    subject: sub,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    audience: aud,
    jti,
    issuedAt: iat * 1000,
    expiresAt: exp * 1000,
    signIn: toSignIn(claims),
    confirmation: toConfirmation(claims['cnf']),
  };
}
