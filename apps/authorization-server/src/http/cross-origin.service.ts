import { Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { METHODS as REFUSABLE, refuseMethod, send } from './plain-routes.js';

export type Hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;

const REQUEST_HEADERS = 'authorization, content-type, dpop';
const SHOWN_HEADERS = 'dpop-nonce, retry-after, www-authenticate';
/** Seconds that a browser remembers the answer to a preflight. */
const REMEMBERED = '600';

/**
 * Lets scripts of browser apps read answers (CO-16; CORS protocol of the Fetch standard), never with cookies: what they send is
 * a token, a secret or a proof that they hold. Where the client is known its own origins count; where it is not yet, as in a
 * preflight, those of all clients.
 */
@Injectable()
export class CrossOrigin {
  constructor(private readonly clients: ClientRegistry) {}

  /** Hooks of a route. @param clientOf - the client that a request says it is from, verified or not */
  hooks(clientOf: (request: FastifyRequest) => string | undefined): { onRequest: Hook; preHandler: Hook } {
    return {
      onRequest: ifForeign((_request, reply, origin) => this.admit(reply, origin)),
      preHandler: ifForeign((request, reply) => {
        const clientId = clientOf(request);
        return clientId === undefined ? Promise.resolve() : this.narrow(request, reply, clientId);
      }),
    };
  }

  /** Lets preflights in, and refuses every other method. Call it instead of `refuseOtherMethods`. */
  refuseOtherMethods(fastify: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
    const onRequest = ifForeign((_request, reply, origin) => this.admit(reply, origin));
    refuseButPreflights(fastify, url, allowed, onRequest);
  }

  /** Takes back what was admitted when it is known that the answer is for a client that has not registered the origin. */
  async narrow({ headers: { origin } }: FastifyRequest, reply: FastifyReply, clientId: string): Promise<void> {
    if (origin === undefined) return;
    const client = await this.clients.find(clientId);
    if (client && !client.metadata.allowedOrigins.includes(origin)) reply.removeHeader('access-control-allow-origin');
  }

  private async admit(reply: FastifyReply, origin: string): Promise<void> {
    void reply.header('vary', 'origin');
    if (!(await this.clients.isOriginOfSome(origin))) return;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': SHOWN_HEADERS,
    });
  }
}

/**
 * Answers preflights whose origin a hook has admitted, and every other method but the allowed ones with 405. OPTIONS
 * without a question of a browser, or from an origin that nobody registered, is such another method.
 */
export function refuseButPreflights(
  fastify: FastifyInstance,
  url: string,
  allowed: readonly HTTPMethods[],
  onRequest: Hook,
): void {
  fastify.route({
    method: REFUSABLE.filter((one) => !allowed.includes(one)),
    url,
    onRequest,
    handler: (request, reply) => {
      const { origin, 'access-control-request-method': asked } = request.headers;
      const isAdmitted = reply.hasHeader('access-control-allow-origin');
      const isPreflight = request.method === 'OPTIONS' && origin !== undefined && asked !== undefined && isAdmitted;
      return isPreflight ? sendPreflight(reply, allowed) : refuseMethod(reply, allowed);
    },
  });
}

function sendPreflight(reply: FastifyReply, allowed: readonly HTTPMethods[]): FastifyReply {
  const headers = {
    'access-control-allow-methods': allowed.join(', '),
    'access-control-allow-headers': REQUEST_HEADERS,
    'access-control-max-age': REMEMBERED,
  };
  return send(reply, { status: 204, headers });
}

/** Most requests come from no browser app: they cost nothing here. */
function ifForeign(work: (request: FastifyRequest, reply: FastifyReply, origin: string) => Promise<void>): Hook {
  return (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined) return done();
    work(request, reply, origin).then(() => done(), done);
  };
}
