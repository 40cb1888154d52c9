import type { Permission } from '../support/uma.js';

export type OwnerName = 'alice' | 'bob';
export type ServiceName = 'photo-service' | 'other-service';
export type ShopName = 'print-shop' | 'other-shop';
export type PartyName = 'carol-1' | 'dave-2';
export type AccountName = 'carol' | 'carol2' | 'dave';

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
  /** Its window begins another day: until then it permits nothing. */
  isLater: boolean;
  /** It wants claims that are younger than those of a stale proof. */
  wantsFresh: boolean;
  /** When it was made or changed, in the order of events. */
  at: number;
}

/** A person as her issuer names her, with the account that she is linked to; nobody where no claims count. */
export interface Person {
  readonly party: PartyName | undefined;
  readonly account: AccountName | undefined;
}

/** Who holds it: the record that all RPTs of these share. */
export interface Holder extends Realm, Person {
  readonly client: ShopName;
}

export interface ModelPct extends Pick<Holder, 'client'> {
  readonly value: string;
  /** Nobody where the account was disabled when it was given: then it remembers nothing, whatever changes later. */
  readonly party: PartyName | undefined;
  readonly isStale: boolean;
}

export interface ModelRpt extends Holder {
  readonly value: string;
  readonly ticket: string;
  refreshToken: string;
  /** What was seen of it when it was given. */
  permissions: readonly Permission[];
  /** When policies were asked for it; a refresh asks none. */
  readonly at: number;
  isEnded: boolean;
  /** Its record, or all of its process, is over: it can no longer be refreshed. */
  isOver: boolean;
}

const sameRealm = (one: Realm, other: Realm) => one.owner === other.owner && one.service === other.service;
/** The same person by the same client, whatever account she is linked to. */
const sameParty = (one: Holder, other: Holder) =>
  sameRealm(one, other) && one.client === other.client && one.party === other.party;
const sameHolder = (one: Holder, other: Holder) => sameParty(one, other) && one.account === other.account;

/**
 * What the owners' decisions allow, told as simply as can be: the oracle. It knows nothing of tickets, ceilings or versions;
 * whatever it does not allow must never be seen.
 */
export class IsolationModel {
  readonly resources = new Map<string, ModelResource>();
  readonly policies = new Map<string, ModelPolicy>();
  readonly rpts: ModelRpt[] = [];
  readonly pcts: ModelPct[] = [];
  /** What the operator has set. No account has ever more than one of the parties. */
  readonly links = new Map<PartyName, AccountName>([['carol-1', 'carol']]);
  readonly disabled = new Set<AccountName | ShopName>();
  private readonly ends: (Holder & { at: number })[] = [];
  private events = 0;

  /** The next moment in the order of events. */
  tick(): number {
    return (this.events += 1);
  }

  isOf(resource: ModelResource | undefined, realm: Realm): boolean {
    return resource !== undefined && sameRealm(resource, realm);
  }

  /** Who she is whom claims name now: whoever has a disabled account is nobody. */
  known(party: PartyName | undefined): Person {
    const account = party && this.links.get(party);
    return account && this.disabled.has(account) ? { party: undefined, account: undefined } : { party, account };
  }

  /** What it holds rests: its client is disabled, or an account that its party had then or has now. */
  rests({ client, party, account }: Holder): boolean {
    return [client, account, party && this.links.get(party)].some((one) => one && this.disabled.has(one));
  }

  /** Whether the party's identity is no longer that of the account she had. */
  isUnlinked({ party, account }: Holder): boolean {
    return account !== undefined && party !== undefined && this.links.get(party) !== account;
  }

  /** Whether the owner's policies permit the scope on the resource to this holder. Default: no. */
  permits(holder: Holder, resourceId: string, scope: string, { isStale = false, at = Infinity } = {}): boolean {
    const resource = this.resources.get(resourceId);
    if (!resource || !this.isOf(resource, holder) || !resource.scopes.includes(scope)) return false;
    return [...this.policies.values()].some(
      (policy) =>
        policy.resourceId === resourceId &&
        !policy.isLater &&
        !(policy.wantsFresh && isStale && policy.subject.type !== 'client') &&
        policy.at > this.endBefore(policy, holder, at) &&
        policy.scopes.includes(scope) &&
        isAbout(policy, holder),
    );
  }

