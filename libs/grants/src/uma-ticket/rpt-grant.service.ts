import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@valetkey/kernel';
import type { AuthorizationRecord, PermissionCeiling } from '@valetkey/authorizations';
import { AuthorizationStore, PermissionCeilingStore, rootAuthorization } from '@valetkey/authorizations';
import type { Granted } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { TokenContent, TokenOptions, TokenOrder, TokenPermission } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import {
  isOwnSignIn,
  isSameCeiling,
  latestEnd,
  PersistedClaimsStore,
  personOf,
  raiseCeiling,
  ResourceStore,
  toTokenPermission,
} from '@valetkey/uma';
import type { ResourceVerdict } from '@valetkey/uma';
import { isUpgrade, RptUpgrades } from './rpt-upgrades.service.js';
import type { TicketProcess } from './ticket-process.js';

/** Turns granted verdicts into the order for an RPT, under the one living record of (owner, server, client, party). */
@Injectable()
export class RptGrant {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly resources: ResourceStore,
    private readonly persisted: PersistedClaimsStore,
    private readonly upgrades: RptUpgrades,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async grant(process: TicketProcess): Promise<Granted> {
    const { context, living } = process;
    const record = living ?? this.begin(process);
    this.rely(process, record);
    const upgrade = await this.upgrades.of(process);
    const ceilings: PermissionCeiling[] = [];
    for (const verdict of upgrade.verdicts) ceilings.push(await this.raise(process, record.id, verdict));
    const permissions = upgrade.verdicts.map(toTokenPermission);
    if (upgrade.previous) this.upgrades.end(context.writes, upgrade.previous, context.now);
    return {
      outcome: 'granted',
      ...(!living && { begin: record }),
      order: this.order(process, record, permissions, latestEnd(ceilings)),
      members: { ...this.pct(process), ...(isUpgrade(upgrade.previous, permissions) && { upgraded: true }) },
    };
  }

  /** The decision holds only while the owner has ended nothing of this client's, and whoever vouches is trusted. */
  private rely({ context, ticket, living, ends, gathered }: TicketProcess, record: AuthorizationRecord): void {
    const isSignIn = gathered.evidence.some((set) => isOwnSignIn(set) && set.issuer === record.party?.issuer);
    const ownIssuer = isSignIn ? this.options.issuer : undefined;
    if (living) this.authorizations.guardOwner(context.writes, ticket.owner);
    else this.authorizations.guardGround(context.writes, record, ownIssuer);
    const vouching = gathered.evidence.filter((set) => !isOwnSignIn(set));
    this.authorizations.restOn(context.writes, record, vouching);
    this.authorizations.guardNotEnded(context.writes, {
      owner: ticket.owner,
      resourceServerId: ticket.resourceServerId,
      clientId: context.client.id,
      since: ends.ofClient,
      living,
    });
  }

  private order(
    { context, ticket, server, party }: TicketProcess,
    record: AuthorizationRecord,
    permissions: readonly TokenPermission[],
    notAfter: number | null,
  ): TokenOrder {
    const content: TokenContent = {
      authorizationId: record.id,
      clientId: context.client.id,
      subject: party && personOf(party),
      scopes: [],
      audience: server.resource,
      permissions,
    };
    const familyId = ticket.processId;
    const mayRefresh = context.client.grantTypes.includes(GRANT_TYPE.refreshToken);
    const refresh = mayRefresh ? { replaces: null, content } : null;
    return { kind: 'rpt', content, format: 'opaque', familyId, generation: record.generation, notAfter, refresh };
  }

  private begin({ context, ticket, party, partyKey, suspended }: TicketProcess): AuthorizationRecord {
    const { writes, now } = context;
    if (suspended) this.authorizations.end(writes, { id: suspended.id, owner: suspended.owner, by: 'server', now });
    const fields = {
      id: newId('g'),
      origin: 'uma' as const,
      owner: ticket.owner,
      clientId: context.client.id,
      resourceServerId: ticket.resourceServerId,
      party,
      partyKey,
    };
    return rootAuthorization(fields, now);
  }

  /** Raises the record's ceiling where the verdict gives more; relies on resource and policies being as assessed. */
  private async raise(
    { context, living }: TicketProcess,
    authorizationId: string,
    verdict: ResourceVerdict,
  ): Promise<PermissionCeiling> {
    this.resources.guard(context.writes, verdict.resource);
    const present = await this.ceilings.find(authorizationId, verdict.resource.id);
    const expired = context.now >= (present?.expiresAt ?? Infinity);
    const raised = raiseCeiling(expired ? undefined : present, verdict);
    if (!isSameCeiling(present, raised)) {
      // A record whose permissions are all over may end at this moment; nothing is to stay behind it.
      if (living) this.authorizations.guardActive(context.writes, authorizationId);
      this.ceilings.set(context.writes, authorizationId, raised, present);
    }
    return raised;
  }

  /** Claims that were pushed may be used again by this client without pushing them (UMA Grant section 3.3.3). */
  private pct({ request, ticket, context, gathered }: TicketProcess): { pct?: string } {
    // Pushed now, or earlier in this process and remembered by its tickets; not what a PCT has just brought.
    const news = gathered.pushed || (ticket.evidence.length > 0 && request.pct === undefined);
    if (!news) return {};
    const { client, now, writes } = context;
    const expiresAt = now + this.options.pctLifetime;
    return { pct: this.persisted.issue(writes, { clientId: client.id, evidence: gathered.evidence, now, expiresAt }) };
  }
}
