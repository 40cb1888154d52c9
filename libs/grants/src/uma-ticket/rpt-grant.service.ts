import { Inject, Injectable } from '@nestjs/common';
import { isOpaqueValue, isSubset, newId, sha256, unite } from '@valetkey/kernel';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, PermissionCeilingStore, rootAuthorization } from '@valetkey/authorizations';
import type { Granted } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { FoundToken, TokenContent, TokenOptions, TokenPermission } from '@valetkey/tokens';
import { TOKEN_OPTIONS, TokenStore } from '@valetkey/tokens';
import {
  isSameCeiling,
  PersistedClaimsStore,
  personOf,
  raiseCeiling,
  ResourceStore,
  RptPermissions,
  toTokenPermission,
} from '@valetkey/uma';
import type { ResourceVerdict } from '@valetkey/uma';
import type { TicketProcess } from './ticket-process.js';

/** The RPT that an upgrade starts from, with what of it still holds. */
interface PreviousRpt {
  readonly token: FoundToken;
  readonly live: readonly TokenPermission[];
}

/** Turns granted verdicts into the order for an RPT, under the one living record of (owner, server, client, party). */
@Injectable()
export class RptGrant {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly resources: ResourceStore,
    private readonly persisted: PersistedClaimsStore,
    private readonly tokens: TokenStore,
    private readonly rptPermissions: RptPermissions,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async grant(process: TicketProcess): Promise<Granted> {
    const { context, ticket, server } = process;
    const given = process.verdicts.filter((verdict) => verdict.granted.length > 0);
    const living = await this.authorizations.findLiving(process.partyKey);
    const record = living ?? this.begin(process);
    if (living) this.authorizations.guardActive(context.writes, living.id);
    for (const verdict of given) await this.raise(process, record.id, verdict);
    const previous = living && (await this.previousRpt(process, living));
    const permissions = mergePermissions(given.map(toTokenPermission), previous?.live ?? []);
    if (previous) this.tokens.revoke(context.writes, sha256(process.request.rpt ?? ''), context.now);
    const content: TokenContent = {
      authorizationId: record.id,
      clientId: context.client.id,
      subject: process.party && personOf(process.party),
      scopes: [],
      audience: server.resource,
      permissions,
    };
    const mayRefresh = context.client.grantTypes.includes(GRANT_TYPE.refreshToken);
    return {
      outcome: 'granted',
      ...(!living && { begin: record }),
      order: {
        kind: 'rpt',
        content,
        format: 'opaque',
        familyId: ticket.processId,
        notAfter: latestEnd(given),
        refresh: mayRefresh ? { familyId: ticket.processId, predecessor: null, content } : null,
      },
      members: { ...this.pct(process), ...(previous && isUpgrade(previous.token, permissions) && { upgraded: true }) },
    };
  }

  private begin({ context, ticket, party, partyKey }: TicketProcess): AuthorizationRecord {
    const fields = {
      id: newId('g'),
      origin: 'uma' as const,
      owner: ticket.owner,
      clientId: context.client.id,
      resourceServerId: ticket.resourceServerId,
      party,
      partyKey,
    };
    return rootAuthorization(fields, context.now);
  }

  /** Raises the record's ceiling where the verdict gives more; relies on resource and policies being as assessed. */
  private async raise({ context }: TicketProcess, authorizationId: string, verdict: ResourceVerdict): Promise<void> {
    this.resources.guard(context.writes, verdict.resource);
    const present = await this.ceilings.find(authorizationId, verdict.resource.id);
    const expired = present?.expiresAt != null && context.now >= present.expiresAt;
    const raised = raiseCeiling(expired ? undefined : present, verdict);
    if (!isSameCeiling(present, raised)) this.ceilings.set(context.writes, authorizationId, raised, present);
  }

  /**
   * The `rpt` of an upgrade request, when it is one of this client, owner, server and party that was not revoked; expired
   * ones count. Anything else is ignored without a word (UG-41).
   */
  private async previousRpt(process: TicketProcess, record: AuthorizationRecord): Promise<PreviousRpt | undefined> {
    const { rpt } = process.request;
    if (rpt === undefined || !isOpaqueValue(rpt, 'rpt')) return undefined;
    const token = await this.tokens.find(sha256(rpt));
    if (!token || token.revoked || token.authorizationId !== record.id) return undefined;
    return { token, live: await this.rptPermissions.live(record.id, token.permissions ?? []) };
  }

  /** Claims that were pushed now may be used again by this client without pushing them (UMA Grant section 3.3.3). */
  private pct({ context, gathered }: TicketProcess): { pct?: string } {
    if (!gathered.pushed) return {};
    const { client, now, writes } = context;
    const expiresAt = now + this.options.pctLifetime;
    return { pct: this.persisted.issue(writes, { clientId: client.id, evidence: gathered.evidence, now, expiresAt }) };
  }
}

/** No token outlives the last of its permissions. */
function latestEnd(verdicts: readonly ResourceVerdict[]): number | null {
  const ends = verdicts.map((verdict) => verdict.expiresAt);
  return ends.reduce<number | null>((latest, end) => (latest === null || end === null ? null : Math.max(latest, end)), 0);
}

function mergePermissions(now: readonly TokenPermission[], before: readonly TokenPermission[]): TokenPermission[] {
  const merged = new Map(before.map(({ resourceId, scopes, resourceVersion }) => [resourceId, { resourceId, scopes, resourceVersion }]));
  for (const permission of now) {
    const scopes = unite(permission.scopes, merged.get(permission.resourceId)?.scopes ?? []);
    merged.set(permission.resourceId, { ...permission, scopes });
  }
  return [...merged.values()];
}

/** UG-40: an upgrade only when nothing of the old token is lost. */
function isUpgrade(token: FoundToken, permissions: readonly TokenPermission[]): boolean {
  return (token.permissions ?? []).every((old) =>
    isSubset(old.scopes, permissions.find((one) => one.resourceId === old.resourceId)?.scopes ?? []),
  );
}