  /**
   * When the owner last took back what the policy gave this holder: for a client itself, whatever person it acted for, and from
   * all it has. What a person got under another link is a record of its own: an end concerns what is asked for afterwards.
   */
  private endBefore({ subject }: ModelPolicy, holder: Holder, until: number): number {
    const ends = this.ends.filter((end) =>
      subject.type === 'client'
        ? sameParty(end, { ...holder, party: end.party })
        : end.at < until && sameParty(end, holder),
    );
    return Math.max(0, ...ends.map(({ at }) => at));
  }

  /** Wanted(r) of section 3.3.4; `undefined` when that is `invalid_scope`. */
  wanted(asked: readonly Permission[], requested: readonly string[]): Permission[] | undefined {
    const has = ({ resource_id: id }: Permission, scope: string) => this.resources.get(id)?.scopes.includes(scope);
    if (!requested.every((scope) => asked.some((one) => has(one, scope)))) return undefined;
    const wanted = asked.map((one) => ({
      resource_id: one.resource_id,
      resource_scopes: [...new Set([...one.resource_scopes, ...requested.filter((scope) => has(one, scope))])],
    }));
    return wanted.some(({ resource_scopes: scopes }) => scopes.length === 0) ? undefined : wanted;
  }

  /** What a ticket for these permissions gives: all or nothing, but where the resource server allows a part. */
  grants(
    holder: Holder,
    wanted: readonly Permission[],
    { isStale, isPartial }: { isStale: boolean; isPartial: boolean },
  ): Permission[] | undefined {
    const given = wanted.map(({ resource_id: id, resource_scopes: scopes }) => ({
      resource_id: id,
      resource_scopes: scopes.filter((scope) => this.permits(holder, id, scope, { isStale })),
    }));
    const isWhole = given.every((one, index) => covers([one], wanted.slice(index, index + 1)));
    const some = given.filter(({ resource_scopes: scopes }) => scopes.length > 0);
    return isWhole || (isPartial && some.length > 0) ? some : undefined;
  }

  /** Whether this RPT can be upgraded by what the holder gets now. */
  isUpgradable(rpt: ModelRpt, holder: Holder): boolean {
    return sameHolder(rpt, holder) && !rpt.isEnded;
  }

  /** Permissions among those seen with an RPT that nobody gave; empty when all is well. */
  notGiven(rpt: ModelRpt, realm: Realm, seen: readonly Permission[]): string[] {
    const isDead = rpt.isEnded || this.rests(rpt) || !sameRealm(rpt, realm);
    return seen.flatMap(({ resource_id: id, resource_scopes: scopes }) =>
      scopes
        .filter((scope) => isDead || !this.permits(rpt, id, scope, { at: rpt.at }))
        .map((scope) => `${scope} on ${id}`),
    );
  }

  removeResource(id: string): void {
    this.resources.delete(id);
    for (const policy of this.policies.values()) if (policy.resourceId === id) this.policies.delete(policy.id);
  }

  /** The owner ended what this holder had: its RPTs, and every policy until now no longer counts for that person. */
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

/** Whether the ones hold every scope of the others. */
export function covers(ones: readonly Permission[], others: readonly Permission[]): boolean {
  return others.every(({ resource_id: id, resource_scopes: scopes }) =>
    scopes.every((scope) => ones.some((one) => one.resource_id === id && one.resource_scopes.includes(scope))),
  );
}

function isAbout({ subject, clientId }: ModelPolicy, { client, party, account }: Holder): boolean {
  if (clientId !== undefined && clientId !== client) return false;
  switch (subject.type) {
    case 'client':
      return clientId === client;
    case 'account':
      return subject.account_id === account;
    case 'partner':
      return subject.subject === party;
    case 'claim':
      return subject.claim === 'team' && subject.value === `team of ${party}`;
    case 'anyone':
      return party !== undefined;
  }
}
