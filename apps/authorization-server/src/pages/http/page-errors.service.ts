import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { CONFIG, LOGGER } from '../../http/http-tokens.js';
import { METHODS } from '../../http/plain-routes.js';
import { errorView } from '../views/result.view.js';
import { leadHome } from './own-address.js';
import { PageError } from './page-error.js';
import { Pages } from './pages.service.js';

/** The one place that turns anything thrown on the way to a page into an error page. It never redirects. */
@Injectable()
export class PageErrors {
  constructor(
    private readonly pages: Pages,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'info' | 'error'>,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer' | 'http'>,
  ) {}

  /** Shows the error and logs its reference with the reason and the request's id. */
  send(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const error = PageError.from(thrown);
    const { line, reason, reference, status, startAgainAt } = error;
    const details = { reference, reason, line, requestId: request.id, route: request.routeOptions.url };
    if (error.isFault) this.logger.error({ ...details, error: error.cause ?? error }, 'page failed');
    else this.logger.info(details, 'page refused');
    const wait = error.retryAfter;
    if (wait !== undefined) reply.header('retry-after', wait);
    const messages = this.pages.messages(request);
    const { start, account } = this.pages.ways(messages);
    const wayOn = line === 'not_found' ? start : account;
    const view = errorView({ line, reference, wayOn, startAgainAt, description: error.description }, messages);
    return this.pages.send(reply, view, { status, locale: messages.locale });
  }

  /** Shows a page to who comes with any other method (RFC 9110 section 15.5.6). */
  refuseOtherMethods(scope: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
    const method = METHODS.filter((one) => !allowed.includes(one));
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      this.send(
        new PageError('wrong_method', 'method_not_allowed'),
        request,
        reply.header('allow', allowed.join(', ')),
      );
    scope.route({ method, url, handler });
  }

  /** What is at no address below this one is told by a page, too: people mistype addresses. */
  refuseOthersBelow(scope: FastifyInstance, url: string): void {
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      this.send(new PageError('not_found', 'no_such_page'), request, reply);
    scope.route({ method: [...METHODS], url: `${url}/*`, handler });
  }

  /** A scope of routes whose errors are pages: register the routes of people in it. */
  scope(fastify: FastifyInstance, register: (scope: FastifyInstance) => void): void {
    void fastify.register((scope, _options, done) => {
      scope.addHook('onRequest', leadHome(this.config));
      scope.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) =>
        this.send(error, request, reply),
      );
      register(scope);
      done();
    });
  }
}
