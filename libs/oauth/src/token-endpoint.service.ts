import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { Client } from '@valetkey/clients';
import { AuthorizationStore } from '@valetkey/authorizations';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import { ERROR_STATUS } from '@valetkey/protocol';
import { TokenIssuer } from '@valetkey/tokens';
import type { AuthenticationRequest } from './client-authentication/client-authenticator.service.js';
import { ClientAuthenticator } from './client-authentication/client-authenticator.service.js';
import type { Decision, Granted, GrantHandler, Refused } from './grant-handler.js';
import { GRANT_HANDLERS } from './grant-handler.js';
import { OAuthError } from './oauth-error.js';
import { REASONS } from './reasons.js';
import { SecurityEvents } from './security-events.js';

/** What the endpoint answers, free of any HTTP framework. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Lost this often, the request goes back with 503 rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/**
 * The token endpoint for all grants (RFC 6749 section 3.2): authenticates the client, finds the handler, lets it decide, records
 * the authorization, mints, commits, answers. Nothing is answered before it is durable.
 */
@Injectable()
export class TokenEndpoint {
  private readonly handlers: ReadonlyMap<string, GrantHandler>;

  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly authorizations: AuthorizationStore,
    private readonly issuer: TokenIssuer,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
    @Inject(GRANT_HANDLERS) handlers: readonly GrantHandler[],
  ) {
    this.handlers = new Map(handlers.map((handler) => [handler.grantType, handler]));
  }

  /** Grant types in the order of the list, for discovery. */
  get grantTypes(): string[] {
    return [...this.handlers.keys()];
  }

  /** @throws OAuthError for everything that is not a remembered refusal */
  async handle(request: AuthenticationRequest): Promise<TokenAnswer> {
    const grantType = request.parameters.require('grant_type');
    const client = await this.clients.authenticate(request);
    const handler = this.handlers.get(grantType);
    if (!handler) throw new OAuthError('unsupported_grant_type', 'grant_type_unknown');
    if (!client.grantTypes.includes(grantType)) throw new OAuthError('unauthorized_client', 'grant_type_not_allowed');
    const parsed = handler.parse(request.parameters);
    return this.decideAndCommit(handler, parsed, client);
  }

  private async decideAndCommit(handler: GrantHandler, parsed: unknown, client: Client): Promise<TokenAnswer> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const writes = new WriteSet();
      const now = this.clock.now();
      const decision = await handler.authorize(parsed, { client, now, writes });
      const answer = decision.outcome === 'granted' ? await this.grant(decision, writes, now) : refusal(decision);
      try {
        await this.database.commit(writes);
      } catch (cause) {
        if (cause instanceof ConditionFailed) continue;
        throw cause;
      }
      this.report(decision, client);
      return answer;
    }
    throw new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }

  private async grant(decision: Granted, writes: WriteSet, now: number): Promise<TokenAnswer> {
    if (decision.begin) this.authorizations.insert(writes, decision.begin);
    const tokens = await this.issuer.mint(decision.order, writes, now);
    return { status: 200, body: { ...tokens, ...decision.members } };
  }

  private report(decision: Decision, client: Client): void {
    if (decision.outcome === 'granted' || !decision.securityEvent) return;
    this.events.record({ event: 'grant_refused', reason: decision.reason, clientId: client.id });
  }
}

function refusal({ code, reason, members }: Refused): TokenAnswer {
  const hinted = members?.['required_claims'] !== undefined || members?.['redirect_user'] !== undefined;
  // UG-10: a client could not act on it.
  if (code === 'need_info' && !hinted) throw new Error('need_info without a hint');
  const body = { error: code, error_description: REASONS[reason], ...members };
  return { status: ERROR_STATUS[code], body };
}
