import { Injectable } from '@nestjs/common';
import { TokenEndpoint } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import { answerTurn } from '../../http/answer-turn.js';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';

/** POST {issuer}/token (RFC 6749 section 3.2). */
@Injectable()
export class TokenRoutes implements PlainRoutes {
  constructor(private readonly endpoint: TokenEndpoint) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/token`;
    fastify.post(url, async (request, reply) => {
      const answer = await this.endpoint.handle(authenticationOf(request));
      await answerTurn();
      return send(reply, answer);
    });
    refuseOtherMethods(fastify, url, ['POST']);
  }
}
