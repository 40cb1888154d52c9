import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Inject, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { PageError } from '../pages/http/page-error.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { prefers } from './accept.js';
import { toErrorAnswer } from './error-answer.js';
import { LOGGER } from './http-tokens.js';
import { withResourceMetadata } from './resource-metadata.js';

/** Answers an error; a fault is logged with the request's id, which the answer names too. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  const answer = toErrorAnswer(error);
  if (answer.fault) logger.error({ error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
  const body = answer.status >= 500 ? { ...answer.body, request_id: request.id } : answer.body;
  return reply
    .code(answer.status)
    .headers({
      ...withResourceMetadata(answer.headers, request),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .type('application/json')
    .send(JSON.stringify(body));
}

/** Errors of Nest's controllers, answered like those of the plain routes. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly pages: PageErrors,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    // Only Nest itself throws it, for an address that there is not: people mistype addresses, and programs read JSON.
    if (error instanceof NotFoundException) {
      void reply.header('vary', 'accept');
      if (prefers(request.headers.accept, 'text/html')) {
        void this.pages.send(new PageError('not_found', 'no_such_address'), request, reply);
        return;
      }
    }
    void sendError(error, request, reply, this.logger);
  }
}
