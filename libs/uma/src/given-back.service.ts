import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Policy } from './domain/policy.js';
import { OwnerPolicies } from './owner-policies.service.js';
import type { RemovedAccess } from './persistence/removed-access.store.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';
import { ResourceStore } from './persistence/resource.store.js';

/** Why something cannot come back. `over`: it came back already, its time is over, or it ended by other means. */
export type GiveBackProblem = 'not_found' | 'over' | 'nothing_left' | 'too_many' | 'busy';

const MOST_ATTEMPTS = 10;

/** Gives a share back that its owner ended: a new one on the same terms, never the old one again. */
@Injectable()
export class GivenBack {
  constructor(
    private readonly removed: RemovedAccessStore,
    private readonly policies: OwnerPolicies,
    private readonly resources: ResourceStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of several at the same time exactly one succeeds. Scopes that are no longer registered are left out. */
  async giveBack(owner: OwnerId, removedId: string): Promise<Policy | GiveBackProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const outcome = await this.giveBackOnce(owner, removedId);
      if (outcome !== 'changed') return outcome;
    }
    return 'busy';
  }

  private async giveBackOnce(owner: OwnerId, removedId: string): Promise<Policy | GiveBackProblem | 'changed'> {
    const [removed, now] = [await this.removed.find(removedId, owner), this.clock.now()];
    if (!removed) return 'not_found';
    const policy = comingBack(removed, now);
    if (!policy) return 'over';
    const resource = await this.resources.findOfOwner(policy.resourceId, owner);
    const scopes = policy.scopes.filter((scope) => resource?.scopes.has(scope));
    if (scopes.length === 0) return 'nothing_left';
    const writes = new WriteSet();
    this.removed.giveBack(writes, removed, now);
    const { requestId } = policy;
    const given = await this.policies.prepareAs(
      writes,
      owner,
      { ...policy, scopes },
      { kind: 'given_back', requestId },
    );
    if (typeof given === 'string') return given === 'too_many' ? 'too_many' : 'changed';
    return (await this.database.tryCommit(writes)) ? given : 'changed';
  }
}

/** What may come back now, or `undefined`. */
function comingBack({ terms, givenBackAt, giveBackUntil }: RemovedAccess, now: Instant): Policy | undefined {
  if (terms.kind !== 'share' || givenBackAt !== null || (giveBackUntil ?? 0) <= now) return undefined;
  const { expiresAt } = terms.policy;
  return expiresAt !== null && expiresAt <= now ? undefined : terms.policy;
}
