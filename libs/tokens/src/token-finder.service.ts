import { Injectable } from '@nestjs/common';
import { Clock, isExpired, opaqueKeyOf } from '@valetkey/kernel';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, isLive } from '@valetkey/authorizations';
import type { FoundToken, RefreshToken } from './domain/token.js';
import type { VerifiedJwt } from './formats/jwt-access-token.js';
import { JwtAccessTokens } from './formats/jwt-access-token.js';
import { RefreshTokenStore } from './persistence/refresh-token.store.js';
import { TokenStore } from './persistence/token.store.js';

/** A token that lives now. A JWT tells its own `sub`, which is pairwise already. */
export interface LiveToken extends FoundToken {
  readonly format: 'opaque' | 'jwt';
  readonly pairwiseSubject: string | null;
}

/** Looks tokens up, whatever their format, and says whether they live. */
@Injectable()
export class TokenFinder {
  constructor(
    private readonly tokens: TokenStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly authorizations: AuthorizationStore,
    private readonly jwt: JwtAccessTokens,
    private readonly clock: Clock,
  ) {}

  /**
   * The access token or RPT with this value, when it is not expired, not revoked, and its authorization is live;
   * otherwise `undefined`. Reads what is committed, so an end of access is seen by the next call on every node.
   */
  async findLive(value: string): Promise<LiveToken | undefined> {
    const key = opaqueKeyOf(value, 'at', 'rpt');
    if (key !== undefined) return this.findOpaque(key);
    return value.includes('.') ? this.findJwt(value) : undefined;
  }

  /** The refresh token with this value, used and dead ones too, or `undefined`. */
  async findRefresh(value: string): Promise<RefreshToken | undefined> {
    const key = opaqueKeyOf(value, 'rt');
    return key === undefined ? undefined : this.refreshTokens.find(key);
  }

  /** The refresh token with this value when it could be used now, or `undefined`. */
  async findLiveRefresh(value: string): Promise<RefreshToken | undefined> {
    const token = await this.findRefresh(value);
    if (!token || token.usedAt !== null || token.replacedAt !== null || token.revokedAt !== null) return undefined;
    const now = this.clock.now();
    return isLive(token.authorization, now) && !isExpired(token.expiresAt, now) ? token : undefined;
  }

  /**
   * Whether somebody made the value up: it has the form of a token of ours, but no token has it. Forms that we never give out
   * and tokens that are dead are no guesses; a signature cannot be guessed at all.
   */
  async isGuess(value: string): Promise<boolean> {
    const key = opaqueKeyOf(value, 'at', 'rpt', 'rt');
    if (key === undefined) return false;
    return ((await this.tokens.find(key)) ?? (await this.refreshTokens.find(key))) === undefined;
  }

  private async findOpaque(key: string): Promise<LiveToken | undefined> {
    const now = this.clock.now();
    const token = await this.tokens.find(key);
    if (!token || token.revoked || isExpired(token.expiresAt, now) || !isLive(token.authorization, now))
      return undefined;
    return { ...token, format: 'opaque', pairwiseSubject: null };
  }

  private async findJwt(value: string): Promise<LiveToken | undefined> {
    const claims = await this.jwt.verify(value);
    if (!claims) return undefined;
    const row = await this.tokens.find(claims.hash);
    if (row?.revoked) return undefined;
    const record = await this.authorizations.find(claims.authorizationId);
    if (!record || !isLive(record, this.clock.now())) return undefined;
    return toLiveToken(claims, record, row?.familyId ?? null);
  }
}

function toLiveToken(claims: VerifiedJwt, record: AuthorizationRecord, familyId: string | null): LiveToken {
  return {
    kind: 'at',
    format: 'jwt',
    hash: claims.hash,
    id: claims.jti,
    authorizationId: record.id,
    clientId: claims.clientId,
    familyId,
    subject: null,
    pairwiseSubject: claims.subject,
    scopes: claims.scopes,
    audience: claims.audience,
    permissions: null,
    issuedAt: claims.issuedAt,
    expiresAt: claims.expiresAt,
    revoked: false,
    owner: record.owner,
    resourceServerId: record.resourceServerId,
    authorization: { state: record.state, notBefore: record.notBefore, expiresAt: record.expiresAt },
  };
}
