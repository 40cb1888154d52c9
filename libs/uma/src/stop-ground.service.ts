import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { Policy } from './domain/policy.js';
import { PolicyStore } from './persistence/policy.store.js';
import { ShareTokensStore } from './persistence/share-tokens.store.js';

/** What a stop finds. */
@Injectable()
export class StopGround {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly store: PolicyStore,
    private readonly tokens: ShareTokensStore,
    private readonly clock: Clock,
  ) {}

  /** The owner's next records that somebody else holds, those of resource servers that protect her things left out. */
  async records(
    owner: OwnerId,
    after: string,
    limit: number,
  ): Promise<{ readonly records: AuthorizationRecord[]; readonly next?: string }> {
    const page = await this.authorizations.page(owner, { limit, ...(after !== '' && { after }) });
    const records = page.items.filter((record) => !isProtection(record) && owner !== `client:${record.clientId}`);
    return { records, ...(page.next !== undefined && { next: page.next }) };
  }

  /** Those of the ids that are there still. */
  async policies(owner: OwnerId, ids: readonly string[]): Promise<Policy[]> {
    const found = await Promise.all(ids.map((id) => this.store.find(id, owner)));
    return found.filter((policy) => policy !== undefined);
  }

  tokensOf({ id }: AuthorizationRecord): Promise<number> {
    return this.tokens.ofRecord(id, this.clock.now());
  }
}

/** It opens nothing to anybody: the service that keeps the owner's things asks by it who may use them. */
export function isProtection({ origin, scopes }: Pick<AuthorizationRecord, 'origin' | 'scopes'>): boolean {
  return origin !== 'uma' && scopes.length > 0 && scopes.every((scope) => scope === SERVER_SCOPE.protection);
}
