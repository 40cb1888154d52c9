import { Inject, Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { isExpired } from '@valetkey/kernel';
import type { Decision, GrantContext } from '@valetkey/oauth';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { AccessRequest, ClaimSet, PermissionTicket, UmaOptions } from '@valetkey/uma';
import { PermissionTicketStore, UMA_OPTIONS } from '@valetkey/uma';
import { ClaimsAssessment } from './claims-assessment.service.js';
import { TicketAccess } from './ticket-access.service.js';
import { requestedIn } from './ticket-process.js';
import { TicketSuccession } from './ticket-succession.service.js';

/** A process that goes on at a browser: its present ticket, whose value nobody has. */
export interface HeldTicket {
  readonly key: string;
}

/** What somebody gives. */
export interface Given {
  readonly set: ClaimSet;
  /** Why she asks, in her words; only an owner who is asked now reads it. */
  readonly why: string | undefined;
}

/** What came of the claims that somebody gave. */
export interface Gathered {
  /** The owner was asked, since claims alone are not enough, or has said no to the same not long ago. */
  readonly request: AccessRequest | undefined;
  readonly held: HeldTicket;
}

/**
 * Interactive claims gathering (UMA Grant section 3.3.2). While a person is at her browser her process stands on a ticket that
 * was handed to nobody: a replay of an older one ends it like any other, and each step takes its place once (UG-50, UG-55).
 */
@Injectable()
export class ClaimsGathering {
  constructor(
    private readonly access: TicketAccess,
    private readonly tickets: PermissionTicketStore,
    private readonly succession: TicketSuccession,
    private readonly assessment: ClaimsAssessment,
    @Inject(UMA_OPTIONS) private readonly options: UmaOptions,
    @Inject(TOKEN_OPTIONS) private readonly tokens: TokenOptions,
  ) {}

  /**
   * Uses the ticket up for the client that is named (UG-24, UG-52): nobody authenticates with a browser, so that a ticket which
   * no client has presented yet is bound to the one that sent her.
   * @param scopes - what the client asks for besides, as at the token endpoint: the process remembers it
   * @param stay - how long she may take
   */
  async arrive(
    { value, scopes }: { readonly value: string; readonly scopes: readonly string[] },
    context: GrantContext,
    stay: Duration,
  ): Promise<HeldTicket | Decision> {
    const presented = await this.access.present(value, context);
    if ('outcome' in presented) return presented;
    const ticket = { ...presented, requested: requestedIn(presented, scopes, context) };
    const problem = await this.assessment.problemOf(ticket, scopes, context);
    if (problem) return problem;
    // Who has been here is not sent here again.
    const asked = [...new Set([...ticket.asked, this.tokens.issuer])];
    const { key } = this.succession.next({ ticket, context, gathered: ticket }, { lifetime: stay, asked });
    return { key };
  }

  /** The ticket that a process stands on, or `undefined` when it was ended, went on or is over. */
  async find(
    { key }: HeldTicket,
    { client, now }: Pick<GrantContext, 'client' | 'now'>,
  ): Promise<PermissionTicket | undefined> {
    const ticket = await this.tickets.find(key);
    if (ticket?.usedAt !== null || ticket.clientId !== client.id) return undefined;
    return isExpired(ticket.expiresAt, now) ? undefined : ticket;
  }

  /** Whether a better sign-in would open what the present one, older or weaker, does not. */
  wouldOpenMore(
    ticket: PermissionTicket,
    signIns: readonly [present: ClaimSet, better: ClaimSet],
    context: GrantContext,
  ): Promise<boolean> {
    return this.assessment.wouldOpenMore(ticket, signIns, context);
  }

  /** Issuers other than this server whose word could open more, once this is known; the client can bring it. */
  async othersWhoKnow(ticket: PermissionTicket, set: ClaimSet, context: GrantContext): Promise<string[]> {
    const helpful = await this.assessment.helpful(ticket, set, context);
    return helpful.filter((issuer) => issuer !== this.tokens.issuer);
  }

  /**
   * Takes what she gave into the process. Where neither that nor another issuer's word can be enough, the owner is asked at once.
   * Adds conditional writes: fails at commit when the process was ended or went on meanwhile.
   */
  async give(ticket: PermissionTicket, { set, why }: Given, context: GrantContext): Promise<Gathered> {
    this.end(ticket, context);
    const evidence = await this.assessment.learn(ticket, set);
    const request = await this.assessment.askOwner(ticket, evidence, context, why);
    const { key } = this.succession.next(
      { ticket, context, gathered: { evidence } },
      {
        lifetime:
          request?.state === 'pending' ? this.options.submittedTicketLifetime : this.options.needInfoTicketLifetime,
        ...(request && { requestId: request.id }),
      },
    );
    return { request, held: { key } };
  }

  /** Hands the process back to the client: the value of the ticket that it goes on with (UG-11). */
  handOver(ticket: PermissionTicket, context: GrantContext): string {
    this.end(ticket, context);
    const lifetime = Math.max(this.options.needInfoTicketLifetime, ticket.expiresAt - context.now);
    return this.succession.next({ ticket, context, gathered: ticket }, { lifetime }).value;
  }

  /** Ends the process, unless something follows. */
  end(ticket: PermissionTicket, { writes, client, now }: GrantContext): void {
    this.tickets.use(writes, ticket, client.id, now);
  }
}
