import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { issueOpaque } from '@valetkey/kernel';
import type { Evidence, PermissionTicket } from '@valetkey/uma';
import { partyOf, PermissionTicketStore, personOf } from '@valetkey/uma';
import type { TicketProcess } from './ticket-process.js';

/** For so long the claims and permissions of a used ticket stay; that it was used is known for the life of its process. */
const USED_TICKET_STAYS = 3_600_000;

/** A step of a process that another ticket follows. */
export type EndingStep = Pick<TicketProcess, 'ticket' | 'context'> & {
  readonly gathered: Pick<TicketProcess['gathered'], 'evidence'>;
};

/** What the next ticket knows besides what its process does. */
export interface NextTicket {
  readonly lifetime: Duration;
  readonly asked?: readonly string[];
  readonly requestId?: string | null;
  readonly interval?: Duration;
}

/** The tickets that follow one another in a process (UG-11). */
@Injectable()
export class TicketSuccession {
  constructor(private readonly tickets: PermissionTicketStore) {}

  /** A new ticket of the same process, bound to the client, with what was learnt so far. */
  next({ ticket, context, gathered }: EndingStep, next: NextTicket): { value: string; key: string } {
    const issued = issueOpaque('tk', context.now);
    const { interval } = next;
    const successor: PermissionTicket = {
      ...ticket,
      hash: issued.key,
      position: ticket.position + 1,
      clientId: context.client.id,
      evidence: gathered.evidence,
      asked: next.asked ?? ticket.asked,
      // What the owner was asked for somebody else is not what this party waits for.
      requestId: next.requestId ?? (isOfOne(ticket.evidence, gathered.evidence) ? ticket.requestId : null),
      pollInterval: interval ?? null,
      pollAfter: interval === undefined ? null : context.now + interval,
      expiresAt: context.now + next.lifetime,
      usedAt: null,
    };
    this.tickets.insert(context.writes, successor, context.now);
    // A client that polls leaves a used ticket each time: none of them stays whole for the days that the owner may take.
    const until = context.now + USED_TICKET_STAYS;
    if (ticket.expiresAt > until) this.tickets.shorten(context.writes, ticket.hash, until);
    return issued;
  }
}

/** Whether both are about the same person. */
function isOfOne(one: Evidence, other: Evidence): boolean {
  const [person, same] = [partyOf(one), partyOf(other)].map((party) => party && personOf(party));
  return person === same;
}
