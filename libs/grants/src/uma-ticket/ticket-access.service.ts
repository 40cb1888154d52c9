import { Injectable } from '@nestjs/common';
import { opaqueKeyOf } from '@valetkey/kernel';
import type { Decision, GrantContext } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { PermissionTicket } from '@valetkey/uma';
import { PermissionTicketStore, ticketProblem } from '@valetkey/uma';

/** Presentation of tickets: who may, and once. */
@Injectable()
export class TicketAccess {
  constructor(
    private readonly tickets: PermissionTicketStore,
    private readonly families: TokenFamilyStore,
  ) {}

  /**
   * The ticket, used up by this client with the commit of whatever comes of it (UG-50, UG-51). A ticket that was used before
   * ends its process, with the tickets that followed and the RPTs: it may have been stolen.
   */
  async present(value: string, { client, now, writes }: GrantContext): Promise<PermissionTicket | Decision> {
    const key = opaqueKeyOf(value, 'tk');
    const ticket = key === undefined ? undefined : await this.tickets.find(key);
    const problem = ticketProblem(ticket, client.id, now);
    // The first ticket of a process names its family: its replay is recognised after the ticket's row has expired, too.
    if (!ticket && key !== undefined) this.families.revokeOfClient(writes, key, client.id, now);
    if (ticket && problem === 'ticket_used') {
      // Tickets first: a presentation of one under way is waited for, and its family is there to be ended.
      this.tickets.useUpProcess(writes, ticket.processId, now);
      this.families.revoke(writes, ticket.processId, now);
    }
    if (!ticket || problem) {
      const suspicious = problem === 'ticket_used' || problem === 'ticket_of_another_client';
      return refused('invalid_grant', problem ?? 'ticket_unknown', { securityEvent: suspicious });
    }
    this.tickets.use(writes, ticket, client.id, now);
    return ticket;
  }
}
