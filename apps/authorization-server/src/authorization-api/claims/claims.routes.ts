import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { queryOf, refuseOtherMethods } from '../../http/plain-routes.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { ClaimsEndpoint } from './claims-endpoint.service.js';

/** GET {issuer}/uma/claims (UMA Grant section 3.3.2). */
@Injectable()
export class ClaimsRoutes implements PlainRoutes {
  constructor(
    private readonly endpoint: ClaimsEndpoint,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const url = `${prefix}/uma/claims`;
      // Arriving uses the ticket up, so that HEAD is not the same without a body.
      scope.get(url, { exposeHeadRoute: false }, (http, reply) =>
        this.endpoint.handle(queryOf(http, 'note'), { http, reply }),
      );
      refuseOtherMethods(scope, url, ['GET']);
    });
  }
}
