import { Injectable } from '@nestjs/common';
import { ClientAuthenticator, TokenEndpoint } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import { answerTurn } from '../../http/answer-turn.js';
import { CrossOrigin } from '../../http/cross-origin.service.js';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, claimedClientOf, send } from '../../http/plain-routes.js';

/** POST {issuer}/token (RFC 6749 section 3.2). */
@Injectable()
export class TokenRoutes implements PlainRoutes {
  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly clients: ClientAuthenticator,
    private readonly crossOrigin: CrossOrigin,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/token`;
    const hooks = this.crossOrigin.hooks((request) => claimedClientOf(request, this.clients));
    fastify.post(url, hooks, async (request, reply) => {
      const answer = await this.endpoint.handle(authenticationOf(request));
      await answerTurn();
      return send(reply, answer);
    });
    this.crossOrigin.refuseOtherMethods(fastify, url, ['POST']);
  }
}
