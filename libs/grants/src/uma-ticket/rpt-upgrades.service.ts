import { Injectable } from '@nestjs/common';
import { isSubset, opaqueKeyOf, unite } from '@valetkey/kernel';
import type { FoundToken, TokenPermission } from '@valetkey/tokens';
import { TokenStore } from '@valetkey/tokens';
import { RptPermissions } from '@valetkey/uma';
import type { TicketProcess } from './ticket-process.js';

/** What a new RPT carries, and whether it says that it is an upgrade. */
export interface RptUpgrade {
  readonly permissions: readonly TokenPermission[];
  readonly members: { readonly upgraded?: true };
}

/** Upgrade of an RPT (UMA Grant section 3.3.5): what still holds of the old one goes into the new one, and the old one ends. */
@Injectable()
export class RptUpgrades {
  constructor(
    private readonly tokens: TokenStore,
    private readonly rptPermissions: RptPermissions,
  ) {}

  /** @param granted - the permissions of this assessment */
  async of(process: TicketProcess, authorizationId: string, granted: readonly TokenPermission[]): Promise<RptUpgrade> {
    const previous = await this.previous(process, authorizationId);
    if (!previous) return { permissions: granted, members: {} };
    const live = await this.rptPermissions.live(authorizationId, previous.permissions ?? []);
    const permissions = mergePermissions(granted, live);
    this.tokens.revoke(process.context.writes, previous.hash, process.context.now);
    return { permissions, members: isUpgrade(previous, permissions) ? { upgraded: true } : {} };
  }

  /**
   * The `rpt` of the request, when it is one of the same record (client, owner, server and party) that was not revoked;
   * expired ones count. Anything else is ignored without a word (UG-41).
   */
  private async previous({ request }: TicketProcess, authorizationId: string): Promise<FoundToken | undefined> {
    const { rpt } = request;
    const key = rpt === undefined ? undefined : opaqueKeyOf(rpt, 'rpt');
    const token = key === undefined ? undefined : await this.tokens.find(key);
    return token && !token.revoked && token.authorizationId === authorizationId ? token : undefined;
  }
}

function mergePermissions(now: readonly TokenPermission[], before: readonly TokenPermission[]): TokenPermission[] {
  const merged = new Map(
    before.map(({ resourceId, scopes, resourceVersion }) => [resourceId, { resourceId, scopes, resourceVersion }]),
  );
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
