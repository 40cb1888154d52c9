import { Inject, Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import { newId } from '@valetkey/kernel';
import type { Party } from '@valetkey/authorizations';
import type { AccessRequest, PermissionTicket, UmaOptions } from '@valetkey/uma';
import {
  AccessRequestStore,
  againFrom,
  lineOfRequest,
  personOf,
  plainReason,
  RequestNoticeStore,
  requestKeyOf,
  UMA_OPTIONS,
  vouchingsOf,
} from '@valetkey/uma';
import type { TicketProcess } from './ticket-process.js';
import { missingPermissions } from './ticket-process.js';

/** Open requests of one party through one client to one owner. */
const MOST_REQUESTS_OF_PARTY = 50;

const ACCOUNT = 'account:';

/** The request that waits for the owner, or why there is none. */
export type Asked =
  | { readonly kind: 'waiting'; readonly request: AccessRequest }
  | { readonly kind: 'refused'; readonly reason: 'denied_by_owner'; readonly request: AccessRequest }
  | { readonly kind: 'refused'; readonly reason: 'too_many_open_requests' };

/** Puts before the owner what no policy permits. */
@Injectable()
export class OwnerRequests {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly notices: RequestNoticeStore,
    private readonly activity: ActivityStore,
    @Inject(UMA_OPTIONS) private readonly options: UmaOptions,
  ) {}

  /** Of equal requests one waits at a time; another joins it. */
  async ask(process: TicketProcess, party: Party): Promise<Asked> {
    const { context, partyKey, ticket } = process;
    const permissions = missingPermissions(process.verdicts);
    const requestKey = requestKeyOf(partyKey, permissions);
    const latest = await this.requests.latest(requestKey);
    if (latest && isDenied(latest, ticket, context.now)) {
      return { kind: 'refused', reason: 'denied_by_owner', request: latest };
    }
    if (latest?.state === 'pending' && context.now < latest.expiresAt) return { kind: 'waiting', request: latest };
    const muting = await this.requests.muting(ticket.owner, party, context.now);
    if (muting) return { kind: 'refused', reason: 'denied_by_owner', request: muting };
    if (await this.isInboxFull(process, party)) return { kind: 'refused', reason: 'too_many_open_requests' };
    const request = this.newRequest(process, { id: newId('q'), party, requestKey, permissions });
    this.requests.insert(context.writes, request);
    const line = lineOfRequest(request);
    this.activity.note(context.writes, {
      ...line,
      kind: 'asked',
      at: context.now,
      ...(line.holder && { actor: line.holder }),
    });
    this.tellOwner(process, request);
    return { kind: 'waiting', request };
  }

  /** By mail, once the request is there; owners that are no people have none. */
  private tellOwner({ context }: TicketProcess, { id, owner, createdAt }: AccessRequest): void {
    if (!this.options.ownerNotices || !owner.startsWith(ACCOUNT)) return;
    const accountId = owner.slice(ACCOUNT.length);
    this.notices.tellOwner(context.writes, { requestId: id, accountId, now: createdAt });
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
    { ticket, context, request, gathered }: TicketProcess,
    fields: Pick<AccessRequest, 'id' | 'party' | 'requestKey' | 'permissions'>,
  ): AccessRequest {
    const why = plainReason(request.why);
    return {
      ...fields,
      vouched: vouchingsOf(gathered.evidence),
      owner: ticket.owner,
      resourceServerId: ticket.resourceServerId,
      clientId: context.client.id,
      state: 'pending',
      createdAt: context.now,
      expiresAt: context.now + this.options.submittedTicketLifetime,
      decidedAt: null,
      version: 1,
      ...(why !== undefined && { why }),
    };
  }
}

/** Denied in this process, or an equal request not long ago. */
function isDenied(latest: AccessRequest, ticket: PermissionTicket, now: number): boolean {
  if (latest.state !== 'denied') return false;
  return latest.id === ticket.requestId || now < againFrom(latest);
}
