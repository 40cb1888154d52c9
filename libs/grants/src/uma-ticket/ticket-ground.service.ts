import { Injectable } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import type { ResourceServer } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { PermissionTicket } from '@valetkey/uma';

/** Whether the ground under a ticket still holds: owner and resource server enabled, and who is trusted. */
@Injectable()
export class TicketGround {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly accounts: AccountStore,
    private readonly issuers: TrustedIssuerStore,
  ) {}

  /** @returns `undefined` when it does not hold */
  async of(
    ticket: PermissionTicket,
  ): Promise<{ server: ResourceServer; trustedIssuers: readonly string[] } | undefined> {
    const server = await this.clients.resourceServer(ticket.resourceServerId);
    if (!server || !(await this.isOwnerEnabled(ticket.owner))) return undefined;
    const trustedIssuers = (await this.issuers.enabled()).map((issuer) => issuer.issuer);
    return { server, trustedIssuers };
  }

  private async isOwnerEnabled(owner: OwnerId): Promise<boolean> {
    const id = owner.slice(owner.indexOf(':') + 1);
    if (owner.startsWith('account:')) return this.accounts.isEnabled(id);
    return (await this.clients.findEnabled(id)) !== undefined;
  }
}
