import { Inject, Injectable } from '@nestjs/common';
import { issueOpaque, newId } from '@valetkey/kernel';
import type { Duration } from '@valetkey/kernel';
import type { Party } from '@valetkey/authorizations';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { Decision } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { CLAIM_TOKEN_FORMAT_ID_TOKEN } from '@valetkey/protocol';
import type { AccessRequest, PermissionTicket, RequestedPermission, UmaOptions } from '@valetkey/uma';
import { AccessRequestStore, PermissionTicketStore, personOf, requestKeyOf, UMA_OPTIONS } from '@valetkey/uma';
import type { TicketProcess } from './ticket-process.js';

const LONGEST_INTERVAL = 60_000;
/** For so long the claims and permissions of a used ticket stay; that it was used is known for the life of its process. */
const USED_TICKET_STAYS = 3_600_000;
/** Open requests of one party through one client to one owner. */
const MOST_REQUESTS_OF_PARTY = 50;
/** For so long an owner's "no" answers an equal request, too. */
const DENIAL_HOLDS = 86_400_000;

/**
 * What a presentation leads to when policies do not give all that is wanted (UMA Grant section 3.3.6). Precedence (UG-31):
 * `need_info` where claims could help, `request_submitted` where the owner could, `request_denied` otherwise.
 */
@Injectable()
export class TicketRefusals {
  constructor(
    private readonly tickets: PermissionTicketStore,
    private readonly requests: AccessRequestStore,
    private readonly issuers: TrustedIssuerStore,
    @Inject(UMA_OPTIONS) private readonly options: UmaOptions,
  ) {}

  async refuse(process: TicketProcess): Promise<Decision> {
    const asking = await this.issuersToAsk(process);
    if (asking.length > 0) return this.needInfo(process, asking);
    // Nobody vouches for a person: there is nobody the owner could decide about.
    if (!process.party) return refused('request_denied', 'not_permitted');
    return this.askOwner(process, process.party);
  }

  /** The client polled before its time: the same answer again, with a longer interval (UG-56). */
  tooEarly(process: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>): Decision {
    const present = process.ticket.pollInterval ?? this.options.pollInterval;
    // Never shorter than before, however long the configured interval is.
    const interval = Math.max(present, Math.min(present * 2, LONGEST_INTERVAL));
    return this.submitted(process, process.ticket.requestId, interval);
  }

  /** Each issuer is asked for at most once a process, so that a client without claims does not loop. */
  private async issuersToAsk({ ticket, gathered, party, verdicts }: TicketProcess): Promise<string[]> {
    const trusted = (await this.issuers.enabled()).map((issuer) => issuer.issuer);
    if (gathered.rejected) return trusted;
    const helpful = party ? verdicts.flatMap((verdict) => verdict.helpful) : trusted;
    return [...new Set(helpful)].filter((issuer) => !ticket.asked.includes(issuer));
  }

  private needInfo(process: TicketProcess, issuers: readonly string[]): Decision {
    const ticket = this.successor(process, {
      lifetime: this.options.needInfoTicketLifetime,
      asked: [...new Set([...process.ticket.asked, ...issuers])],
    });
    const required = {
      friendly_name: 'Proof of who is asking',
      name: 'sub',
      claim_token_format: [CLAIM_TOKEN_FORMAT_ID_TOKEN],
      issuer: issuers,
    };
    return refused('need_info', 'claims_needed', { members: { ticket, required_claims: [required] } });
  }

  private async askOwner(process: TicketProcess, party: Party): Promise<Decision> {
    const { context, partyKey, ticket } = process;
    const permissions = missingPermissions(process);
    const requestKey = requestKeyOf(partyKey, permissions);
    const latest = await this.requests.latest(requestKey);
    if (latest && isDenied(latest, ticket, context.now)) return refused('request_denied', 'denied_by_owner');
    if (latest?.state === 'pending' && context.now < latest.expiresAt) {
      return this.submitted(process, latest.id, this.options.pollInterval);
    }
    if (await this.isInboxFull(process, party)) return refused('request_denied', 'too_many_open_requests');
    const id = newId('q');
    this.requests.insert(context.writes, this.newRequest(process, { id, party, requestKey, permissions }));
    return this.submitted(process, id, this.options.pollInterval);
  }

  /** One party takes its own part of an owner's inbox only, so that others can still ask (attack class 146). */
  private async isInboxFull({ ticket, context }: TicketProcess, party: Party): Promise<boolean> {
    const pending = await this.requests.countPending(ticket.owner, context.now);
    if (pending >= this.options.openRequestsPerOwner) return true;
    const parties = await this.requests.pendingParties(ticket.owner, context.client.id, context.now);
    const person = personOf(party);
    return parties.filter((one) => personOf(one) === person).length >= MOST_REQUESTS_OF_PARTY;
  }

  private newRequest(
    { ticket, context }: TicketProcess,
    fields: Pick<AccessRequest, 'id' | 'party' | 'requestKey' | 'permissions'>,
  ): AccessRequest {
    return {
      ...fields,
      owner: ticket.owner,
      resourceServerId: ticket.resourceServerId,
      clientId: context.client.id,
      state: 'pending',
      createdAt: context.now,
      expiresAt: context.now + this.options.submittedTicketLifetime,
      decidedAt: null,
    };
  }

  private submitted(
    process: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>,
    requestId: string | null,
    interval: Duration,
  ): Decision {
    const lifetime = this.options.submittedTicketLifetime;
    const ticket = this.successor(process, { lifetime, requestId, interval });
    const members = { ticket, interval: Math.ceil(interval / 1000) };
    return refused('request_submitted', 'owner_must_decide', { members });
  }

  /** A new ticket of the same process, bound to the client, with what was learnt so far (UG-11). */
  private successor(
    { ticket, context, gathered }: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>,
    next: { lifetime: Duration; asked?: readonly string[]; requestId?: string | null; interval?: Duration },
  ): string {
    const { value, key } = issueOpaque('tk', context.now);
    const { interval } = next;
    const successor: PermissionTicket = {
      ...ticket,
      hash: key,
      position: ticket.position + 1,
      clientId: context.client.id,
      evidence: gathered.evidence,
      asked: next.asked ?? ticket.asked,
      requestId: next.requestId ?? ticket.requestId,
      pollInterval: interval ?? null,
      pollAfter: interval === undefined ? null : context.now + interval,
      expiresAt: context.now + next.lifetime,
      usedAt: null,
    };
    this.tickets.insert(context.writes, successor, context.now);
    // A client that polls leaves a used ticket each time: none of them stays whole for the days that the owner may take.
    const until = context.now + USED_TICKET_STAYS;
    if (ticket.expiresAt > until) this.tickets.shorten(context.writes, ticket.hash, until);
    return value;
  }
}

/** Denied in this process, or an equal request not long ago. */
function isDenied(latest: AccessRequest, ticket: PermissionTicket, now: number): boolean {
  if (latest.state !== 'denied') return false;
  return latest.id === ticket.requestId || now < (latest.decidedAt ?? 0) + DENIAL_HOLDS;
}

function missingPermissions({ verdicts }: TicketProcess): RequestedPermission[] {
  return verdicts
    .filter((verdict) => verdict.missing.length > 0)
    .map(({ resource, missing }) => ({
      resourceId: resource.id,
      ...(resource.name !== null && { name: resource.name }),
      scopes: missing,
    }));
}
