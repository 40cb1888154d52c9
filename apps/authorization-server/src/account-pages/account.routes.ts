import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { NO_HEAD } from '../http/plain-routes.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import type { AccountPage } from './account-visit.js';
import { AccountVisits } from './account-visits.service.js';

/** THE list of pages of the account, in the module graph. */
export const ACCOUNT_PAGE_LIST = Symbol('AccountPages');

/** {issuer}/account and below: what a person does for herself. */
@Injectable()
export class AccountRoutes implements PlainRoutes {
  constructor(
    private readonly visits: AccountVisits,
    private readonly errors: PageErrors,
    @Inject(ACCOUNT_PAGE_LIST) private readonly pages: readonly AccountPage[],
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      for (const page of this.pages) {
        const url = page.page === '' ? `${prefix}/account` : `${prefix}/account/${page.page}`;
        scope.get(url, NO_HEAD, (request, reply) => this.visits.show(page, request, reply));
        if (page.submit) scope.post(url, (request, reply) => this.visits.submit(page, request, reply));
        this.errors.refuseOtherMethods(scope, url, page.submit ? ['GET', 'POST'] : ['GET']);
      }
      this.errors.refuseOthersBelow(scope, `${prefix}/account`);
    });
  }
}
