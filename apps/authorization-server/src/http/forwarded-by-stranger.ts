import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

declare module 'fastify' {
  interface FastifyRequest {
    /** Somebody whom `http.trusted_proxies` does not name says that it passed this on: `ip` may be a proxy's, and everybody's. */
    isForwarded: boolean;
  }
}

/**
 * Lets every request know whether its address may be that of a proxy that is not configured. The first one is logged, with the address
 * that may be missing in the setting: no more than one, since anybody can send the header.
 */
export function noticeForwarding(fastify: FastifyInstance, logger: Pick<Logger, 'warn'>): void {
  let isLogged = false;
  fastify.decorateRequest('isForwarded', false);
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.isForwarded = isForwardedByStranger(request);
    if (request.isForwarded && !isLogged) {
      isLogged = true;
      logger.warn(
        { setting: 'http.trusted_proxies', address: request.ip },
        'a request says that it was forwarded by an address that is not listed: if that is your proxy, all its clients look like one',
      );
    }
    done();
  });
}

/**
 * Whether headers tell of a hop that was not believed: whoever is taken for the client wrote them, or passed them on.
 * @param request - its `ips` are the connection and the believed hops, nearest first; absent where nobody is believed
 */
export function isForwardedByStranger({ headers, ips }: Pick<FastifyRequest, 'headers' | 'ips'>): boolean {
  const hops = headers['x-forwarded-for'];
  const believed = (ips?.length ?? 1) - 1;
  if (hops !== undefined) return hopsOf(hops) > believed;
  // Nobody is believed about these.
  return headers['forwarded'] !== undefined || headers['x-real-ip'] !== undefined;
}

function hopsOf(value: string | readonly string[]): number {
  return String(value)
    .split(',')
    .filter((hop) => hop.trim() !== '').length;
}
