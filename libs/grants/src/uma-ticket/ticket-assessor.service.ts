import { Injectable } from '@nestjs/common';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Decision } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import type { PermissionTicket, Policy, Resource, ResourceVerdict } from '@valetkey/uma';
import {
  AccessRequestStore,
  assessResource,
  partyKeyOf,
  partyOf,
  personOf,
  PolicyStore,
  ResourceStore,
  wantedScopes,
} from '@valetkey/uma';
import { TicketGround } from './ticket-ground.service.js';
import type { TicketProcess } from './ticket-process.js';
import { isPartlyGranted } from './ticket-process.js';

/** A resource of the ticket with the scopes that are wanted on it. */
export interface WantedResource {
  readonly resource: Resource;
  readonly wanted: readonly string[];
}

/** Assessment of a ticket's resources against the owner's policies (UMA Grant section 3.3.4). */
@Injectable()
export class TicketAssessor {
  constructor(
    private readonly resources: ResourceStore,
    private readonly policies: PolicyStore,
    private readonly requests: AccessRequestStore,
    private readonly authorizations: AuthorizationStore,
    private readonly ground: TicketGround,
  ) {}

  /** What is wanted on each resource, or why that cannot be answered with an RPT at all. */
  async wanted(ticket: PermissionTicket, requested: readonly string[]): Promise<WantedResource[] | Decision> {
    const found: WantedResource[] = [];
    for (const permission of ticket.permissions) {
      const resource = await this.resources.find(permission.resourceId);
      if (!resource) return refused('invalid_grant', 'ticket_resource_gone');
      found.push({ resource, wanted: wantedScopes(permission, resource, requested) });
    }
    const fitting = requested.filter((scope) => found.some(({ resource }) => resource.scopes.has(scope)));
    if (fitting.length < requested.length) return refused('invalid_scope', 'scope_fits_no_resource');
    // UG-33: an empty permission is satisfied only by scopes that the client asks for.
    if (found.some(({ wanted }) => wanted.length === 0)) return refused('invalid_scope', 'nothing_asked');
    return found;
  }

  /** @returns `undefined` when the owner or the resource server is disabled: nobody can permit anything */
  async assess(
    step: Pick<TicketProcess, 'request' | 'context' | 'ticket' | 'gathered'>,
    wanted: readonly WantedResource[],
  ): Promise<TicketProcess | undefined> {
    const { context, ticket, gathered } = step;
    const ground = await this.ground.of(ticket);
    if (!ground) return undefined;
    const party = partyOf(gathered.evidence);
    const person = party && personOf(party);
    const partyKey = partyKeyOf(ticket.owner, ticket.resourceServerId, context.client.id, person);
    const endedAt = await this.endedAt(step, partyKey);
    const circumstances = { evidence: gathered.evidence, clientId: context.client.id, now: context.now };
    const verdicts: ResourceVerdict[] = [];
    for (const one of wanted) {
      const policies = await this.standing(await this.policies.ofResource(one.resource.id), step, endedAt);
      verdicts.push(assessResource({ ...one, policies }, circumstances, ground.trustedIssuers));
    }
    return { ...step, server: ground.server, party, partyKey, verdicts };
  }

  /** When the owner last ended what any of the party's identities held: naming another issuer first changes nothing. */
  private async endedAt(
    { ticket, context, gathered }: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>,
    partyKey: string,
  ): Promise<number | undefined> {
    const persons = gathered.evidence.flatMap(({ issuer, subject, accountId }) => [
      personOf({ issuer, subject }),
      ...(accountId === undefined ? [] : [personOf({ issuer, subject, accountId })]),
    ]);
    const keys = persons.map((one) => partyKeyOf(ticket.owner, ticket.resourceServerId, context.client.id, one));
    const ends = await Promise.all([partyKey, ...keys].map((key) => this.authorizations.lastEndedByOwner(key)));
    const known = ends.filter((end) => end !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  }

  /**
   * What the owner ended outranks every policy from before; a policy made or changed since then is her newer word. A policy
   * for a client itself yields to the end of any record of that client: it could leave claims away, or bring other ones.
   */
  private async standing(
    policies: readonly Policy[],
    { ticket, context }: Pick<TicketProcess, 'ticket' | 'context'>,
    endedAt: number | undefined,
  ): Promise<readonly Policy[]> {
    const isOfClient = ({ subject }: Policy) => subject.type === 'client';
    const clientEndedAt = policies.some(isOfClient)
      ? await this.authorizations.lastEndedOfClient(ticket.owner, ticket.resourceServerId, context.client.id)
      : undefined;
    return policies.filter(
      (policy) => policy.updatedAt > ((isOfClient(policy) ? clientEndedAt : endedAt) ?? -Infinity),
    );
  }

  /** Part of what is wanted: where the resource server allows it, or where the owner approved just that part (UG-30). */
  async mayGivePart({ ticket, server, verdicts }: TicketProcess): Promise<boolean> {
    if (!isPartlyGranted(verdicts)) return false;
    if (server.partialGrant) return true;
    const request = ticket.requestId === null ? undefined : await this.requests.find(ticket.requestId);
    return request?.state === 'approved';
  }
}
