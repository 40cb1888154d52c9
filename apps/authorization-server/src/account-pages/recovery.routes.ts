import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { NO_HEAD } from '../http/plain-routes.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import type { LinkRequest } from './recovery-link-page.service.js';
import { RecoveryLinkPage } from './recovery-link-page.service.js';
import { RecoveryRequestPage } from './recovery-request-page.service.js';

/** {issuer}/account/recovery and below: a new password for who has forgotten hers (attack class 231). */
@Injectable()
export class RecoveryRoutes implements PlainRoutes {
  constructor(
    private readonly request: RecoveryRequestPage,
    private readonly link: RecoveryLinkPage,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/account/recovery`;
    this.errors.scope(fastify, (scope) => {
      scope.get(url, NO_HEAD, (request, reply) => this.request.ask(request, reply));
      scope.post(url, (request, reply) => this.request.send(request, reply));
      scope.get(`${url}/sent`, (request, reply) => this.request.result('recovery_sent', request, reply));
      scope.get(`${url}/done`, (request, reply) => this.request.result('password_recovered', request, reply));
      scope.get(`${url}/:id`, NO_HEAD, (request: LinkRequest, reply) => this.link.show(request, reply));
      scope.post(`${url}/:id`, (request: LinkRequest, reply) => this.link.submit(request, reply));
      for (const one of [url, `${url}/:id`]) this.errors.refuseOtherMethods(scope, one, ['GET', 'POST']);
      for (const one of [`${url}/sent`, `${url}/done`]) this.errors.refuseOtherMethods(scope, one, ['GET', 'HEAD']);
    });
  }
}
