import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import { ConsentHistory } from './consent-history.service.js';
import { OwnerMoments } from './owner-moments.service.js';
import { ClientPoliciesStore } from './persistence/client-policies.store.js';

const MOST_ATTEMPTS = 10;

/** Owners take back what they gave (IR-41). */
@Injectable()
export class OwnerRevocation {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly clientPolicies: ClientPoliciesStore,
    private readonly database: Database,
    private readonly moments: OwnerMoments,
    private readonly history: ConsentHistory,
  ) {}

  /**
   * Ends the owner's record with all below it. What she had permitted to the record's client itself goes from its other
   * records at that resource server, too: the client chooses for whom it asks, and would have it all back under another name.
   * @returns false when the owner has no such record that is not over
   */
  async end(id: string, owner: OwnerId): Promise<boolean> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const record = await this.authorizations.findOfOwner(id, owner);
      if (!record || record.endedAt !== null) return false;
      const writes = new WriteSet();
      await this.prepareEnd(writes, record, 'owner');
      if (await this.database.tryCommit(writes)) return true;
    }
    return false;
  }

  /**
   * Adds the end of a record to a write-set, with how it was; fails as a condition when it is over, or says something else meanwhile.
   * @returns the handle of what it was, where it was a consent that may come back
   */
  async prepareEnd(
    writes: WriteSet,
    record: AuthorizationRecord,
    by: 'owner' | 'stopped',
  ): Promise<string | undefined> {
    const { id, owner } = record;
    const now = await this.moments.ofEnd(owner);
    const { clientId, resourceServerId } = record;
    const again = await this.history.againOf(record);
    this.authorizations.holdOwner(writes, owner);
    this.history.rely(writes, record, again);
    if (resourceServerId !== null) this.clientPolicies.withdraw(writes, { owner, clientId, resourceServerId }, now);
    this.authorizations.end(writes, { id, owner, by: 'owner', now });
    return this.history.end(writes, record, { by, at: now, again });
  }
}
