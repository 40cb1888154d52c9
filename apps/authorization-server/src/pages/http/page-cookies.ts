import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `browser` ties forms to a browser, `session` is the sign-in, `device` tells that a person signed in here before, `told` is what
 * the page behind a form says of it.
 */
export type CookieKind = 'browser' | 'session' | 'device' | 'told';

const VALUE = /^[A-Za-z0-9._~-]{1,512}$/;

/**
 * Cookies of the pages. On https they have the prefix `__Host-`: only this host sets them, over TLS, for all paths
 * (RFC 6265bis section 4.1.3.2). On plain http, which the configuration allows for loopback only, they go without it, because
 * browsers would refuse it.
 */
export class PageCookies {
  private readonly isSecure: boolean;

  constructor(issuer: string) {
    this.isSecure = new URL(issuer).protocol === 'https:';
  }

  nameOf(kind: CookieKind): string {
    return this.isSecure ? `__Host-vk_${kind}` : `vk_${kind}`;
  }

  /** The value; `undefined` for none, a malformed one, or several of that name: a neighbour host may have planted one. */
  read(request: FastifyRequest, kind: CookieKind): string | undefined {
    const start = `${this.nameOf(kind)}=`;
    const found = (request.headers.cookie ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(start));
    const value = found.length === 1 ? found[0]?.slice(start.length) : undefined;
    return value !== undefined && VALUE.test(value) ? value : undefined;
  }

  /**
   * Sets a cookie for as long as the browser runs, or for so many seconds.
   * @throws TypeError for a value with signs that cookies cannot hold
   */
  set(reply: FastifyReply, kind: CookieKind, value: string, seconds?: number): void {
    if (!VALUE.test(value)) throw new TypeError('A cookie holds unreserved characters only.');
    reply.header(
      'set-cookie',
      `${this.nameOf(kind)}=${value}; ${this.attributes()}${seconds === undefined ? '' : `; Max-Age=${seconds}`}`,
    );
  }

  clear(reply: FastifyReply, kind: CookieKind): void {
    reply.header('set-cookie', `${this.nameOf(kind)}=; ${this.attributes()}; Max-Age=0`);
  }

  private attributes(): string {
    return `Path=/; HttpOnly; SameSite=Lax${this.isSecure ? '; Secure' : ''}`;
  }
}
