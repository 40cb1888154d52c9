import { Injectable } from '@nestjs/common';
import { partyKeyOf } from '@valetkey/uma';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { AccessRequest, FormerAccess, Policy } from '@valetkey/uma';
import { AccessRequestStore, personKeyOf, personOf, policySubjectOf, ShareStore } from '@valetkey/uma';

/** Of one request so many resources are looked at for others who hold them. */
const RESOURCES_LOOKED_AT = 5;
const MOST_OTHERS = 5;

/** What an owner's own data says about somebody who asks. */
export interface RequestContext {
  readonly isFirst: boolean;
  /** What the party held through that client; `undefined` where it held nothing. */
  readonly former: FormerAccess | undefined;
  /** Live policies of others on what is asked for, one a holder. */
  readonly others: readonly Policy[];
}

/**
 * Who else holds what is asked for, and whether the owner knows who asks. It comes from her own policies, requests and records alone,
 * never from those of other owners.
 */
@Injectable()
export class RequestContexts {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly shares: ShareStore,
    private readonly clock: Clock,
  ) {}

  /** For all requests of a page at once. */
  async of(owner: OwnerId, requests: readonly AccessRequest[]): Promise<(request: AccessRequest) => RequestContext> {
    const live = await this.shares.liveOn(requests.flatMap(lookedAt), this.clock.now());
    const asked = await this.requests.firstOfPersons(
      owner,
      requests.map(({ party }) => personKeyOf(party)),
    );
    const given = await this.shares.firstFor(owner, requests.map(policySubjectOf));
    const former = await this.shares.formerOf(requests.map(keyOf));
    return (request) => {
      const before = former.get(keyOf(request));
      const firsts = [asked.get(personKeyOf(request.party)), given(policySubjectOf(request)), before?.beganAt];
      return {
        isFirst: firsts.every((first) => isNotBefore(first, request.createdAt)),
        former: before && before.beganAt < request.createdAt ? before : undefined,
        others: othersOf(request, live),
      };
    };
  }
}

function isNotBefore(first: Instant | undefined, moment: Instant): boolean {
  return first === undefined || first >= moment;
}

function lookedAt({ permissions }: AccessRequest): string[] {
  return permissions.slice(0, RESOURCES_LOOKED_AT).map(({ resourceId }) => resourceId);
}

function keyOf({ owner, resourceServerId, clientId, party }: AccessRequest): string {
  return partyKeyOf(owner, resourceServerId, clientId, personOf(party));
}

function othersOf(request: AccessRequest, live: readonly Policy[]): Policy[] {
  const ids = lookedAt(request);
  const [hers, others] = [JSON.stringify(policySubjectOf(request)), new Map<string, Policy>()];
  for (const policy of live) {
    if (policy.owner !== request.owner || !ids.includes(policy.resourceId)) continue;
    const holder = JSON.stringify(policy.subject) + (policy.subject.type === 'client' ? policy.clientId : '');
    if (holder !== hers && !others.has(holder)) others.set(holder, policy);
  }
  return [...others.values()].slice(0, MOST_OTHERS);
}
