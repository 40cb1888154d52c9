import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock, intersect } from '@valetkey/kernel';
import { PermissionCeilingStore } from '@valetkey/authorizations';
import type { TokenPermission } from '@valetkey/tokens';
import { scopesSince } from './domain/resource.js';
import { ResourceStore } from './persistence/resource.store.js';

/** A permission as it holds now. */
export interface LivePermission extends TokenPermission {
  /** When it ends before the token does. */
  readonly expiresAt: Instant | null;
  /** The policies that permit it. */
  readonly policyIds: readonly string[];
  readonly resourceName: string | null;
}

/** What the permissions of an RPT are still worth (FedAuthz section 5.1.1). */
@Injectable()
export class RptPermissions {
  constructor(
    private readonly resources: ResourceStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The permissions that hold at this moment: scopes still registered, inside the record's ceiling, not expired. Expired and
   * withdrawn entries are left out (UF-31, UF-32); an empty list means that the token is worth nothing.
   */
  async live(authorizationId: string, permissions: readonly TokenPermission[]): Promise<LivePermission[]> {
    const found = await Promise.all(permissions.map((permission) => this.liveOne(authorizationId, permission)));
    return found.filter((permission) => permission !== undefined);
  }

  private async liveOne(authorizationId: string, permission: TokenPermission): Promise<LivePermission | undefined> {
    const ceiling = await this.ceilings.find(authorizationId, permission.resourceId);
    if (!ceiling || (ceiling.expiresAt !== null && this.clock.now() >= ceiling.expiresAt)) return undefined;
    const resource = await this.resources.find(permission.resourceId);
    if (!resource) return undefined;
    const scopes = intersect(scopesSince(resource, permission.scopes, permission.resourceVersion), ceiling.scopes);
    if (scopes.length === 0) return undefined;
    const { expiresAt, policyIds } = ceiling;
    return { ...permission, scopes, expiresAt, policyIds, resourceName: resource.name };
  }
}
