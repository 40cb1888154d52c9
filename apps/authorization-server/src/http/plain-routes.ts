import { OAuthError } from '@valetkey/oauth';
import { FormParameters } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';

/**
 * Routes that every request of every client goes through are registered on Fastify itself: Nest's pipeline costs as much as
 * the whole work of a token request. They call the same services as controllers do.
 */
export interface PlainRoutes {
  /** @param prefix - the issuer's path, empty for none */
  register(fastify: FastifyInstance, prefix: string): void;
}

/** An answer of a plain route, free of the framework. */
export interface PlainAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** Sends JSON that may hold tokens or personal data: never stored, never sniffed. */
export function send(reply: FastifyReply, { status, body, headers }: PlainAnswer): FastifyReply {
  reply.code(status).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  if (headers) reply.headers(headers);
  if (body === undefined) return reply.send();
  return reply.header('content-type', 'application/json').send(JSON.stringify(body));
}

/** Answers every other method with 405 and `Allow` (RFC 9110 section 15.5.6). */
export function refuseOtherMethods(fastify: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
  fastify.route({
    method: METHODS.filter((method) => !allowed.includes(method)),
    url,
    handler: (_request, reply) =>
      send(reply, {
        status: 405,
        headers: { allow: allowed.join(', ') },
        body: { error: 'unsupported_method_type', error_description: 'This method is not supported here.' },
      }),
  });
}

/** The form parameters of a request. @throws OAuthError invalid_request for another media type or none */
export function formOf(request: FastifyRequest): FormParameters {
  if (request.body instanceof FormParameters) return request.body;
  throw new OAuthError('invalid_request', 'wrong_media_type');
}

/** The parsed JSON body. @throws OAuthError invalid_request for another media type or none */
export function jsonOf(request: FastifyRequest): unknown {
  if (request.body === undefined || request.body instanceof FormParameters) {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
  return request.body;
}

/**
 * The Authorization header. Node keeps the first of several silently, while a proxy may have looked at the last.
 * @throws OAuthError invalid_request when there are several
 */
export function authorizationOf(request: FastifyRequest): string | undefined {
  const { rawHeaders } = request.raw;
  let found = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') found += 1;
  }
  if (found > 1) throw new OAuthError('invalid_request', 'several_authentication_methods');
  return request.headers.authorization;
}

/** What client authentication looks at. */
export function authenticationOf(request: FastifyRequest) {
  return { parameters: formOf(request), authorization: authorizationOf(request), address: request.ip };
}
