import { Injectable } from '@nestjs/common';
import { newId } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { ActivityKind, EndReason } from '@valetkey/owner-contract';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Policy } from './domain/policy.js';
import { OwnerMoments } from './owner-moments.service.js';
import { PolicyStore } from './persistence/policy.store.js';
import { ResourceStore } from './persistence/resource.store.js';
import type { Resource } from './domain/resource.js';
import type { ShareMoment } from './share-history.service.js';
import { ShareHistory } from './share-history.service.js';
import { Withdrawal } from './withdrawal.service.js';

/** What an owner says in a policy. */
export type PolicyDraft = Pick<
  Policy,
  | 'resourceId'
  | 'subject'
  | 'clientId'
  | 'scopes'
  | 'notBefore'
  | 'expiresAt'
  | 'maxClaimsAge'
  | 'minAcr'
  | 'maxAuthAge'
  | 'subjectName'
  | 'note'
  | 'handoverId'
  | 'invitationId'
>;

/** Why a policy cannot be made as drafted. */
export type PolicyProblem = 'not_found' | 'scope_unknown' | 'too_many' | 'stale';

/** Why a policy cannot be changed as drafted. `outlives_handover`: what a handover gives may end earlier, and not later. */
export type PolicyChangeProblem = PolicyProblem | 'outlives_handover';

/** How a policy came about. */
export interface PolicyOrigin extends ShareMoment {
  readonly kind: Extract<ActivityKind, 'given' | 'approved' | 'given_back' | 'handed_over' | 'invitation_accepted'>;
  /** The approved request. */
  readonly requestId: string | null;
}

/** On one resource: each of them is looked at for every ticket that names it. */
const MOST_POLICIES = 500;
const MOST_ATTEMPTS = 10;

/** Owners' policies; every change reaches tokens in the same commit (UG-42). */
@Injectable()
export class OwnerPolicies {
  constructor(
    private readonly policies: PolicyStore,
    private readonly resources: ResourceStore,
    private readonly withdrawal: Withdrawal,
    private readonly database: Database,
    private readonly moments: OwnerMoments,
    private readonly history: ShareHistory,
  ) {}

  async create(owner: OwnerId, draft: PolicyDraft): Promise<Policy | PolicyProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const writes = new WriteSet();
      const policy = await this.prepare(writes, owner, draft, null);
      if (typeof policy === 'string') return policy;
      if (await this.database.tryCommit(writes)) return policy;
    }
    return 'not_found';
  }

  /**
   * Adds a new policy to a write-set. The owner, and that each scope is one of the resource's, are checked here; that the
   * resource is hers still and has room for a policy are conditions of the commit.
   */
  async prepare(
    writes: WriteSet,
    owner: OwnerId,
    draft: PolicyDraft,
    requestId: string | null,
  ): Promise<Policy | PolicyProblem> {
    return this.prepareAs(writes, owner, draft, { kind: requestId === null ? 'given' : 'approved', requestId });
  }

  /** As {@link prepare}; the owner reads it as what it is. */
  async prepareAs(
    writes: WriteSet,
    owner: OwnerId,
    draft: PolicyDraft,
    { requestId, ...moment }: PolicyOrigin,
  ): Promise<Policy | PolicyProblem> {
    const resource = await this.resourceFor(owner, draft);
    if (typeof resource === 'string') return resource;
    if ((await this.policies.countOfResource(draft.resourceId)) >= MOST_POLICIES) return 'too_many';
    const now = await this.moments.ofPolicy(owner);
    const policy = { ...draft, id: newId('p'), owner, requestId, version: 1, createdAt: now, updatedAt: now };
    this.resources.bumpPolicyVersion(writes, draft.resourceId, owner);
    this.policies.insert(writes, policy, MOST_POLICIES);
    this.history.tell(writes, moment, policy, resource);
    return policy;
  }

  /**
   * Replaces a policy. What it permitted before is withdrawn at once; what it still permits is given again by the next
   * assessment.
   * @param expected - versions that the owner has seen (`If-Match`), or `undefined` for whichever
   */
  async replace(
    owner: OwnerId,
    id: string,
    draft: PolicyDraft,
    expected?: readonly number[],
  ): Promise<Policy | PolicyChangeProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.policies.find(id, owner);
      if (!present || present.resourceId !== draft.resourceId) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      if (outlivesHandover(present, draft)) return 'outlives_handover';
      const resource = await this.resourceFor(owner, draft);
      if (typeof resource === 'string') return resource;
      const next = {
        ...present,
        ...draft,
        version: present.version + 1,
        updatedAt: await this.moments.ofPolicy(owner),
      };
      const writes = new WriteSet();
      this.policies.replace(writes, next, present.version);
      this.history.tell(writes, { kind: 'changed' }, next, resource);
      this.withdrawal.ofPolicy(writes, present);
      if (await this.database.tryCommit(writes)) return next;
    }
    return 'stale';
  }

  /**
   * Removes a policy, and what it permitted.
   * @param expected - as for {@link replace}
   */
  async delete(owner: OwnerId, id: string, expected?: readonly number[]): Promise<'deleted' | 'not_found' | 'stale'> {
    const outcome = await this.remove(owner, id, expected && { expected });
    return typeof outcome === 'string' ? outcome : 'deleted';
  }

  /** The same. @returns the handle by which it may come back */
  async remove(
    owner: OwnerId,
    id: string,
    { expected }: { readonly expected?: readonly number[] } = {},
  ): Promise<{ readonly removedId: string } | 'not_found' | 'stale'> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.policies.find(id, owner);
      if (!present) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      const writes = new WriteSet();
      const [removedId = ''] = await this.prepareEnd(writes, [present], 'owner');
      if (await this.database.tryCommit(writes)) return { removedId };
    }
    return 'stale';
  }

  /**
   * Adds the end of policies to a write-set, with what they permitted; how they were is kept. Fails as a condition when one of them
   * was changed or removed since it was read.
   * @returns the handles by which they may come back, in order
   */
  async prepareEnd(writes: WriteSet, policies: readonly Policy[], by: EndReason): Promise<string[]> {
    const [uses, at] = [await this.history.lastUses(policies), this.moments.now()];
    const resources = await this.resources.findAll(policies.map(({ resourceId }) => resourceId));
    // In one order everywhere, so that two of these never wait for each other's resources.
    for (const policy of [...policies].sort(byResource)) {
      this.withdrawal.ofPolicy(writes, policy);
      this.policies.delete(writes, policy);
      this.history.forgetUses(writes, policy);
    }
    return policies.map((policy) => {
      const about = { resource: resources.get(policy.resourceId), lastUsedAt: uses.get(policy.id) };
      return this.history.end(writes, { by, at }, policy, about);
    });
  }

  private async resourceFor(owner: OwnerId, draft: PolicyDraft): Promise<Resource | 'not_found' | 'scope_unknown'> {
    const resource = await this.resources.findOfOwner(draft.resourceId, owner);
    if (!resource) return 'not_found';
    return draft.scopes.every((scope) => resource.scopes.has(scope)) ? resource : 'scope_unknown';
  }
}

function byResource(one: Policy, other: Policy): number {
  return one.resourceId < other.resourceId ? -1 : 1;
}

/** It was made to end with the handover. */
function outlivesHandover({ handoverId, expiresAt: end }: Policy, { expiresAt }: PolicyDraft): boolean {
  return handoverId !== undefined && end !== null && (expiresAt === null || expiresAt > end);
}
