import type { Duration, Instant } from '@valetkey/kernel';
import { isExpired } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { TicketPermission } from './assessment.js';
import type { Evidence } from './evidence.js';

/** A permission ticket (UMA Grant section 3.3.1): one use, then perhaps a successor of the same process. */
export interface PermissionTicket {
  readonly hash: string;
  /** The first ticket's hash: everything that comes of one request at the resource server. */
  readonly processId: string;
  /** How many tickets of its process came before it. */
  readonly position: number;
  readonly resourceServerId: string;
  readonly owner: OwnerId;
  readonly permissions: readonly TicketPermission[];
  /** The client that presented the first ticket of the process (UG-52). */
  readonly clientId: string | null;
  /** Scopes that the client asked for when it last named any in this process; empty when it never did. */
  readonly requested: readonly string[];
  /** What was learnt about the requesting party so far. */
  readonly evidence: Evidence;
  /** Issuers that the client was already told to bring claims from. */
  readonly asked: readonly string[];
  /** The owner's pending request, after `request_submitted`. */
  readonly requestId: string | null;
  readonly pollInterval: Duration | null;
  readonly pollAfter: Instant | null;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

/** Why a ticket cannot be presented now, or `undefined` when it can. The client is checked first: others learn nothing. */
export function ticketProblem(
  ticket: PermissionTicket | undefined,
  clientId: string,
  now: Instant,
): 'ticket_unknown' | 'ticket_of_another_client' | 'ticket_used' | 'ticket_expired' | undefined {
  if (!ticket) return 'ticket_unknown';
  if (ticket.clientId !== null && ticket.clientId !== clientId) return 'ticket_of_another_client';
  if (ticket.usedAt !== null) return 'ticket_used';
  return isExpired(ticket.expiresAt, now) ? 'ticket_expired' : undefined;
}
