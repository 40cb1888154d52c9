import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { handleOfParty } from './domain/holder.js';
import { OwnerMoments } from './owner-moments.service.js';
import { ClientPoliciesStore } from './persistence/client-policies.store.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';

/** Owners take back what they gave (IR-41). */
@Injectable()
export class OwnerRevocation {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly clientPolicies: ClientPoliciesStore,
    private readonly database: Database,
    private readonly moments: OwnerMoments,
    private readonly activity: ActivityStore,
    private readonly removed: RemovedAccessStore,
  ) {}

  /**
   * Ends the owner's record with all below it. What she had permitted to the record's client itself goes from its other
   * records at that resource server, too: the client chooses for whom it asks, and would have it all back under another name.
   * @returns false when the owner has no such record that is not over
   */
  async end(id: string, owner: OwnerId): Promise<boolean> {
    const record = await this.authorizations.findOfOwner(id, owner);
    if (!record) return false;
    const writes = new WriteSet();
    await this.prepareEnd(writes, record, 'owner');
    return this.database.tryCommit(writes);
  }

  /**
   * Adds the end of a record to a write-set, with how it was; fails as a condition when it is over.
   * @returns the handle of what it was, where it was a consent
   */
  async prepareEnd(
    writes: WriteSet,
    record: AuthorizationRecord,
    by: 'owner' | 'stopped',
  ): Promise<string | undefined> {
    const { id, owner } = record;
    const now = await this.moments.ofEnd(owner);
    const { clientId, resourceServerId } = record;
    this.authorizations.holdOwner(writes, owner);
    if (resourceServerId !== null) this.clientPolicies.withdraw(writes, { owner, clientId, resourceServerId }, now);
    this.authorizations.end(writes, { id, owner, by: 'owner', now });
    return this.tell(writes, record, { by, at: now });
  }

  private tell(
    writes: WriteSet,
    record: AuthorizationRecord,
    { by, at }: { readonly by: 'owner' | 'stopped'; readonly at: Instant },
  ): string | undefined {
    const { id, owner, clientId, party, scopes, expiresAt, lastUsedAt } = record;
    // Of a share that is stopped its own line tells.
    if (by === 'stopped' && record.origin === 'uma') return undefined;
    this.activity.note(writes, {
      owner,
      at,
      kind: by === 'owner' ? 'removed' : 'stopped',
      actor: owner,
      holder: party === null ? `client:${clientId}` : handleOfParty(party),
      ...(party?.name !== undefined && { holderName: party.name }),
      clientId,
      scopes,
      accessId: `grant:${id}`,
    });
    if (record.origin === 'uma') return undefined;
    const { createdAt, resourceServerId, generation } = record;
    const kept = { id, clientId, scopes, createdAt, expiresAt, resourceServerId, generation };
    return this.removed.insert(writes, {
      owner,
      accessId: `grant:${id}`,
      terms: { kind: 'consent', record: kept, lastUsedAt },
      endedAt: at,
      endedBy: by,
      mayComeBack: false,
    });
  }
}
