import { Inject, Injectable } from '@nestjs/common';
import type { Place, Session, SignedIn } from '@valetkey/accounts';
import { KnownPlaces, Sessions } from '@valetkey/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { FormParameters } from '@valetkey/oauth';
import { PageCookies } from '../pages/http/page-cookies.js';
import { PageError } from '../pages/http/page-error.js';

/** What a proxy before us takes as an address; longer requests are pushed (RFC 9126). */
const LONGEST_QUERY = 7_500;
/** Ninety days, in seconds. */
const DEVICE_REMEMBERED = 7_776_000;

/** The sign-in session of a browser, by its cookie. */
@Injectable()
export class BrowserSession {
  private readonly cookies: PageCookies;
  private readonly issuer: string;

  constructor(
    private readonly sessions: Sessions,
    private readonly places: KnownPlaces,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new PageCookies(config.issuer);
    this.issuer = config.issuer;
  }

  /** The living session, or `undefined` when there is none. */
  of(request: FastifyRequest): Promise<Session | undefined> {
    return this.sessions.find(this.cookies.read(request, 'session'));
  }

  /** Begins a session; the one the browser had ends, so that nobody who knew its value comes along (fixation). */
  async begin(by: SignedIn, request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const userAgent = request.headers['user-agent'] ?? '';
    const where = { address: request.ip, userAgent };
    const { value, session } = await this.sessions.begin(by, where, await this.of(request));
    this.cookies.set(reply, 'session', value);
    return session;
  }

  /**
   * Forms of other sites come without our cookies (SameSite=Lax). Answering one at once would take the browser for a new one, put
   * another secret in the place of the one it has, and so break every sign-in under way in it; nor would its session be seen. The
   * browser asks by GET instead, with its cookies (attack classes 24, 215).
   * @param path - of the endpoint, which takes the same request by GET
   * @returns the answer that sends the browser there, or `undefined` for a request that shows what the browser has
   * @throws PageError for one that is too long for an address
   */
  askByGet(
    path: '/authorize' | '/sign-out',
    parameters: FormParameters,
    { http, reply }: { http: FastifyRequest; reply: FastifyReply },
  ): FastifyReply | undefined {
    // Pages of our own and of our site come with cookies where there are any.
    const isOfOurSite = ['same-origin', 'same-site'].includes(String(http.headers['sec-fetch-site']));
    if (isOfOurSite || this.cookies.read(http, 'browser') !== undefined) return undefined;
    const query = parameters.toQuery();
    if (query.length > LONGEST_QUERY) throw new PageError('too_large', 'form_of_another_site_too_long');
    return reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
      .redirect(`${this.issuer}${path}?${query}`, 303);
  }

  /** Where it comes from, and what shows that somebody signed in at it before; strangers' failures then keep it from nothing. */
  placeOf(request: FastifyRequest): Place {
    return { address: request.ip, device: this.cookies.read(request, 'device') };
  }

  /** Somebody signed in here, with everything that was asked for. */
  async rememberPlace(accountId: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const device = await this.places.remember(accountId, this.placeOf(request));
    this.cookies.set(reply, 'device', device, DEVICE_REMEMBERED);
  }

  /** Whose browser it is: who is signed in, else who was lately; `undefined` for a stranger's. */
  async ownerOf(request: FastifyRequest): Promise<string | undefined> {
    const session = await this.of(request);
    return session?.accountId ?? (await this.places.accountOf(this.placeOf(request).device));
  }

  /** Ends the browser's session; nothing when it has none. @returns the session that ended */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const session = await this.of(request);
    if (session) await this.sessions.end(session.id, session.accountId, 'signed_out');
    this.cookies.clear(reply, 'session');
    return session;
  }
}
