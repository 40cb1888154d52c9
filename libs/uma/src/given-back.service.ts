import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { ConsentsGivenBack } from './consents-given-back.service.js';
import type { Policy } from './domain/policy.js';
import type { RemovedTerms } from './domain/removed-access.js';
import { OwnerPolicies } from './owner-policies.service.js';
import type { RemovedAccess } from './persistence/removed-access.store.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';
import { ResourceStore } from './persistence/resource.store.js';
import { accessIdOf } from './share-history.service.js';

/**
 * Why something cannot come back. `over`: it came back already, its time is over, or it ended by other means. `holder_rests`: its
 * application is gone, or suspended.
 */
export type GiveBackProblem = 'not_found' | 'over' | 'nothing_left' | 'holder_rests' | 'too_many' | 'busy';

/** What came back, under a name of its own: `share:<policy id>` or `grant:<authorization id>`. */
export interface CameBack {
  readonly accessId: string;
}

const MOST_ATTEMPTS = 10;

/** Gives back what its owner ended: a new share or consent on the same terms, never the old one again. */
@Injectable()
export class GivenBack {
  constructor(
    private readonly removed: RemovedAccessStore,
    private readonly policies: OwnerPolicies,
    private readonly resources: ResourceStore,
    private readonly consents: ConsentsGivenBack,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of several at the same time exactly one succeeds. Of a share, scopes that are no longer registered are left out. */
  async giveBack(owner: OwnerId, removedId: string): Promise<CameBack | GiveBackProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const outcome = await this.giveBackOnce(owner, removedId);
      if (outcome !== 'changed') return outcome;
    }
    return 'busy';
  }

  private async giveBackOnce(owner: OwnerId, removedId: string): Promise<CameBack | GiveBackProblem | 'changed'> {
    const [removed, now] = [await this.removed.find(removedId, owner), this.clock.now()];
    if (!removed) return 'not_found';
    if (!isComingBack(removed, now)) return 'over';
    const writes = new WriteSet();
    const came = await this.prepare(writes, owner, removed.terms, now);
    if (typeof came === 'string') return came;
    this.removed.giveBack(writes, removed, now);
    return (await this.database.tryCommit(writes)) ? came : 'changed';
  }

  private async prepare(
    writes: WriteSet,
    owner: OwnerId,
    terms: RemovedTerms,
    now: Instant,
  ): Promise<CameBack | GiveBackProblem | 'changed'> {
    if (terms.kind === 'share') return this.prepareShare(writes, owner, terms.policy);
    const record = await this.consents.prepare(writes, owner, terms, now);
    return typeof record === 'string' ? record : { accessId: `grant:${record.id}` };
  }

  private async prepareShare(
    writes: WriteSet,
    owner: OwnerId,
    policy: Policy,
  ): Promise<CameBack | GiveBackProblem | 'changed'> {
    const resource = await this.resources.findOfOwner(policy.resourceId, owner);
    const scopes = policy.scopes.filter((scope) => resource?.scopes.has(scope));
    if (scopes.length === 0) return 'nothing_left';
    const origin = { kind: 'given_back', requestId: policy.requestId } as const;
    const given = await this.policies.prepareAs(writes, owner, { ...policy, scopes }, origin);
    if (typeof given === 'string') return given === 'too_many' ? 'too_many' : 'changed';
    return { accessId: accessIdOf(given) };
  }
}

/** Whether it may come back at this moment: within its seven days, once, and before it would have ended. */
export function isComingBack({ terms, givenBackAt, giveBackUntil }: RemovedAccess, now: Instant): boolean {
  if (givenBackAt !== null || (giveBackUntil ?? 0) <= now) return false;
  const { expiresAt } = terms.kind === 'share' ? terms.policy : terms.record;
  return expiresAt === null || expiresAt > now;
}
