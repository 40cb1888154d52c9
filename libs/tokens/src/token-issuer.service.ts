import { Inject, Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { issueOpaque, newId, toNumericDate } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { RefreshToken, TokenContent, TokenKind } from './domain/token.js';
import { JwtAccessTokens, jwtHash } from './formats/jwt-access-token.js';
import { RefreshTokenStore } from './persistence/refresh-token.store.js';
import { TokenFamilyStore } from './persistence/token-family.store.js';
import { TokenStore } from './persistence/token.store.js';
import { TOKEN_OPTIONS } from './token-options.js';
import type { TokenOptions } from './token-options.js';

/** A family's row outlives its tokens by up to this, so that rotation seldom has to prolong it. */
const FAMILY_STEP = 86_400_000;

/** What to mint, decided by a grant. */
export interface TokenOrder {
  readonly kind: TokenKind;
  readonly content: TokenContent;
  /** JWT is possible for an access token with an audience only; anything else is opaque (AT-04). */
  readonly format: 'opaque' | 'jwt';
  /** Tokens that end together: a refresh family, or a UMA process. Needed where there is a refresh token. */
  readonly familyId: string | null;
  /** The authorization's own end, which no token outlives. */
  readonly notAfter: Instant | null;
  /** An earlier end of the access token alone, where it gives less than a refresh may. */
  readonly accessNotAfter?: Instant | null;
  readonly refresh: RefreshOrder | null;
}

export interface RefreshOrder {
  /** The token that this one is handed out for; `null`: the first of its family. */
  readonly replaces: { readonly token: RefreshToken; readonly use: 'rotate' | 'answer_again' } | null;
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
    private readonly families: TokenFamilyStore,
    private readonly jwt: JwtAccessTokens,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async mint(order: TokenOrder, writes: WriteSet, now: Instant): Promise<MintedTokens> {
    const lifetime = order.kind === 'rpt' ? this.options.rptLifetime : this.options.accessTokenLifetime;
    const expiresAt = Math.min(this.endOf(order, lifetime, now), order.accessNotAfter ?? Infinity);
    const { audience } = order.content;
    this.keepFamily(order, writes, expiresAt, now);
    const accessToken =
      order.format === 'jwt' && order.kind === 'at' && audience !== null
        ? await this.mintJwt(order, { ...order.content, audience }, { writes, now, expiresAt })
        : this.mintOpaque(order, { writes, now, expiresAt });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: toNumericDate(expiresAt - now),
      ...(order.refresh && { refresh_token: this.mintRefresh(order, order.refresh, writes, now) }),
    };
  }

  /** No token outlives its authorization. */
  private endOf({ notAfter }: TokenOrder, lifetime: Duration, now: Instant): Instant {
    return Math.min(now + lifetime, notAfter ?? Infinity);
  }

  /** Makes the row of a new family, or keeps that of a rotated one as long as its tokens. */
  private keepFamily(order: TokenOrder, writes: WriteSet, accessEnd: Instant, now: Instant): void {
    const { familyId, refresh, content } = order;
    if (familyId === null) return;
    // As long as the longer-lived of the two: a revocation is forgotten with the row.
    const refreshEnd = refresh ? this.endOf(order, this.options.refreshTokenLifetime, now) : 0;
    const expiresAt = Math.max(accessEnd, refreshEnd);
    if (refresh?.replaces) {
      // Prolonged in steps of a day: one write in many rotations.
      const needed = expiresAt > refresh.replaces.token.familyExpiresAt;
      if (needed) this.families.prolong(writes, familyId, expiresAt + FAMILY_STEP);
      return;
    }
    const { authorizationId, permissions } = content;
    this.families.insert(writes, { id: familyId, authorizationId, permissions, expiresAt: expiresAt + FAMILY_STEP });
  }

  private mintOpaque(order: TokenOrder, at: { writes: WriteSet; now: Instant; expiresAt: Instant }): string {
    const { value, key } = issueOpaque(order.kind, at.now);
    this.tokens.insert(at.writes, {
      ...order.content,
      hash: key,
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
      this.tokens.insert(at.writes, {
        ...content,
        ...times,
        hash: jwtHash(jti, at.now),
        kind: 'at',
        familyId: order.familyId,
      });
    }
    return this.jwt.sign({ ...content, ...times, jti });
  }

  private mintRefresh(order: TokenOrder, refresh: RefreshOrder, writes: WriteSet, now: Instant): string {
    if (order.familyId === null) throw new Error('a refresh token without a family');
    const { value, key } = issueOpaque('rt', now);
    const { replaces } = refresh;
    if (replaces?.use === 'rotate') this.refreshTokens.use(writes, replaces.token, key, now);
    if (replaces?.use === 'answer_again') this.refreshTokens.answerAgain(writes, replaces.token, key, now);
    this.refreshTokens.insert(writes, {
      ...refresh.content,
      hash: key,
      familyId: order.familyId,
      issuedAt: now,
      expiresAt: this.endOf(order, this.options.refreshTokenLifetime, now),
    });
    return value;
  }
}
