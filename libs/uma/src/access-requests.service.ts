import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock, isSubset } from '@valetkey/kernel';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AccessRequest } from './domain/access-request.js';
import { lineOfRequest, policySubjectOf } from './domain/access-request.js';
import { toldName } from './domain/holder.js';
import type { PolicyDraft } from './owner-policies.service.js';
import { OwnerPolicies } from './owner-policies.service.js';
import { AccessRequestStore } from './persistence/access-request.store.js';
import { ResourceStore } from './persistence/resource.store.js';

/** How an owner approves: all that was asked, or fewer scopes, or a shorter time. */
export interface Approval {
  /** From when on; `null`: at once. */
  readonly notBefore: Instant | null;
  /** Scopes by resource id; a resource that is absent or has none is not given. `undefined`: as asked. */
  readonly scopes?: ReadonlyMap<string, readonly string[]>;
  readonly expiresAt: Instant | null;
}

/** Why a request cannot be decided so. */
export type DecisionProblem =
  | 'not_found'
  | 'not_pending'
  /** Only a no can be taken back, and while the request would still wait. */
  | 'not_denied'
  /** It was changed since the owner read it. */
  | 'stale'
  | 'wider_than_asked'
  /** The approval names no scope. */
  | 'nothing_given'
  /** Nothing of what was asked for, or of what the approval gives, is registered any more. */
  | 'nothing_left'
  | 'too_many'
  /** Resources or policies were changed each time in the meantime: try again. */
  | 'busy';

const MOST_ATTEMPTS = 10;

/** With a no. */
export interface Denial {
  /** For whoever asked. */
  readonly reason?: string;
  /** Until then nothing of that person is put before the owner. */
  readonly mutedUntil?: Instant;
}

/** Versions of a request that the owner has seen (`If-Match`); `undefined`: whichever. */
export type SeenVersions = readonly number[] | undefined;

type Given = [resourceId: string, scopes: readonly string[]];

/** The owner's answer to pending requests. */
@Injectable()
export class AccessRequests {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly policies: OwnerPolicies,
    private readonly resources: ResourceStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activity: ActivityStore,
  ) {}

  /**
   * Approves a pending request: makes a policy for the requesting party through that client on each resource given, all in
   * one commit with the decision. Of an approval and a denial at the same time exactly one succeeds. Resources and scopes that
   * are no longer registered are left out.
   */
  async approve(
    owner: OwnerId,
    id: string,
    approval: Approval,
    seen?: SeenVersions,
  ): Promise<AccessRequest | DecisionProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const outcome = await this.approveOnce(owner, id, approval, seen);
      if (outcome !== 'changed') return outcome;
    }
    return 'busy';
  }

  /** @returns `changed` when what was there a moment ago is not so any more: look again */
  private async approveOnce(
    owner: OwnerId,
    id: string,
    approval: Approval,
    seen: SeenVersions,
  ): Promise<AccessRequest | DecisionProblem | 'changed'> {
    const request = await this.pending(owner, id, seen);
    if (typeof request === 'string') return request;
    const chosen = this.givenScopes(request, approval);
    if (typeof chosen === 'string') return chosen;
    const given = await this.stillThere(owner, chosen);
    if (given.length === 0) return 'nothing_left';
    const writes = new WriteSet();
    this.requests.decide(writes, { id, owner, state: 'approved', now: this.clock.now() });
    for (const [resourceId, scopes] of given) {
      const draft = draftOf(request, resourceId, scopes, approval);
      const policy = await this.policies.prepare(writes, owner, draft, id);
      if (typeof policy === 'string') return policy === 'too_many' ? 'too_many' : 'changed';
    }
    if (!(await this.database.tryCommit(writes))) return 'changed';
    return (await this.requests.findOfOwner(id, owner)) ?? 'not_found';
  }

  private async stillThere(owner: OwnerId, given: readonly Given[]): Promise<Given[]> {
    const present: Given[] = [];
    for (const [resourceId, scopes] of given) {
      const resource = await this.resources.findOfOwner(resourceId, owner);
      const left = scopes.filter((scope) => resource?.scopes.has(scope));
      if (left.length > 0) present.push([resourceId, left]);
    }
    return present;
  }

  async deny(
    owner: OwnerId,
    id: string,
    denial: Denial = {},
    seen?: SeenVersions,
  ): Promise<AccessRequest | DecisionProblem> {
    const request = await this.pending(owner, id, seen);
    if (typeof request === 'string') return request;
    const [writes, now] = [new WriteSet(), this.clock.now()];
    this.requests.decide(writes, { ...denial, id, owner, state: 'denied', now });
    this.activity.note(writes, { ...lineOfRequest(request), kind: 'denied', at: now, actor: owner });
    if (!(await this.database.tryCommit(writes))) return 'not_pending';
    return (await this.requests.findOfOwner(id, owner)) ?? 'not_found';
  }

  /** Takes a no back: the request waits again for as long as it would have waited. */
  async reopen(owner: OwnerId, id: string, seen?: SeenVersions): Promise<AccessRequest | DecisionProblem> {
    const request = await this.requests.findOfOwner(id, owner);
    if (!request) return 'not_found';
    if (seen && !seen.includes(request.version)) return 'stale';
    const writes = new WriteSet();
    const now = this.clock.now();
    this.requests.reopen(writes, request, now);
    this.activity.note(writes, { ...lineOfRequest(request), kind: 'reopened', at: now, actor: owner });
    if (!(await this.database.tryCommit(writes))) return 'not_denied';
    return (await this.requests.findOfOwner(id, owner)) ?? 'not_found';
  }

  /** A request that is decided is so before it is stale: its reader is told of the outcome either way. */
  private async pending(owner: OwnerId, id: string, seen: SeenVersions): Promise<AccessRequest | DecisionProblem> {
    const request = await this.requests.findOfOwner(id, owner);
    if (!request) return 'not_found';
    if (!this.isPending(request)) return 'not_pending';
    return seen && !seen.includes(request.version) ? 'stale' : request;
  }

  private isPending(request: AccessRequest): boolean {
    return request.state === 'pending' && this.clock.now() < request.expiresAt;
  }

  private givenScopes(request: AccessRequest, { scopes }: Approval): Given[] | 'wider_than_asked' | 'nothing_given' {
    const asked = new Map(request.permissions.map((permission) => [permission.resourceId, permission.scopes]));
    const given = [...(scopes ?? asked)].filter(([, list]) => list.length > 0);
    if (!given.every(([resourceId, list]) => isSubset(list, asked.get(resourceId) ?? []))) return 'wider_than_asked';
    return given.length === 0 ? 'nothing_given' : given;
  }
}

function draftOf(
  request: AccessRequest,
  resourceId: string,
  scopes: readonly string[],
  { notBefore, expiresAt }: Approval,
): PolicyDraft {
  const { party, clientId } = request;
  const name = toldName(party);
  return {
    resourceId,
    scopes,
    subject: policySubjectOf(request),
    clientId,
    notBefore,
    expiresAt,
    maxClaimsAge: null,
    minAcr: null,
    maxAuthAge: null,
    ...(name !== undefined && { subjectName: name }),
  };
}
