import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Inject, NotFoundException } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { PageError } from '../pages/http/page-error.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { prefers } from './accept.js';
import { toErrorAnswer } from './error-answer.js';
import { LOGGER } from './http-tokens.js';
import { newReference } from './reference.js';
import { withResourceMetadata } from './resource-metadata.js';

/**
 * Answers an error; a fault is logged with the request's id, which the answer names too.
 * @param told - members of the body besides
 */
export function sendError(
  error: unknown,
  { request, reply, logger }: { request: FastifyRequest; reply: FastifyReply; logger: Logger },
  told: { readonly reference?: string } = {},
): FastifyReply {
  const answer = toErrorAnswer(error);
  if (answer.fault) logger.error({ error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
  const body = { ...answer.body, ...(answer.status >= 500 && { request_id: request.id }), ...told };
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

/**
 * Errors of Nest's controllers, which are the owner API: answered like those of the plain routes, with a reference besides that
 * an owner can tell and the operator finds in the log.
 */
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
    const reference = newReference();
    const reason = error instanceof OAuthError ? error.reason : 'refused_by_framework_or_fault';
    const details = { reference, reason, requestId: request.id, route: request.routeOptions.url };
    this.logger.info(details, 'request refused');
    void sendError(error, { request, reply, logger: this.logger }, { reference });
  }
}
