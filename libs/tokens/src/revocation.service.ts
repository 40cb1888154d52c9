import { Injectable } from '@nestjs/common';
import { Clock, opaqueKeyOf, opaqueKindOf } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { JwtAccessTokens } from './formats/jwt-access-token.js';
import { RefreshTokenStore } from './persistence/refresh-token.store.js';
import { TokenFamilyStore } from './persistence/token-family.store.js';
import { TokenStore } from './persistence/token.store.js';

/** What became of a revocation request (RFC 7009 section 2.2). */
export type RevocationOutcome = 'revoked' | 'unknown' | 'of_another_client';

/** Ends tokens at their client's request. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly tokens: TokenStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly families: TokenFamilyStore,
    private readonly jwt: JwtAccessTokens,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Revokes the client's token of any kind but PCT. A refresh token takes its family's access tokens with it (IR-30); an
   * access token leaves the refresh token alone (IR-31). Repeating it changes nothing.
   */
  async revoke(value: string, clientId: string): Promise<RevocationOutcome> {
    const kind = opaqueKindOf(value);
    const key = opaqueKeyOf(value, 'rt', 'at', 'rpt');
    if (key === undefined) return kind === undefined ? this.revokeJwt(value, clientId) : 'unknown';
    return kind === 'rt' ? this.revokeRefresh(key, clientId) : this.revokeOpaque(key, clientId);
  }

  private async revokeRefresh(hash: string, clientId: string): Promise<RevocationOutcome> {
    const token = await this.refreshTokens.find(hash);
    if (!token) return 'unknown';
    if (token.clientId !== clientId) return 'of_another_client';
    const writes = new WriteSet();
    this.families.revoke(writes, token.familyId, this.clock.now());
    await this.database.commit(writes);
    return 'revoked';
  }

  private async revokeOpaque(hash: string, clientId: string): Promise<RevocationOutcome> {
    const token = await this.tokens.find(hash);
    if (!token) return 'unknown';
    if (token.clientId !== clientId) return 'of_another_client';
    const writes = new WriteSet();
    this.tokens.revoke(writes, hash, this.clock.now());
    await this.database.commit(writes);
    return 'revoked';
  }

  private async revokeJwt(value: string, clientId: string): Promise<RevocationOutcome> {
    const claims = await this.jwt.verify(value);
    if (!claims) return 'unknown';
    if (claims.clientId !== clientId) return 'of_another_client';
    const writes = new WriteSet();
    this.tokens.deny(writes, claims, this.clock.now());
    await this.database.commit(writes);
    return 'revoked';
  }
}
