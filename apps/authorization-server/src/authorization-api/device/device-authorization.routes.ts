import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { DeviceAuthorizationEndpoint } from '@valetkey/oauth';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { RequestRates } from '../../http/request-rates.service.js';

/** POST {issuer}/device_authorization (RFC 8628 section 3.1). */
@Injectable()
export class DeviceAuthorizationRoutes implements PlainRoutes {
  constructor(
    private readonly endpoint: DeviceAuthorizationEndpoint,
    private readonly rates: RequestRates,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/device_authorization`;
    fastify.post(url, async (request, reply) => {
      const admit = (client: Client) => this.rates.device(client, request.ip);
      return send(reply, { status: 200, body: await this.endpoint.handle(authenticationOf(request), admit) });
    });
    refuseOtherMethods(fastify, url, ['POST']);
  }
}
