import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import { OwnerMoments } from './owner-moments.service.js';
import { ClientPoliciesStore } from './persistence/client-policies.store.js';

/** Owners take back what they gave (IR-41). */
@Injectable()
export class OwnerRevocation {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly clientPolicies: ClientPoliciesStore,
    private readonly database: Database,
    private readonly moments: OwnerMoments,
  ) {}

  /**
   * Ends the owner's record with all below it. What she had permitted to the record's client itself goes from its other
   * records at that resource server, too: the client chooses for whom it asks, and would have it all back under another name.
   * @returns false when the owner has no such record that is not over
   */
  async end(id: string, owner: OwnerId): Promise<boolean> {
    const record = await this.authorizations.findOfOwner(id, owner);
    if (!record) return false;
    const [writes, now] = [new WriteSet(), await this.moments.ofEnd(owner)];
    const { clientId, resourceServerId } = record;
    this.authorizations.holdOwner(writes, owner);
    if (resourceServerId !== null) this.clientPolicies.withdraw(writes, { owner, clientId, resourceServerId }, now);
    this.authorizations.end(writes, { id, owner, by: 'owner', now });
    return this.database.tryCommit(writes);
  }
}
