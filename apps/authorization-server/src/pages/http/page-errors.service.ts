import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../../http/http-tokens.js';
import { errorView } from '../views/result.view.js';
import { PageError } from './page-error.js';
import { Pages } from './pages.service.js';

/** The one place that turns anything thrown on the way to a page into an error page. It never redirects. */
@Injectable()
export class PageErrors {
  constructor(
    private readonly pages: Pages,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'info' | 'error'>,
  ) {}

  /** Shows the error and logs its reference with the reason and the request's id. */
  send(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const error = PageError.from(thrown);
    const { line, reason, reference, status } = error;
    const details = { reference, reason, line, requestId: request.id, route: request.routeOptions.url };
    if (error.isFault) this.logger.error({ ...details, error: error.cause ?? error }, 'page failed');
    else this.logger.info(details, 'page refused');
    const wait = error.retryAfter;
    if (wait !== undefined) reply.header('retry-after', wait);
    const messages = this.pages.messages(request);
    return this.pages.send(reply, errorView({ line, reference }, messages), { status, locale: messages.locale });
  }

  /** A scope of routes whose errors are pages: register the routes of people in it. */
  scope(fastify: FastifyInstance, register: (scope: FastifyInstance) => void): void {
    void fastify.register((scope, _options, done) => {
      scope.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) =>
        this.send(error, request, reply),
      );
      register(scope);
      done();
    });
  }
}
