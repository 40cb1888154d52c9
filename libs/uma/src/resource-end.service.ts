import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { Resource } from './domain/resource.js';
import { PolicyStore } from './persistence/policy.store.js';
import { ShareHistory } from './share-history.service.js';
import { Withdrawal } from './withdrawal.service.js';

/** What goes with a resource: its shares, and what they led to (UF-13). */
@Injectable()
export class ResourceEnd {
  constructor(
    private readonly policies: PolicyStore,
    private readonly withdrawal: Withdrawal,
    private readonly history: ShareHistory,
    private readonly clock: Clock,
  ) {}

  /** Adds it to the write-set that removes the resource. How its shares were is kept; one that is made at this moment goes without. */
  async prepare(writes: WriteSet, resource: Resource): Promise<void> {
    const shares = await this.policies.ofResource(resource.id);
    const [uses, at] = [await this.history.lastUses(shares), this.clock.now()];
    for (const share of shares) {
      this.history.forgetUses(writes, share);
      if (share.endToldAt !== undefined) continue;
      this.history.end(writes, { by: 'resource_removed', at }, share, { resource, lastUsedAt: uses.get(share.id) });
    }
    this.policies.deleteOfResource(writes, resource.id);
    this.withdrawal.ofResource(writes, resource.id);
  }
}
