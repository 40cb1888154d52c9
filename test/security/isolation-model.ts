import type { Permission } from '../support/uma.js';
import { CAROL } from '../support/world.js';

export type OwnerName = 'alice' | 'bob';
export type ServiceName = 'photo-service' | 'other-service';
export type ShopName = 'print-shop' | 'other-shop';
export type PartyName = 'carol-1' | 'dave-2';

/** A PAT is for one owner at one resource server. */
export interface Realm {
  readonly owner: OwnerName;
  readonly service: ServiceName;
}

export interface ModelResource extends Realm {
  readonly id: string;
  scopes: readonly string[];
}

export interface Subject {
  readonly type: 'account' | 'partner' | 'claim' | 'client' | 'anyone';
  readonly [member: string]: string;
}

export interface ModelPolicy {
  readonly id: string;
  readonly owner: OwnerName;
  readonly resourceId: string;
  subject: Subject;
  clientId: ShopName | undefined;
  scopes: readonly string[];
  /** When it was made or changed, in the order of events. */
  at: number;
}

/** Who holds it: the record that all RPTs of these four share. */
export interface Holder extends Realm {
  readonly client: ShopName;
  readonly party: PartyName;
}

export interface ModelRpt extends Holder {
  readonly value: string;
  readonly ticket: string;
  refreshToken: string;
  readonly permissions: readonly Permission[];
  isEnded: boolean;
  /** Its record, or all of its process, is over: it can no longer be refreshed. */
  isOver: boolean;
}

const sameRealm = (one: Realm, other: Realm) => one.owner === other.owner && one.service === other.service;
const sameHolder = (one: Holder, other: Holder) =>
  sameRealm(one, other) && one.client === other.client && one.party === other.party;

/**
 * What the owners' decisions allow, told as simply as can be: the oracle. It knows nothing of tickets, ceilings or versions;
 * whatever it does not allow must never be seen.
 */
export class IsolationModel {
  readonly resources = new Map<string, ModelResource>();
  readonly policies = new Map<string, ModelPolicy>();
  readonly rpts: ModelRpt[] = [];
  private readonly ends: (Holder & { at: number })[] = [];
  private events = 0;

  /** The next moment in the order of events. */
  tick(): number {
    return (this.events += 1);
  }

  isOf(resource: ModelResource | undefined, realm: Realm): boolean {
    return resource !== undefined && sameRealm(resource, realm);
  }

  /** Whether the owner's policies permit the scope on the resource to this holder. Default: no. */
  permits(holder: Holder, resourceId: string, scope: string): boolean {
    const resource = this.resources.get(resourceId);
    if (!resource || !this.isOf(resource, holder) || !resource.scopes.includes(scope)) return false;
    return [...this.policies.values()].some(
      (policy) =>
        policy.resourceId === resourceId &&
        policy.at > this.endBefore(policy, holder) &&
        policy.scopes.includes(scope) &&
        isAbout(policy, holder),
    );
  }

  /** When the owner last took back what the policy gave this holder: for a client itself, whatever person it acted for. */
  private endBefore({ subject }: ModelPolicy, holder: Holder): number {
    const ends = this.ends.filter((end) =>
      sameHolder(end, subject.type === 'client' ? { ...holder, party: end.party } : holder),
    );
    return Math.max(0, ...ends.map(({ at }) => at));
  }

  /** Whether a ticket for these permissions may give an RPT: all or nothing. */
  grants(holder: Holder, permissions: readonly Permission[]): boolean {
    return permissions.every(({ resource_id: id, resource_scopes: scopes }) =>
      scopes.every((scope) => this.permits(holder, id, scope)),
    );
  }

  /** Permissions among those seen with an RPT that nobody gave; empty when all is well. */
  notGiven(rpt: ModelRpt, realm: Realm, seen: readonly Permission[]): string[] {
    return seen.flatMap(({ resource_id: id, resource_scopes: scopes }) =>
      scopes
        .filter((scope) => rpt.isEnded || !sameRealm(rpt, realm) || !this.permits(rpt, id, scope))
        .map((scope) => `${scope} on ${id}`),
    );
  }

  removeResource(id: string): void {
    this.resources.delete(id);
    for (const policy of this.policies.values()) if (policy.resourceId === id) this.policies.delete(policy.id);
  }

  /** The owner ended what this holder had: its RPTs, and every policy until now no longer counts for it. */
  endHolder(holder: Holder): void {
    this.ends.push({ ...holder, at: this.tick() });
    this.finish((rpt) => sameHolder(rpt, holder));
  }

  endProcess(ticket: string): void {
    this.finish((rpt) => rpt.ticket === ticket);
  }

  private finish(isMeant: (rpt: ModelRpt) => boolean): void {
    for (const rpt of this.rpts.filter(isMeant)) Object.assign(rpt, { isEnded: true, isOver: true });
  }
}

function isAbout({ subject, clientId }: ModelPolicy, { client, party }: Holder): boolean {
  if (clientId !== undefined && clientId !== client) return false;
  switch (subject.type) {
    case 'client':
      return clientId === client;
    case 'account':
      return party === CAROL && subject.account_id === 'carol';
    case 'partner':
      return subject.subject === party;
    case 'claim':
      return subject.claim === 'team' && subject.value === `team of ${party}`;
    case 'anyone':
      return true;
  }
}
