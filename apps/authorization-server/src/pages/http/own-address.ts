import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Where a page is to be asked for again: a developer types `localhost` for `127.0.0.1`, and there neither cookies nor forms of the
 * issuer's own address work. Only from one name of this machine to another, and only what is read: other hosts are a matter of
 * whoever sent the request here.
 * @returns the same page at the issuer's address; `undefined` where the page is at home, or it is none of our business
 */
export function ownAddressOf(issuer: string, { method, host, url }: Pick<FastifyRequest, 'method' | 'host' | 'url'>) {
  const own = new URL(issuer);
  const named = LOOPBACK.exec(host)?.[1]?.toLowerCase();
  if (method !== 'GET' || !url.startsWith('/') || !LOOPBACK.test(own.hostname)) return undefined;
  return named === undefined || named === own.hostname ? undefined : own.origin + url;
}

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Sends browsers that came by another name of this machine to the issuer's own. */
export function leadHome(issuer: string) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const home = ownAddressOf(issuer, request);
    if (home === undefined) done();
    else void reply.headers(HEADERS).redirect(home, 302);
  };
}
