import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { sendError } from './error.filter.js';

const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
/** Node looks for late requests so often; its own half minute would be added to both time-outs. */
const CHECK_EVERY = 2_000;
const KEEP_ALIVE = 72_000;

/** Of every server that takes requests, in milliseconds and bytes. */
export const SERVER_LIMITS = {
  headersTimeout: HEADERS_TIMEOUT,
  requestTimeout: REQUEST_TIMEOUT,
  keepAliveTimeout: KEEP_ALIVE,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: CHECK_EVERY,
};

/** Limits of the HTTP server. Slow or oversized requests end before they cost anything. */
export function createServerOptions(config: Config, log: Logger): FastifyHttpOptions<Server> {
  return {
    bodyLimit: config.http.bodyLimit,
    // The address of a client, and nothing else: host and scheme come from the issuer. An empty list would trust nobody, too.
    trustProxy: config.http.trustedProxies.length > 0 && [...config.http.trustedProxies],
    // The request's own header never becomes its id: ids are ours, so that nobody writes into our log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    connectionTimeout: 0,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    forceCloseConnections: 'idle',
    // Requests on a connection that was open already are still answered while the server drains.
    return503OnClosing: false,
    routerOptions: {
      maxParamLength: 200,
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
    },
    http: {
      headersTimeout: HEADERS_TIMEOUT,
      maxHeaderSize: SERVER_LIMITS.maxHeaderSize,
      connectionsCheckingInterval: CHECK_EVERY,
    },
    logger: false,
    // Fastify would load its schema compilers at the start, for routes that have a schema; ours have none.
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    // What the router refuses by itself, such as an address that is no UTF-8.
    frameworkErrors: (error, request, reply) => void sendError(error, { request, reply, logger: log }),
  };
}

/** Bodies are checked by zod and parsers of our own, answers are written by JSON.stringify. */
function refuseSchemas(): never {
  throw new Error('a route has a schema, which nothing would check');
}
