import { Inject, Injectable } from '@nestjs/common';
import { isSubset } from '@valetkey/kernel';
import type { Decision, GrantContext } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import type { TokenOptions, TokenPermission } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { PermissionTicket, Policy, Resource, ResourceVerdict } from '@valetkey/uma';
import {
  AccessRequestStore,
  answersFor,
  assessResource,
  PolicyStore,
  ResourceStore,
  scopesSince,
  wantedScopes,
} from '@valetkey/uma';
import { PartyRecords } from './party-records.service.js';
import { TicketGround } from './ticket-ground.service.js';
import type { OwnerEnds, Presentation, TicketProcess } from './ticket-process.js';
import { isPartlyGranted, missingPermissions } from './ticket-process.js';

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
    private readonly parties: PartyRecords,
    private readonly ground: TicketGround,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * What is wanted on each resource, or why that cannot be answered with an RPT at all: THE rules for scopes beside a ticket.
   * @param named - scopes that this request names: each must be the client's, and fit; of those from earlier in the process what still fits counts
   */
  async wanted(
    ticket: PermissionTicket,
    named: readonly string[],
    { client }: Pick<GrantContext, 'client'>,
  ): Promise<WantedResource[] | Decision> {
    if (!isSubset(named, client.scopes)) return refused('invalid_scope', 'scope_not_allowed');
    const found: WantedResource[] = [];
    for (const permission of ticket.permissions) {
      const resource = await this.resources.find(permission.resourceId);
      if (!resource) return refused('invalid_grant', 'ticket_resource_gone');
      found.push({ resource, wanted: wantedScopes(permission, resource, ticket.requested) });
    }
    const fitting = named.filter((scope) => found.some(({ resource }) => resource.scopes.has(scope)));
    if (fitting.length < named.length) return refused('invalid_scope', 'scope_fits_no_resource');
    // UG-33: an empty permission is satisfied only by scopes that the client asks for.
    if (found.some(({ wanted }) => wanted.length === 0)) return refused('invalid_scope', 'nothing_asked');
    return found;
  }

  /** @returns `undefined` when the owner or the resource server is disabled: nobody can permit anything */
  async assess(step: Presentation, wanted: readonly WantedResource[]): Promise<TicketProcess | undefined> {
    const { context, ticket } = step;
    const found = await this.ground.of(ticket);
    if (!found) return undefined;
    // A sign-in here can help where the client can send her: it has registered where she comes back.
    const own = context.client.metadata.claimsRedirectUris.length > 0 ? [this.options.issuer] : [];
    const ground = { ...found, trustedIssuers: [...new Set([...found.trustedIssuers, ...own])] };
    const assessed = { ...step, ...ground, ...(await this.parties.of(step)) };
    const verdicts: ResourceVerdict[] = [];
    for (const one of wanted) verdicts.push(await this.assessOne(assessed, one));
    return { ...assessed, verdicts };
  }

  /** What of an older token's permissions this party is still permitted, by the claims and policies of now. */
  async assessAgain(process: TicketProcess, permissions: readonly TokenPermission[]): Promise<ResourceVerdict[]> {
    const verdicts: ResourceVerdict[] = [];
    for (const { resourceId, scopes, resourceVersion } of permissions) {
      const resource = await this.resources.find(resourceId);
      if (!resource) continue;
      const wanted = scopesSince(resource, scopes, resourceVersion);
      verdicts.push(await this.assessOne(process, { resource, wanted }));
    }
    return verdicts;
  }

  private async assessOne(process: Omit<TicketProcess, 'verdicts'>, one: WantedResource): Promise<ResourceVerdict> {
    const { context, gathered, ends, trustedIssuers } = process;
    const { evidence } = gathered;
    const { issuer: ownIssuer } = this.options;
    const circumstances = { evidence, clientId: context.client.id, ownIssuer, now: context.now };
    const policies = standing(await this.policies.inForce(one.resource.id, context.now), ends);
    return assessResource({ ...one, policies }, circumstances, trustedIssuers);
  }

  /** Part of what is wanted: where the resource server allows it, or where the owner approved just that part for her (UG-30). */
  async mayGivePart(process: TicketProcess): Promise<boolean> {
    const { ticket, server, verdicts, partyKey } = process;
    if (!isPartlyGranted(verdicts)) return false;
    if (server.partialGrant) return true;
    const request = ticket.requestId === null ? undefined : await this.requests.find(ticket.requestId);
    return request?.state === 'approved' && answersFor(request, { partyKey, missing: missingPermissions(verdicts) });
  }
}

/**
 * What the owner ended outranks every policy from before; a policy made or changed since then is her newer word. A policy
 * for a client itself yields to the end of any record of that client: it could leave claims away, or bring other ones.
 */
function standing(policies: readonly Policy[], { ofParty, ofClient }: OwnerEnds): readonly Policy[] {
  return policies.filter((policy) => {
    const endedAt = policy.subject.type === 'client' ? ofClient : ofParty;
    return endedAt === undefined || policy.updatedAt > endedAt;
  });
}
