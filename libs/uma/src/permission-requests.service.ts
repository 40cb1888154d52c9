import { Inject, Injectable } from '@nestjs/common';
import { Clock, issueOpaque } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { TicketPermission } from './domain/assessment.js';
import type { ProtectionCaller } from './resource-registration.service.js';
import { PermissionTicketStore } from './persistence/permission-ticket.store.js';
import { ResourceStore } from './persistence/resource.store.js';
import type { UmaOptions } from './uma-options.js';
import { UMA_OPTIONS } from './uma-options.js';

/** What a resource server asks a ticket for. */
export interface PermissionRequest {
  readonly resourceId: string;
  readonly scopes: readonly string[];
}

/** The permission endpoint (FedAuthz section 4). */
@Injectable()
export class PermissionRequests {
  constructor(
    private readonly resources: ResourceStore,
    private readonly tickets: PermissionTicketStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(UMA_OPTIONS) private readonly options: UmaOptions,
  ) {}

  /**
   * Makes one ticket for all of the resources, or none at all (UF-21).
   * @returns the ticket's value, or what is wrong with the first bad element
   */
  async request(
    caller: ProtectionCaller,
    wanted: readonly PermissionRequest[],
  ): Promise<{ ticket: string } | 'invalid_resource_id' | 'invalid_scope'> {
    const permissions: TicketPermission[] = [];
    for (const { resourceId, scopes } of wanted) {
      const resource = await this.resources.findOfServer(resourceId, caller.owner, caller.resourceServerId);
      if (!resource) return 'invalid_resource_id';
      if (!scopes.every((scope) => resource.scopes.has(scope))) return 'invalid_scope';
      permissions.push({ resourceId, scopes, resourceVersion: resource.version });
    }
    return { ticket: await this.issue(caller, permissions) };
  }

  private async issue(caller: ProtectionCaller, permissions: readonly TicketPermission[]): Promise<string> {
    const now = this.clock.now();
    const { value, key } = issueOpaque('tk', now);
    const writes = new WriteSet();
    const ticket = {
      ...caller,
      hash: key,
      processId: key,
      position: 0,
      permissions,
      clientId: null,
      requested: [],
      evidence: [],
      asked: [],
      requestId: null,
      pollInterval: null,
      pollAfter: null,
      expiresAt: now + this.options.ticketLifetime,
      usedAt: null,
    };
    this.tickets.insert(writes, ticket, now);
    await this.database.commit(writes);
    return value;
  }
}
