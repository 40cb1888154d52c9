import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingRequest } from './presented-token.js';
import { check, type UmaRule } from './uma-rule.js';

/** For Express and other frameworks over node:http. */
export function umaMiddleware<R extends IncomingMessage>(rule: UmaRule<R>) {
  return (request: R, response: ServerResponse, next: (error?: unknown) => void): void => {
    check(rule, request).then((refused) => {
      if (!refused) return next();
      response.writeHead(refused.status, { ...refused.headers, 'content-type': 'application/json' });
      response.end(JSON.stringify(refused.body));
    }, next);
  };
}

/** Of a Fastify reply, what the hook uses. */
interface Reply {
  code(status: number): Reply;
  headers(values: Record<string, string>): Reply;
  send(body: unknown): unknown;
}

/** For Fastify, as `preHandler` or `onRequest` of a route. */
export function umaHook<R extends IncomingRequest>(rule: UmaRule<R>) {
  return async (request: R, reply: Reply): Promise<unknown> => {
    const refused = await check(rule, request);
    return refused && reply.code(refused.status).headers(refused.headers).send(refused.body);
  };
}
