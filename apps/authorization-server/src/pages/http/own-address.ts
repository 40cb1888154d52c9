import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { trustedProxies } from '../../http/trusted-proxies.js';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i;
const USUAL_PORT: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** What a request says of where it went, and the port of ours that took it. */
export interface Addressed {
  readonly method: string;
  readonly url: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/**
 * Where a page is to be asked for again: a developer types `localhost` for `127.0.0.1`, and there neither cookies nor forms of the
 * issuer's own address work. Only from one name of this machine to another, and only what is read: other hosts are a matter of
 * whoever sent the request here. And only where this very listener is at the issuer's port and was called by it: behind a proxy
 * or a forwarded port the name in the header is not what was typed, and the redirect would come back for ever.
 * @returns the same page at the issuer's address; `undefined` where the page is at home, or it is none of our business
 */
export function ownAddressOf(issuer: string, { method, host, url, port }: Addressed): string | undefined {
  const own = new URL(issuer);
  const called = nameAndPort(host, own);
  const home = nameAndPort(own.host, own);
  if (method !== 'GET' || !url.startsWith('/') || !called || !home) return undefined;
  if (called.port !== home.port || port !== home.port) return undefined;
  return called.name === home.name ? undefined : own.origin + url;
}

/** A name of this machine with its port, which may go without saying; `undefined` for any other host. */
function nameAndPort(host: string | undefined, { protocol }: URL) {
  const [, name, port = USUAL_PORT[protocol]] = LOOPBACK.exec(host ?? '') ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), port: Number(port) };
}

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Sends browsers that came by another name of this machine to the issuer's own; what a proxy sent is where it belongs. */
export function leadHome({ issuer, http }: Pick<Config, 'issuer' | 'http'>) {
  const isProxy = trustedProxies(http.trustedProxies);
  const { host } = new URL(issuer);
  return ({ method, url, headers, raw: { socket } }: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    // As almost always: nothing more needs to be known.
    if (headers.host === host) return done();
    const addressed = { method, url, host: headers.host, port: socket.localPort };
    const home = isProxy(socket.remoteAddress) ? undefined : ownAddressOf(issuer, addressed);
    if (home === undefined) done();
    else void reply.headers(HEADERS).redirect(home, 302);
  };
}
