import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock, isExpired, opaqueKeyOf } from '@valetkey/kernel';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, isLive } from '@valetkey/authorizations';
import type { DeadToken, DeathReason, FoundToken, RefreshToken, TokenGround } from './domain/token.js';
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
    const found = await this.look(value);
    return 'dead' in found ? undefined : found;
  }

  /** As {@link findLive}, and tells why there is none; it reads no more for that. */
  async look(value: string): Promise<LiveToken | DeadToken> {
    const key = opaqueKeyOf(value, 'at', 'rpt');
    if (key !== undefined) return this.lookOpaque(key);
    return value.includes('.') ? this.lookJwt(value) : UNKNOWN;
  }

  /** The refresh token with this value, used and dead ones too, or `undefined`. */
  async findRefresh(value: string): Promise<RefreshToken | undefined> {
    const key = opaqueKeyOf(value, 'rt');
    return key === undefined ? undefined : this.refreshTokens.find(key);
  }

  /** The refresh token with this value when it could be used now, or why it could not. */
  async lookRefresh(value: string): Promise<RefreshToken | DeadToken> {
    const token = await this.findRefresh(value);
    if (!token) return UNKNOWN;
    const now = this.clock.now();
    const dead = deathOfRefresh(token, now) ?? deathOf(token.authorization, now);
    return dead === undefined ? token : { dead, familyId: token.familyId, authorizationId: token.authorizationId };
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

  private async lookOpaque(key: string): Promise<LiveToken | DeadToken> {
    const now = this.clock.now();
    const token = await this.tokens.find(key);
    if (!token) return UNKNOWN;
    const dead = deathOfToken(token, now) ?? deathOf(token.authorization, now);
    if (dead === undefined) return { ...token, format: 'opaque', pairwiseSubject: null };
    return { dead, id: token.id, familyId: token.familyId, authorizationId: token.authorizationId };
  }

  /** A JWT that is expired is as unknown as a forged one: neither is read any further. */
  private async lookJwt(value: string): Promise<LiveToken | DeadToken> {
    const claims = await this.jwt.verify(value);
    if (!claims) return UNKNOWN;
    const row = await this.tokens.find(claims.hash);
    if (row?.revoked) return deadJwt('revoked', claims, row);
    const record = await this.authorizations.find(claims.authorizationId);
    const dead = deathOf(record, this.clock.now());
    return record && !dead ? toLiveToken(claims, record, row) : deadJwt(dead, claims, row);
  }
}

const UNKNOWN: DeadToken = Object.freeze({ dead: 'unknown' });

function deathOfToken(token: FoundToken, now: Instant): DeathReason | undefined {
  if (token.revoked) return 'revoked';
  return isExpired(token.expiresAt, now) ? 'expired' : undefined;
}

function deathOfRefresh(token: RefreshToken, now: Instant): DeathReason | undefined {
  if (token.isRevoked) return 'revoked';
  if (token.usedAt !== null) return 'used';
  if (token.replacedAt !== null) return 'replaced';
  return isExpired(token.expiresAt, now) ? 'expired' : undefined;
}

function deathOf(record: TokenGround | undefined, now: Instant): DeathReason | undefined {
  if (!record) return 'authorization_ended';
  if (isLive(record, now)) return undefined;
  return record.state === 'suspended' ? 'authorization_suspended' : 'authorization_ended';
}

function deadJwt(
  dead: DeathReason = 'authorization_ended',
  { jti, authorizationId }: VerifiedJwt,
  row: FoundToken | undefined,
): DeadToken {
  return { dead, id: jti, familyId: row?.familyId ?? null, authorizationId };
}

function toLiveToken(claims: VerifiedJwt, record: AuthorizationRecord, row: FoundToken | undefined): LiveToken {
  return {
    kind: 'at',
    format: 'jwt',
    hash: claims.hash,
    id: claims.jti,
    authorizationId: record.id,
    clientId: claims.clientId,
    familyId: row?.familyId ?? null,
    // The person as she is known inside, where the token has a row; the JWT names her as its audience knows her.
    subject: row?.subject ?? null,
    pairwiseSubject: claims.subject,
    scopes: claims.scopes,
    audience: claims.audience,
    // The JWT is its audience's to read, and says nothing of it.
    ...(row?.opensUserInfo && { opensUserInfo: true }),
    permissions: null,
    signIn: claims.signIn,
    confirmation: claims.confirmation,
    claims: row?.claims,
    authorizationDetails: row?.authorizationDetails,
    issuedAt: claims.issuedAt,
    expiresAt: claims.expiresAt,
    revoked: false,
    owner: record.owner,
    party: record.party,
    resourceServerId: record.resourceServerId,
    authorization: record,
  };
}
