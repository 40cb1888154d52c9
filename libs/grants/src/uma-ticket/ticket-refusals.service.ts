import { Inject, Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import type { Decision } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { CLAIM_TOKEN_FORMAT_ID_TOKEN } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { UmaOptions } from '@valetkey/uma';
import { UMA_OPTIONS } from '@valetkey/uma';
import { OwnerRequests } from './owner-requests.service.js';
import type { TicketProcess } from './ticket-process.js';
import { issuersToAsk } from './ticket-process.js';
import { TicketSuccession } from './ticket-succession.service.js';

const LONGEST_INTERVAL = 60_000;
/** Below the issuer: where people give claims at a browser. */
const CLAIMS_PATH = '/uma/claims';

/**
 * What a presentation leads to when policies do not give all that is wanted (UMA Grant section 3.3.6). Precedence (UG-31):
 * `need_info` where claims could help, `request_submitted` where the owner could, `request_denied` otherwise.
 */
@Injectable()
export class TicketRefusals {
  constructor(
    private readonly succession: TicketSuccession,
    private readonly owners: OwnerRequests,
    @Inject(UMA_OPTIONS) private readonly options: UmaOptions,
    @Inject(TOKEN_OPTIONS) private readonly tokens: TokenOptions,
  ) {}

  async refuse(process: TicketProcess): Promise<Decision> {
    const asking = issuersToAsk(process);
    if (asking.length > 0) return this.needInfo(process, asking);
    // Nobody vouches for a person: there is nobody the owner could decide about.
    if (!process.party) return refused('request_denied', 'not_permitted');
    const asked = await this.owners.ask(process, process.party);
    if (asked.kind === 'refused') return refused('request_denied', asked.reason);
    return this.submitted(process, asked.request.id, this.options.pollInterval);
  }

  /** The client polled before its time: the same answer again, with a longer interval (UG-56). */
  tooEarly(process: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>): Decision {
    const present = process.ticket.pollInterval ?? this.options.pollInterval;
    // Never shorter than before, however long the configured interval is.
    const interval = Math.max(present, Math.min(present * 2, LONGEST_INTERVAL));
    return this.submitted(process, null, interval);
  }

  /** Issuers whose tokens the client can push are named; for a sign-in here the client sends her with her browser. */
  private needInfo(process: TicketProcess, issuers: readonly string[]): Decision {
    const { value: ticket } = this.succession.next(process, {
      lifetime: this.options.needInfoTicketLifetime,
      asked: [...new Set([...process.ticket.asked, ...issuers])],
    });
    const others = issuers.filter((issuer) => issuer !== this.tokens.issuer);
    const required = {
      friendly_name: 'Proof of who is asking',
      name: 'sub',
      claim_token_format: [CLAIM_TOKEN_FORMAT_ID_TOKEN],
      issuer: others,
    };
    const members = {
      ticket,
      ...(others.length < issuers.length && { redirect_user: this.tokens.issuer + CLAIMS_PATH }),
      ...(others.length > 0 && { required_claims: [required] }),
    };
    return refused('need_info', 'claims_needed', { members });
  }

  private submitted(
    process: Pick<TicketProcess, 'ticket' | 'context' | 'gathered'>,
    requestId: string | null,
    interval: Duration,
  ): Decision {
    const lifetime = this.options.submittedTicketLifetime;
    const { value: ticket } = this.succession.next(process, { lifetime, requestId, interval });
    const members = { ticket, interval: Math.ceil(interval / 1000) };
    return refused('request_submitted', 'owner_must_decide', { members });
  }
}
