import { Injectable } from '@nestjs/common';
import { sha256 } from '@valetkey/kernel';
import type { Decision, GrantContext } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { RefreshTokenStore, TokenStore } from '@valetkey/tokens';
import type { PermissionTicket } from '@valetkey/uma';
import { PermissionTicketStore, ticketProblem } from '@valetkey/uma';

/** Presentation of tickets: who may, and once. */
@Injectable()
export class TicketAccess {
  constructor(
    private readonly tickets: PermissionTicketStore,
    private readonly tokens: TokenStore,
    private readonly refreshTokens: RefreshTokenStore,
  ) {}

  /**
   * The ticket, used up by this client with the commit of whatever comes of it (UG-50, UG-51). A ticket that was used before
   * ends the RPTs of its process: it may have been stolen.
   */
  async present(value: string, { client, now, writes }: GrantContext): Promise<PermissionTicket | Decision> {
    const ticket = await this.tickets.find(sha256(value));
    const problem = ticketProblem(ticket, client.id, now);
    if (ticket && problem === 'ticket_used') {
      this.tokens.revokeFamily(writes, ticket.processId, now);
      this.refreshTokens.revokeFamily(writes, ticket.processId, now);
    }
    if (!ticket || problem) {
      const suspicious = problem === 'ticket_used' || problem === 'ticket_of_another_client';
      return refused('invalid_grant', problem ?? 'ticket_unknown', { securityEvent: suspicious });
    }
    this.tickets.use(writes, ticket.hash, client.id, now);
    return ticket;
  }
}
