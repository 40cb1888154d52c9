import type { AuthenticationRequest, ClientAuthenticator, SenderRequest } from '@valetkey/oauth';
import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import './client-certificate.js';
import './forwarded-by-stranger.js';
import type { TokenPresentation } from './bearer-authentication.service.js';

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
  /** Given where the body is a text to be sent as it is. */
  readonly mediaType?: string;
}

/**
 * For a GET that does more than show what is there: it begins or ends something, sets a cookie, or uses up what it is given. HEAD
 * would do the same where nobody reads what comes of it. Whatever else is shown answers HEAD as well.
 */
export const NO_HEAD = { exposeHeadRoute: false } as const;

const NONE: readonly string[] = [];
export const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** Sends JSON, or a text of another type, that may hold tokens or personal data: never stored, never sniffed. */
export function send(reply: FastifyReply, { status, body, headers, mediaType }: PlainAnswer): FastifyReply {
  reply.code(status).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  if (headers) reply.headers(headers);
  if (body === undefined) return reply.send();
  if (mediaType !== undefined) return reply.header('content-type', mediaType).send(body);
  return reply.header('content-type', 'application/json').send(JSON.stringify(body));
}

/**
 * Answers every other method with 405 and `Allow` (RFC 9110 section 15.5.6).
 * @param reference - makes the reference of a refusal, where the API has them
 */
export function refuseOtherMethods(
  fastify: FastifyInstance,
  url: string,
  allowed: readonly HTTPMethods[],
  reference?: () => string,
): void {
  const method = METHODS.filter((one) => !allowed.includes(one));
  fastify.route({ method, url, handler: (_request, reply) => refuseMethod(reply, allowed, reference?.()) });
}

/** 405, for a method that is not allowed. */
export function refuseMethod(reply: FastifyReply, allowed: readonly HTTPMethods[], reference?: string): FastifyReply {
  return send(reply, {
    status: 405,
    headers: { allow: allowed.join(', ') },
    body: {
      error: 'unsupported_method_type',
      error_description: 'This method is not supported here.',
      ...(reference !== undefined && { reference }),
    },
  });
}

/** The form parameters of a request. @throws OAuthError invalid_request for another media type or none */
export function formOf(request: FastifyRequest): FormParameters {
  if (request.body instanceof FormParameters) return request.body;
  throw new OAuthError('invalid_request', 'wrong_media_type');
}

/** The query as it came: a repeated parameter is refused, not the last one taken. @throws OAuthError invalid_request */
export function queryOf({ raw }: FastifyRequest, repetition: 'refuse' | 'note' = 'refuse'): FormParameters {
  const url = raw.url ?? '';
  const question = url.indexOf('?');
  return FormParameters.parse(question < 0 ? '' : url.slice(question + 1), repetition);
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

/** What says which key the sender of a request holds. */
export function senderOf(request: FastifyRequest): SenderRequest {
  const { method, url, clientCertificate: certificate, certificateAlias: alias } = request;
  return { dpopHeaders: dpopHeadersOf(request), method, url, alias, certificate };
}

/** All values of the `DPoP` header: Node joins several, and one that is joined would be told for another mistake. */
function dpopHeadersOf({ headers, raw: { rawHeaders } }: FastifyRequest): readonly string[] {
  if (headers['dpop'] === undefined) return NONE;
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'dpop');
}

/** What client authentication looks at. */
export function authenticationOf(request: FastifyRequest): AuthenticationRequest {
  return {
    parameters: formOf(request),
    authorization: authorizationOf(request),
    address: request.ip,
    isForwarded: request.isForwarded,
    sender: senderOf(request),
  };
}

/** The client that a form says it is from, unverified: see `ClientAuthenticator.claimedClient`. */
export function claimedClientOf(request: FastifyRequest, clients: ClientAuthenticator): string | undefined {
  const { body, headers } = request;
  if (!(body instanceof FormParameters)) return undefined;
  return clients.claimedClient({ authorization: headers.authorization, parameters: body });
}

/** What authentication by an access token looks at. */
export function presentationOf(request: FastifyRequest): TokenPresentation {
  return { authorization: authorizationOf(request), sender: senderOf(request) };
}
