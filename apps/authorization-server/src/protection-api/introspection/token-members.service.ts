import { Inject, Injectable } from '@nestjs/common';
import { toNumericDate } from '@valetkey/kernel';
import { PairwiseSubjects } from '@valetkey/keys';
import type { LiveToken, RefreshToken, TokenOptions } from '@valetkey/tokens';
import { endOf, signInClaims, TOKEN_OPTIONS, tokenTypeOf } from '@valetkey/tokens';

/** Members of an active answer that say what the token is (RFC 7662 section 2.2, UF-34). */
@Injectable()
export class TokenMembers {
  constructor(
    private readonly pairwise: PairwiseSubjects,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * @param sector - who is told, where the token has no audience
   * @param end - when nothing is left of it: where what it grants ends earlier, as that does
   */
  of(token: LiveToken, sector: string, end = endOf(token)): Record<string, unknown> {
    return {
      iss: this.options.issuer,
      client_id: token.clientId,
      sub: this.subjectOf(token, sector),
      ...(token.audience !== null && { aud: token.audience }),
      exp: toNumericDate(end),
      iat: toNumericDate(token.issuedAt),
      jti: token.id,
      token_type: tokenTypeOf(token.confirmation),
      ...signInClaims(token.signIn),
      ...(token.confirmation && { cnf: token.confirmation }),
      ...(token.authorizationDetails && { authorization_details: token.authorizationDetails }),
      grant_id: token.authorizationId,
    };
  }

  ofRefreshToken(token: RefreshToken): Record<string, unknown> {
    return {
      iss: this.options.issuer,
      client_id: token.clientId,
      token_type: 'refresh_token',
      exp: toNumericDate(endOf(token)),
      iat: toNumericDate(token.issuedAt),
      grant_id: token.authorizationId,
      ...(token.scopes.length > 0 && { scope: token.scopes.join(' ') }),
    };
  }

  /** A person is named differently to each audience; a client acting for itself is its own subject. */
  private subjectOf(token: LiveToken, sector: string): string {
    if (token.pairwiseSubject !== null) return token.pairwiseSubject;
    return token.subject === null ? token.clientId : this.pairwise.of(token.subject, token.audience ?? sector);
  }
}
