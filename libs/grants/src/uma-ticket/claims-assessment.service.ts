import { Injectable } from '@nestjs/common';
import type { Decision, GrantContext } from '@valetkey/oauth';
import type { AccessRequest, ClaimSet, Evidence, PermissionTicket, ResourceVerdict } from '@valetkey/uma';
import { mergeEvidence } from '@valetkey/uma';
import { OwnerRequests } from './owner-requests.service.js';
import { RequestingPartyService } from './requesting-party.service.js';
import { TicketAssessor } from './ticket-assessor.service.js';
import type { TicketProcess } from './ticket-process.js';
import { isFullyGranted, isPartlyGranted, issuersToAsk } from './ticket-process.js';

/** What claims that somebody gives at a browser would lead to, before the client asks. */
@Injectable()
export class ClaimsAssessment {
  constructor(
    private readonly parties: RequestingPartyService,
    private readonly assessor: TicketAssessor,
    private readonly owners: OwnerRequests,
  ) {}

  /** Why scopes that are named with a ticket cannot be asked for with it, as the token endpoint has it; `undefined`: they can. */
  async problemOf(
    ticket: PermissionTicket,
    named: readonly string[],
    context: GrantContext,
  ): Promise<Decision | undefined> {
    const wanted = named.length === 0 ? [] : await this.assessor.wanted(ticket, named, context);
    return 'outcome' in wanted ? wanted : undefined;
  }

  /** What the process knows with a further claim set. */
  async learn(ticket: PermissionTicket, set: ClaimSet): Promise<Evidence> {
    return this.parties.asOfNow(mergeEvidence(ticket.evidence, [set]));
  }

  /** Whether a better sign-in would open what the present one, older or weaker, does not. */
  async wouldOpenMore(
    ticket: PermissionTicket,
    [present, better]: readonly [ClaimSet, ClaimSet],
    context: GrantContext,
  ): Promise<boolean> {
    const now = await this.assess(ticket, await this.learn(ticket, present), context);
    const then = await this.assess(ticket, await this.learn(ticket, better), context);
    return scopesIn(then?.verdicts ?? []) > scopesIn(now?.verdicts ?? []);
  }

  /** Issuers whose word could open more once this claim set is known, whether or not the client was told them before. */
  async helpful(ticket: PermissionTicket, set: ClaimSet, context: GrantContext): Promise<string[]> {
    const process = await this.assess(ticket, await this.learn(ticket, set), context);
    if (process === undefined || isEnough(process)) return [];
    return [...new Set(process.verdicts.flatMap((verdict) => verdict.helpful))];
  }

  /**
   * Asks the owner where what is known is not enough, and nobody else's word could be.
   * @param why - what the person says that she asks for
   * @returns the request that waits for her, or that she denied not long ago
   */
  async askOwner(
    ticket: PermissionTicket,
    evidence: Evidence,
    context: GrantContext,
    why: string | undefined,
  ): Promise<AccessRequest | undefined> {
    const process = await this.assess(ticket, evidence, context, why);
    if (!process?.party || isEnough(process) || issuersToAsk(process).length > 0) return undefined;
    const asked = await this.owners.ask(process, process.party);
    return 'request' in asked ? asked.request : undefined;
  }

  /** @returns `undefined` where the client has to say more, or nobody can permit anything: the token endpoint tells it */
  private async assess(
    ticket: PermissionTicket,
    evidence: Evidence,
    context: GrantContext,
    why?: string,
  ): Promise<TicketProcess | undefined> {
    const wanted = await this.assessor.wanted(ticket, [], context);
    if ('outcome' in wanted) return undefined;
    const gathered = { evidence, pushed: true, rejected: false, foreignPct: false };
    const request = { ticket: '', claimToken: undefined, pct: undefined, rpt: undefined, scopes: [], why };
    return this.assessor.assess({ request, context, ticket, gathered }, wanted);
  }
}

function isEnough({ verdicts, server }: TicketProcess): boolean {
  return isFullyGranted(verdicts) || (server.partialGrant && isPartlyGranted(verdicts));
}

function scopesIn(verdicts: readonly ResourceVerdict[]): number {
  return verdicts.reduce((count, { granted }) => count + granted.length, 0);
}
