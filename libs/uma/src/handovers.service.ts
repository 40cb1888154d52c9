import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock, newId } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { HandedOver, Handover, HandoverDraft } from './domain/handover.js';
import { contentOf, handoverState } from './domain/handover.js';
import type { PolicyProblem } from './owner-policies.service.js';
import { OwnerPolicies } from './owner-policies.service.js';
import { HandoverStore } from './persistence/handover.store.js';

const MOST_ATTEMPTS = 10;

/** What the end of a handover did. */
export interface EndedHandover {
  readonly shares: number;
  readonly tokens: number;
}

/** Owners who are away hand over, and take it all back in one go. */
@Injectable()
export class Handovers {
  constructor(
    private readonly store: HandoverStore,
    private readonly policies: OwnerPolicies,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a share for each resource, all of them or none. Of the same handed over at once, or again while it lasts, one counts.
   * @param draft - `given`: resources of the owner's with scopes of theirs, at least one
   * @returns what is wrong with the first share that cannot be made, or the handover that there is already
   */
  async create(
    owner: OwnerId,
    draft: HandoverDraft,
  ): Promise<Handover | PolicyProblem | 'busy' | { readonly present: Handover }> {
    const content = contentOf(draft);
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.store.same(owner, content);
      if (present && handoverState(present, this.clock.now()) !== 'ended') return { present };
      const handover = this.begun(owner, draft);
      const writes = new WriteSet();
      this.store.insert(writes, handover, content);
      const problem = await this.prepareAll(writes, handover, draft.given);
      if (problem) return problem;
      if (await this.database.tryCommit(writes)) return handover;
    }
    return 'busy';
  }

  /** Ends it with all its shares, and what they led to. @returns `over` when it is, `not_found` when she has none of that id */
  async end(owner: OwnerId, id: string): Promise<EndedHandover | 'not_found' | 'over' | 'busy'> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const handover = await this.store.find(id, owner);
      if (!handover) return 'not_found';
      const now = this.clock.now();
      if (handoverState(handover, now) === 'ended') return 'over';
      const [policies, tokens] = [await this.store.policiesOf(handover), await this.store.tokensOf(handover, now)];
      const writes = new WriteSet();
      this.store.end(writes, handover, now);
      await this.policies.prepareEnd(writes, policies, 'handover_over');
      if (await this.database.tryCommit(writes)) return { shares: policies.length, tokens };
    }
    return 'busy';
  }

  private begun(owner: OwnerId, { given, ...terms }: HandoverDraft): Handover {
    const now = this.clock.now();
    return { ...terms, id: newId('h'), owner, resources: given.length, createdAt: now, endedAt: null };
  }

  private async prepareAll(
    writes: WriteSet,
    { id, owner, accountId, notBefore, expiresAt }: Handover,
    given: readonly HandedOver[],
  ): Promise<PolicyProblem | undefined> {
    // In one order everywhere, so that two of these never wait for each other's resources.
    const sorted = [...given].sort((one, other) => (one.resourceId < other.resourceId ? -1 : 1));
    for (const { resourceId, scopes } of sorted) {
      const draft = {
        ...{ resourceId, scopes, notBefore, expiresAt, handoverId: id },
        subject: { type: 'account', accountId } as const,
        ...{ clientId: null, maxClaimsAge: null, minAcr: null, maxAuthAge: null },
      };
      const origin = { kind: 'handed_over', requestId: null } as const;
      const policy = await this.policies.prepareAs(writes, owner, draft, origin);
      if (typeof policy === 'string') return policy;
    }
    return undefined;
  }
}
