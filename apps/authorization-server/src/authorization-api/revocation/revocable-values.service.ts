import { Injectable } from '@nestjs/common';
import { Clock, opaqueKindOf } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { RevocationOutcome } from '@valetkey/tokens';
import { RevocationService } from '@valetkey/tokens';
import { PersistedClaimsStore } from '@valetkey/uma';

/** Everything a client can revoke: tokens of every kind and PCTs (UG-43), told apart by their form. */
@Injectable()
export class RevocableValues {
  constructor(
    private readonly tokens: RevocationService,
    private readonly persistedClaims: PersistedClaimsStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  revoke(value: string, clientId: string): Promise<RevocationOutcome> {
    return opaqueKindOf(value) === 'pct'
      ? this.revokePersistedClaims(value, clientId)
      : this.tokens.revoke(value, clientId);
  }

  private async revokePersistedClaims(value: string, clientId: string): Promise<RevocationOutcome> {
    const now = this.clock.now();
    const present = await this.persistedClaims.find(value, now);
    if (!present) return 'unknown';
    if (present.clientId !== clientId) return 'of_another_client';
    const writes = new WriteSet();
    this.persistedClaims.revoke(writes, value, now);
    await this.database.commit(writes);
    return 'revoked';
  }
}
