import { Injectable } from '@nestjs/common';
import type { ActivityLine } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock, encodeTime, newId } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { HandedOver } from './domain/handover.js';
import type { Invitation, InvitationDraft } from './domain/invitation.js';
import { invitationEnd, invitationState } from './domain/invitation.js';
import type { Policy } from './domain/policy.js';
import type { Resource } from './domain/resource.js';
import type { PolicyDraft, PolicyProblem } from './owner-policies.service.js';
import { OwnerPolicies } from './owner-policies.service.js';
import { InvitationStore } from './persistence/invitation.store.js';
import { ResourceStore } from './persistence/resource.store.js';

const MOST_ATTEMPTS = 10;

/** Why nobody is invited as drafted. `too_many`: so many of the owner's wait as may. */
export type InvitationProblem = 'not_found' | 'scope_unknown' | 'too_many' | 'busy';

/** Who accepts by which link, and what: looked at again just before. */
export interface Acceptance {
  /** Key of the link. */
  readonly hash: string;
  readonly by: { readonly accountId: string; readonly name: string };
  readonly given: readonly HandedOver[];
  readonly window: Pick<Policy, 'notBefore' | 'expiresAt'>;
}

/** What came of an acceptance. `changed`: what is given is not to be had any more; `too_many`: one of the resources has no room. */
export type AcceptanceProblem = 'over' | 'changed' | 'too_many' | 'busy';

/** Owners offer shares to people whom nobody here knows yet. */
@Injectable()
export class Invitations {
  constructor(
    private readonly store: InvitationStore,
    private readonly policies: OwnerPolicies,
    private readonly resources: ResourceStore,
    private readonly activity: ActivityStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes it down with its mail, which is sent afterwards. @param draft - resources of the owner's, each with all the scopes */
  async create(owner: OwnerId, draft: InvitationDraft): Promise<Invitation | InvitationProblem> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const resources = await this.offered(owner, draft);
      if (typeof resources === 'string') return resources;
      const now = this.clock.now();
      const place = await this.store.freePlace(owner, now);
      if (place === undefined) return 'too_many';
      const unanswered = { state: 'waiting', accountId: null, mailedAt: null } as const;
      const times = { createdAt: now, endsAt: invitationEnd(draft, now) };
      const invitation = { ...draft, id: `i${encodeTime(now)}${newId('')}`, owner, ...unanswered, ...times };
      const writes = new WriteSet();
      this.store.insert(writes, invitation, place);
      this.activity.note(writes, { ...lineOf(invitation, resources), kind: 'invited', at: now, actor: owner });
      if (await this.database.tryCommit(writes)) return invitation;
    }
    return 'busy';
  }

  /** @returns `over` when it waits no more, `not_found` when she has none of that id */
  async takeBack(owner: OwnerId, id: string): Promise<'taken_back' | 'not_found' | 'over'> {
    const invitation = await this.store.find(id, owner);
    if (!invitation) return 'not_found';
    const now = this.clock.now();
    if (invitationState(invitation, now) !== 'waiting') return 'over';
    const writes = new WriteSet();
    this.store.takeBack(writes, invitation, now);
    const line = lineOf(invitation, await this.known(invitation));
    this.activity.note(writes, { ...line, kind: 'invitation_taken_back', at: now, actor: owner });
    return (await this.database.tryCommit(writes)) ? 'taken_back' : 'over';
  }

  /**
   * Uses the link up and makes a share for each resource, in one write-set: of two acceptances at once one is made.
   * @param also - what else is written then
   */
  async accept(acceptance: Acceptance, also: (writes: WriteSet) => void): Promise<Policy[] | AcceptanceProblem> {
    const { hash, by } = acceptance;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const now = this.clock.now();
      const invitation = await this.store.ofLink(hash, now);
      if (!invitation || invitation.owner === `account:${by.accountId}`) return 'over';
      const writes = new WriteSet();
      this.store.accept(writes, hash, by.accountId, now);
      const shares = await this.prepareShares(writes, invitation, acceptance);
      if (typeof shares === 'string') return shares === 'too_many' ? shares : 'changed';
      also(writes);
      if (await this.database.tryCommit(writes)) return shares;
    }
    return 'busy';
  }

  /** Uses the link up. The owner is told that it was declined, and not who held it then. */
  async decline(hash: string, also: (writes: WriteSet) => void): Promise<'declined' | 'over'> {
    const now = this.clock.now();
    const invitation = await this.store.ofLink(hash, now);
    if (!invitation) return 'over';
    const writes = new WriteSet();
    this.store.decline(writes, hash, now);
    const line = lineOf(invitation, await this.known(invitation));
    this.activity.note(writes, { ...line, kind: 'invitation_declined', at: now });
    also(writes);
    return (await this.database.tryCommit(writes)) ? 'declined' : 'over';
  }

  private async prepareShares(
    writes: WriteSet,
    { id, owner, address, note }: Invitation,
    { by, given, window }: Acceptance,
  ): Promise<Policy[] | PolicyProblem> {
    const terms: Omit<PolicyDraft, 'resourceId' | 'scopes'> = {
      subject: { type: 'account', accountId: by.accountId },
      ...{ clientId: null, ...window, maxClaimsAge: null, minAcr: null, maxAuthAge: null },
      ...{ subjectName: by.name, invitationId: id, ...(note !== null && { note }) },
    };
    const actor = `account:${by.accountId}`;
    const origin = { kind: 'invitation_accepted', requestId: null, actor, invited: address } as const;
    const shares: Policy[] = [];
    // In one order everywhere, so that two of these never wait for each other's resources.
    for (const { resourceId, scopes } of [...given].sort((one, other) =>
      one.resourceId < other.resourceId ? -1 : 1,
    )) {
      const policy = await this.policies.prepareAs(writes, owner, { ...terms, resourceId, scopes }, origin);
      if (typeof policy === 'string') return policy;
      shares.push(policy);
    }
    return shares.length === 0 ? 'not_found' : shares;
  }

  private async offered(
    owner: OwnerId,
    { resourceIds, scopes }: InvitationDraft,
  ): Promise<Resource[] | 'not_found' | 'scope_unknown'> {
    const found = await this.known({ resourceIds });
    if (found.length < resourceIds.length || found.some((one) => one.owner !== owner)) return 'not_found';
    return found.every((one) => scopes.every((scope) => one.scopes.has(scope))) ? found : 'scope_unknown';
  }

  private async known({ resourceIds }: Pick<Invitation, 'resourceIds'>): Promise<Resource[]> {
    const found = await this.resources.findAll(resourceIds);
    return resourceIds.flatMap((id) => found.get(id) ?? []);
  }
}

function lineOf(
  { owner, address, scopes, expiresAt }: Invitation,
  resources: readonly Resource[],
): Omit<ActivityLine, 'kind' | 'at'> {
  return {
    owner,
    invited: address,
    resources: resources.map(({ id, name, resourceServerId }) => ({
      ...{ id, serverId: resourceServerId },
      ...(name !== null && { name }),
    })),
    scopes,
    ...(expiresAt !== null && { endsAt: expiresAt }),
  };
}
