import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { NO_HEAD, queryOf } from '../../http/plain-routes.js';
import { InteractionStarter } from '../../interaction/interaction-starter.service.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { ClaimsEndpoint } from './claims-endpoint.service.js';
import type { RequestPageContent } from './request-page.interaction.js';
import { REQUEST_PAGE } from './request-page.interaction.js';

/** GET {issuer}/uma/claims (UMA Grant section 3.3.2), and {issuer}/uma/requests/{id}, where a party sees what became of hers. */
@Injectable()
export class ClaimsRoutes implements PlainRoutes {
  constructor(
    private readonly endpoint: ClaimsEndpoint,
    private readonly starter: InteractionStarter,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const url = `${prefix}/uma/claims`;
      // Arriving uses the ticket up.
      scope.get(url, NO_HEAD, (http, reply) => this.endpoint.handle(queryOf(http, 'note'), { http, reply }));
      this.errors.refuseOtherMethods(scope, url, ['GET']);
      const request = `${prefix}/uma/requests/:id`;
      // Whether there is such a request is told after the sign-in, and to its party alone.
      scope.get(request, NO_HEAD, (http: FastifyRequest<{ Params: { id: string } }>, reply) => {
        const content: RequestPageContent = { requestId: http.params.id };
        return this.starter.begin(REQUEST_PAGE, content, { http, reply });
      });
      this.errors.refuseOtherMethods(scope, request, ['GET']);
      this.errors.refuseOthersBelow(scope, `${prefix}/uma/requests`);
      this.errors.refuseOthersBelow(scope, url);
    });
  }
}
