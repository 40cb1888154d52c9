import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { newId } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import { PermissionCeilingStore } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { Policy } from './domain/policy.js';
import { OwnerMoments } from './owner-moments.service.js';
import { PolicyStore } from './persistence/policy.store.js';
import { ResourceStore } from './persistence/resource.store.js';

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
>;

/** Why a policy cannot be made as drafted. */
export type PolicyProblem = 'not_found' | 'scope_unknown' | 'too_many' | 'stale';

/** On one resource: each of them is looked at for every ticket that names it. */
const MOST_POLICIES = 500;
const MOST_ATTEMPTS = 10;

/** Owners' policies; every change reaches tokens in the same commit (UG-42). */
@Injectable()
export class OwnerPolicies {
  constructor(
    private readonly policies: PolicyStore,
    private readonly resources: ResourceStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly families: TokenFamilyStore,
    private readonly database: Database,
    private readonly moments: OwnerMoments,
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
    const problem = await this.problemOf(owner, draft);
    if (problem) return problem;
    if ((await this.policies.countOfResource(draft.resourceId)) >= MOST_POLICIES) return 'too_many';
    const now = await this.moments.ofPolicy(owner);
    const policy = { ...draft, id: newId('p'), owner, requestId, version: 1, createdAt: now, updatedAt: now };
    this.resources.bumpPolicyVersion(writes, draft.resourceId, owner);
    this.policies.insert(writes, policy, MOST_POLICIES);
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
  ): Promise<Policy | PolicyProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.policies.find(id, owner);
      if (!present || present.resourceId !== draft.resourceId) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      const problem = await this.problemOf(owner, draft);
      if (problem) return problem;
      const next = {
        ...present,
        ...draft,
        version: present.version + 1,
        updatedAt: await this.moments.ofPolicy(owner),
      };
      const writes = new WriteSet();
      this.policies.replace(writes, next, present.version);
      this.withdraw(writes, present);
      if (await this.database.tryCommit(writes)) return next;
    }
    return 'stale';
  }

  /**
   * Removes a policy, and what it permitted.
   * @param expected - as for {@link replace}
   */
  async delete(owner: OwnerId, id: string, expected?: readonly number[]): Promise<'deleted' | 'not_found' | 'stale'> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.policies.find(id, owner);
      if (!present) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      const writes = new WriteSet();
      this.policies.delete(writes, present);
      this.withdraw(writes, present);
      if (await this.database.tryCommit(writes)) return 'deleted';
    }
    return 'stale';
  }

  private async problemOf(owner: OwnerId, draft: PolicyDraft): Promise<PolicyProblem | undefined> {
    const resource = await this.resources.findOfOwner(draft.resourceId, owner);
    if (!resource) return 'not_found';
    return draft.scopes.every((scope) => resource.scopes.has(scope)) ? undefined : 'scope_unknown';
  }

  private withdraw(writes: WriteSet, policy: Policy): void {
    const now: Instant = this.moments.now();
    this.resources.bumpPolicyVersion(writes, policy.resourceId, policy.owner);
    this.families.revokeRefreshWithPolicy(writes, policy.resourceId, policy.id, now);
    this.ceilings.withdrawPolicy(writes, policy.resourceId, policy.id);
  }
}
