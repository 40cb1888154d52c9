import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { issueOpaqueValue, newId, sha256, toNumericDate } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { TokenContent, TokenKind } from './domain/token.js';
import { JwtAccessTokens, jwtHash } from './formats/jwt-access-token.js';
import { RefreshTokenStore } from './persistence/refresh-token.store.js';
import { TokenStore } from './persistence/token.store.js';
import { TOKEN_OPTIONS } from './token-options.js';
import type { TokenOptions } from './token-options.js';

/** What to mint, decided by a grant. */
export interface TokenOrder {
  readonly kind: TokenKind;
  readonly content: TokenContent;
  /** JWT is possible for an access token with an audience only; anything else is opaque (AT-04). */
  readonly format: 'opaque' | 'jwt';
  /** Tokens that end together: a refresh family, or a UMA process. */
  readonly familyId: string | null;
  /** The authorization's own end, which no token outlives. */
  readonly notAfter: Instant | null;
  readonly refresh: RefreshOrder | null;
}

export interface RefreshOrder {
  readonly familyId: string;
  readonly predecessor: string | null;
  /** What a refresh may give: never less than the access token's. */
  readonly content: TokenContent;
}

/** Members of the token response (RFC 6749 section 5.1). */
export interface MintedTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token?: string;
}

/** Mints tokens of every format. Adds their rows to the write-set: nothing lives before that is committed. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly tokens: TokenStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly jwt: JwtAccessTokens,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async mint(order: TokenOrder, writes: WriteSet, now: Instant): Promise<MintedTokens> {
    const lifetime = order.kind === 'rpt' ? this.options.rptLifetime : this.options.accessTokenLifetime;
    const expiresAt = Math.min(now + lifetime, order.notAfter ?? Infinity);
    const { audience } = order.content;
    const accessToken =
      order.format === 'jwt' && order.kind === 'at' && audience !== null
        ? await this.mintJwt(order, { ...order.content, audience }, { writes, now, expiresAt })
        : this.mintOpaque(order, { writes, now, expiresAt });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: toNumericDate(expiresAt - now),
      ...(order.refresh && { refresh_token: this.mintRefresh(order.refresh, order.notAfter, writes, now) }),
    };
  }

  private mintOpaque(order: TokenOrder, at: { writes: WriteSet; now: Instant; expiresAt: Instant }): string {
    const value = issueOpaqueValue(order.kind);
    this.tokens.insert(at.writes, {
      ...order.content,
      hash: sha256(value),
      kind: order.kind,
      familyId: order.familyId,
      issuedAt: at.now,
      expiresAt: at.expiresAt,
    });
    return value;
  }

  private async mintJwt(
    order: TokenOrder,
    content: TokenContent & { audience: string },
    at: { writes: WriteSet; now: Instant; expiresAt: Instant },
  ): Promise<string> {
    const jti = newId('j');
    const times = { issuedAt: at.now, expiresAt: at.expiresAt };
    // A family can end before the token does, so its JWTs need a row to be marked; others get one only when revoked.
    if (order.familyId !== null) {
      this.tokens.insert(at.writes, { ...content, ...times, hash: jwtHash(jti), kind: 'at', familyId: order.familyId });
    }
    return this.jwt.sign({ ...content, ...times, jti });
  }

  private mintRefresh(order: RefreshOrder, notAfter: Instant | null, writes: WriteSet, now: Instant): string {
    const value = issueOpaqueValue('rt');
    this.refreshTokens.insert(writes, {
      ...order.content,
      hash: sha256(value),
      familyId: order.familyId,
      predecessor: order.predecessor,
      issuedAt: now,
      expiresAt: Math.min(now + this.options.refreshTokenLifetime, notAfter ?? Infinity),
    });
    return value;
  }
}
