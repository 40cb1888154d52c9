import { Injectable } from '@nestjs/common';
import { AuthorizationRequestReader, ClientAuthenticator, SenderConstraint } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { RequestRates } from '../../http/request-rates.service.js';

/** POST {issuer}/par (RFC 9126 section 2). */
@Injectable()
export class ParRoutes implements PlainRoutes {
  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly senders: SenderConstraint,
    private readonly reader: AuthorizationRequestReader,
    private readonly rates: RequestRates,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/par`;
    fastify.post(url, async (request, reply) => {
      const authentication = authenticationOf(request);
      // As at the token endpoint: told to use a nonce, a client sends the same assertion again.
      const proof = await this.senders.read(authentication.sender);
      const client = await this.clients.authenticate(authentication);
      // PA-06. Those that are refused count, too: checking them is work.
      await this.rates.push(client, request.ip);
      // Not before the request is counted: anybody can make proofs.
      if (proof) await this.senders.use(proof);
      const body = await this.reader.push(client, authentication.parameters, proof?.jkt);
      return send(reply, { status: 201, body });
    });
    refuseOtherMethods(fastify, url, ['POST']);
  }
}
