import { Inject, Injectable } from '@nestjs/common';
import type { AuthenticationRequest } from './client-authentication/client-authenticator.service.js';
import { ClientAuthenticator } from './client-authentication/client-authenticator.service.js';
import { OAuthError } from './domain/oauth-error.js';
import type { TokenAnswer } from './grant-execution.service.js';
import { GrantExecution } from './grant-execution.service.js';
import type { GrantHandler } from './grant-handler.js';
import { GRANT_HANDLERS } from './grant-handler.js';
import { SenderConstraint } from './sender-constraint/sender-constraint.service.js';

/**
 * The token endpoint for all grants (RFC 6749 section 3.2): authenticates the client, finds the handler, checks
 * that the client may use it, and lets it run.
 */
@Injectable()
export class TokenEndpoint {
  private readonly handlers: ReadonlyMap<string, GrantHandler>;

  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly senders: SenderConstraint,
    private readonly execution: GrantExecution,
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
    // Before the client's assertion is used up: told to use a nonce, it sends the same one again (RFC 9449 section 8).
    const proof = await this.senders.read(request.sender);
    const client = await this.clients.authenticate(request);
    const handler = this.handlers.get(grantType);
    if (!handler) throw new OAuthError('unsupported_grant_type', 'grant_type_unknown');
    if (!client.grantTypes.includes(grantType)) throw new OAuthError('unauthorized_client', 'grant_type_not_allowed');
    const parsed = handler.parse(request.parameters);
    const confirmation = this.senders.confirm(request.sender, proof, client);
    const caller = { client, address: request.address, confirmation, proof: this.senders.once(proof) };
    return this.execution.run(handler, parsed, caller);
  }
}
