import { Injectable } from '@nestjs/common';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { ERROR_STATUS } from '@valetkey/protocol';
import type { Confirmation } from '@valetkey/tokens';
import { TokenIssuer } from '@valetkey/tokens';
import { OAuthError } from './domain/oauth-error.js';
import { REASONS } from './domain/reasons.js';
import type { Decision, GrantContext, Granted, GrantHandler, Refused } from './grant-handler.js';
import { boundOrder } from './domain/bound-order.js';
import { Recipients } from './recipients.service.js';
import { SecurityEvents } from './security-events.js';
import type { SingleUse } from './sender-constraint/sender-constraint.service.js';

/** Who asks. */
export interface Caller {
  readonly client: Client;
  /** Where the request came from. */
  readonly address: string;
  /** The key that it proved to hold. */
  readonly confirmation?: Confirmation | undefined;
  /** How it proved that, where that counts once. */
  readonly proof?: SingleUse | undefined;
}

/** What the token endpoint answers, free of any HTTP framework. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Lost this often, the request goes back with 503 rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/**
 * Lets a grant decide, records the authorization, mints, and commits it all as one. When a condition of the decision does
 * not hold at commit, the decision is taken again on fresh reads. Nothing is answered before it is durable.
 */
@Injectable()
export class GrantExecution {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly issuer: TokenIssuer,
    private readonly recipients: Recipients,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError from the grant, for a proof that was used before; temporarily_unavailable when others were faster each time */
  async run(handler: GrantHandler, parsed: unknown, caller: Caller): Promise<TokenAnswer> {
    const { client, confirmation, proof } = caller;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const writes = new WriteSet();
      const now = this.clock.now();
      const decision = await handler.authorize(parsed, { client, now, writes, confirmation });
      const answer =
        decision.outcome === 'granted'
          ? await this.grant(decision, { client, now, writes, confirmation })
          : refusal(decision);
      // What is refused leaves no mark, and a request that somebody sends again takes nothing back, either.
      if (decision.outcome === 'granted') proof?.useWith(writes);
      else await proof?.checkUnused();
      if (!(await this.database.tryCommit(writes))) {
        await proof?.checkUnused();
        continue;
      }
      this.report(decision, caller);
      return answer;
    }
    throw new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }

  private async grant(decision: Granted, { client, now, writes, confirmation }: GrantContext): Promise<TokenAnswer> {
    if (decision.begin) this.authorizations.insert(writes, decision.begin);
    const order = boundOrder(decision.order, client, confirmation);
    const tokens = await this.issuer.mint(order, writes, now, this.recipients.of(client));
    return { status: 200, body: { ...tokens, ...decision.members } };
  }

  /** Only of the decision that counts: those before it were taken on what was no longer so. */
  private report(decision: Decision, { client, address }: Caller): void {
    const from = { clientId: client.id, address };
    for (const event of decision.events ?? []) this.events.record({ event, ...from });
    if (decision.outcome === 'granted' || !decision.securityEvent) return;
    this.events.record({ event: 'grant_refused', reason: decision.reason, ...from });
  }
}

function refusal({ code, reason, members }: Refused): TokenAnswer {
  const hinted = members?.['required_claims'] !== undefined || members?.['redirect_user'] !== undefined;
  // UG-10: a client could not act on it.
  if (code === 'need_info' && !hinted) throw new Error('need_info without a hint');
  const body = { error: code, error_description: REASONS[reason], ...members };
  return { status: ERROR_STATUS[code], body };
}
