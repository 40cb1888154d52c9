import { Injectable } from '@nestjs/common';
import type { AuthenticationRequest } from '@valetkey/oauth';
import { ClientAuthenticator, OAuthError, SecurityEvents } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import { CrossOrigin } from '../../http/cross-origin.service.js';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, claimedClientOf, send } from '../../http/plain-routes.js';
import { RevocableValues } from './revocable-values.service.js';

/** POST {issuer}/revoke (RFC 7009), for tokens of every kind and PCTs (UG-43). A hint is never needed (IR-34). */
@Injectable()
export class RevocationRoutes implements PlainRoutes {
  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly values: RevocableValues,
    private readonly events: SecurityEvents,
    private readonly crossOrigin: CrossOrigin,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/revoke`;
    const hooks = this.crossOrigin.hooks((request) => claimedClientOf(request, this.clients));
    fastify.post(url, hooks, async (request, reply) => {
      await this.handle(authenticationOf(request));
      return send(reply, { status: 200 });
    });
    this.crossOrigin.refuseOtherMethods(fastify, url, ['POST']);
  }

  /** @throws OAuthError invalid_request, invalid_client, or unauthorized_client for another client's token */
  private async handle(request: AuthenticationRequest): Promise<void> {
    const client = await this.clients.authenticate(request);
    const value = request.parameters.require('token');
    const outcome = await this.values.revoke(value, client.id);
    if (outcome === 'of_another_client') {
      const { address } = request;
      this.events.record({ event: 'revocation_of_foreign_token', clientId: client.id, address });
      throw new OAuthError('unauthorized_client', 'token_of_another_client');
    }
  }
}
