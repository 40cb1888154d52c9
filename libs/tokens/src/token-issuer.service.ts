import { Inject, Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { issueOpaque, newId, toNumericDate } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { RefreshContent, RefreshToken, TokenContent, TokenKind } from './domain/token.js';
import { requestedClaims } from './domain/person-claims.js';
import { tokenTypeOf } from './domain/token-claims.js';
import { JwtAccessTokens, jwtHash } from './formats/jwt-access-token.js';
import type { IdTokenOrder, IdTokenRecipient } from './id-token-issuer.service.js';
import { IdTokenIssuer } from './id-token-issuer.service.js';
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
  /** Of the authorization as it was read: should it be another one by the time of the commit, the tokens are dead from birth. */
  readonly generation: number;
  /** The authorization's own end, which no token outlives. */
  readonly notAfter: Instant | null;
  /** An earlier end of the access token alone, where it gives less than a refresh may. */
  readonly accessNotAfter?: Instant | null;
  readonly refresh: RefreshOrder | null;
  /** What the ID token says besides, where the scopes ask for one. */
  readonly idToken?: IdTokenOrder;
}

export interface RefreshOrder {
  /** The token that this one is handed out for; `null`: the first of its family. */
  readonly replaces: { readonly token: RefreshToken; readonly use: 'rotate' | 'answer_again' } | null;
  /** What a refresh may give: never less than the access token's. */
  readonly content: RefreshContent;
}

interface MintingTime {
  readonly writes: WriteSet;
  readonly now: Instant;
  readonly expiresAt: Instant;
}

/** Members of the token response (RFC 6749 section 5.1). */
export interface MintedTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer' | 'DPoP';
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** Mints tokens of every format. Adds their rows to the write-set: nothing lives before that is committed. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly tokens: TokenStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly families: TokenFamilyStore,
    private readonly jwt: JwtAccessTokens,
    private readonly idTokens: IdTokenIssuer,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @param recipient - how the client wants ID tokens; absent: it gets none */
  async mint(wanted: TokenOrder, writes: WriteSet, now: Instant, recipient?: IdTokenRecipient): Promise<MintedTokens> {
    const order = withRequestedClaims(wanted);
    const expiresAt = Math.min(this.endOf(order, this.lifetimeOf(order), now), order.accessNotAfter ?? Infinity);
    const { content, idToken: { nonce } = {} } = order;
    this.keepFamily(order, writes, expiresAt, now);
    const accessToken = await this.mintAccess(order, { writes, now, expiresAt });
    const idToken = recipient && (await this.idTokens.mint(content, accessToken, recipient, { nonce, now }));
    return {
      access_token: accessToken,
      token_type: tokenTypeOf(content.confirmation),
      expires_in: toNumericDate(expiresAt - now),
      ...(order.refresh && { refresh_token: this.mintRefresh(order, order.refresh, writes, now) }),
      ...(idToken !== undefined && { id_token: idToken }),
    };
  }

  private lifetimeOf({ kind }: TokenOrder): Duration {
    return kind === 'rpt' ? this.options.rptLifetime : this.options.accessTokenLifetime;
  }

  private async mintAccess(order: TokenOrder, at: MintingTime): Promise<string> {
    const { audience } = order.content;
    return order.format === 'jwt' && order.kind === 'at' && audience !== null
      ? this.mintJwt(order, { ...order.content, audience }, at)
      : this.mintOpaque(order, at);
  }

  /** No token outlives its authorization. */
  private endOf({ notAfter }: TokenOrder, lifetime: Duration, now: Instant): Instant {
    return Math.min(now + lifetime, notAfter ?? Infinity);
  }

  /** Makes the row of a new family, or keeps that of a rotated one as long as its tokens. */
  private keepFamily(order: TokenOrder, writes: WriteSet, accessEnd: Instant, now: Instant): void {
    const { familyId, generation, refresh, content } = order;
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
    const family = { id: familyId, authorizationId, generation, permissions, expiresAt: expiresAt + FAMILY_STEP };
    this.families.insert(writes, family);
  }

  private mintOpaque(order: TokenOrder, at: MintingTime): string {
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
    at: MintingTime,
  ): Promise<string> {
    const jti = newId('j');
    const times = { issuedAt: at.now, expiresAt: at.expiresAt };
    // A family can end before the token does, so its JWTs need a row to be marked; and claims that were asked for stand in
    // the row alone. Others get one only when revoked.
    if (order.familyId !== null || content.claims) {
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

/** Claims that were asked for by name are remembered with every token of the order. */
function withRequestedClaims(order: TokenOrder): TokenOrder {
  const claims = requestedClaims(order.idToken?.claims);
  if (!claims) return order;
  const { content, refresh } = order;
  const ofRefresh = refresh && { ...refresh, content: { ...refresh.content, claims } };
  return { ...order, content: { ...content, claims }, refresh: ofRefresh };
}
