import { Injectable } from '@nestjs/common';
import { ActivityRecorder } from '@valetkey/activity';
import type { Decision, FormParameters, GrantContext, GrantHandler } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import { handleOfParty, toldName } from '@valetkey/uma';
import { RequestingPartyService } from './requesting-party.service.js';
import { RptGrant } from './rpt-grant.service.js';
import { TicketAccess } from './ticket-access.service.js';
import type { WantedResource } from './ticket-assessor.service.js';
import { TicketAssessor } from './ticket-assessor.service.js';
import type { Presentation, TicketProcess } from './ticket-process.js';
import { isFullyGranted, requestedIn } from './ticket-process.js';
import { TicketRefusals } from './ticket-refusals.service.js';
import type { UmaTicketRequest } from './uma-ticket-request.js';
import { parseUmaTicketRequest } from './uma-ticket-request.js';

/** The UMA grant (UMA Grant section 3.3): a permission ticket against an RPT, as far as policies permit. */
@Injectable()
export class UmaTicketGrant implements GrantHandler<UmaTicketRequest> {
  readonly grantType = GRANT_TYPE.umaTicket;

  constructor(
    private readonly tickets: TicketAccess,
    private readonly assessor: TicketAssessor,
    private readonly parties: RequestingPartyService,
    private readonly refusals: TicketRefusals,
    private readonly rpts: RptGrant,
    private readonly recorder: ActivityRecorder,
  ) {}

  parse(parameters: FormParameters): UmaTicketRequest {
    return parseUmaTicketRequest(parameters);
  }

  async authorize(request: UmaTicketRequest, context: GrantContext): Promise<Decision> {
    const presented = await this.tickets.present(request.ticket, context);
    if ('outcome' in presented) return presented;
    const ticket = { ...presented, requested: requestedIn(presented, request.scopes, context) };
    const wanted = await this.assessor.wanted(ticket, request.scopes, context);
    if ('outcome' in wanted) return wanted;
    const gathered = await this.parties.gather(request, ticket.evidence, context);
    const decision = await this.decide({ request, context, ticket, gathered }, wanted);
    return gathered.foreignPct ? { ...decision, events: ['pct_of_another_client'] } : decision;
  }

  private async decide(step: Presentation, wanted: readonly WantedResource[]): Promise<Decision> {
    const { context, ticket, gathered } = step;
    if (ticket.pollAfter !== null && context.now < ticket.pollAfter) {
      return this.refusals.tooEarly({ ticket, context, gathered });
    }
    const process = await this.assessor.assess(step, wanted);
    if (!process) return refused('request_denied', 'not_permitted');
    if (isFullyGranted(process.verdicts) || (await this.assessor.mayGivePart(process))) return this.rpts.grant(process);
    const decision = await this.refusals.refuse(process);
    if (isNews(decision, process)) this.tell(process);
    return decision;
  }
  /** What she tried and may not, for the owner's eyes; written later, with that of others. */
  private tell({ ticket, context, party, verdicts }: TicketProcess): void {
    const [clientId, at] = [context.client.id, context.now];
    const holder = party === null ? `client:${clientId}` : handleOfParty(party);
    const holderName = party === null ? undefined : toldName(party);
    for (const { resource, missing } of verdicts.filter((verdict) => verdict.missing.length > 0)) {
      const { id, name, resourceServerId: serverId } = resource;
      this.recorder.refused({
        ...{ owner: ticket.owner, holder, clientId, scopes: missing, at },
        ...(holderName !== undefined && { holderName }),
        resource: { id, serverId, ...(name !== null && { name }) },
      });
    }
  }
}

/** Who only has to say first who she is was refused nothing yet; who asks again whether the owner has answered tries nothing new. */
function isNews(decision: Decision, { party, ticket }: TicketProcess): boolean {
  if (decision.outcome === 'granted') return false;
  if (decision.code === 'need_info') return party !== null;
  return decision.code !== 'request_submitted' || ticket.requestId === null;
}
