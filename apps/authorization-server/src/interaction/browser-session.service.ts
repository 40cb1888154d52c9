import { Inject, Injectable } from '@nestjs/common';
import type { Session, SignedIn } from '@valetkey/accounts';
import { Sessions } from '@valetkey/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { PageCookies } from '../pages/http/page-cookies.js';

/** Ninety days, in seconds. */
const DEVICE_REMEMBERED = 7_776_000;

/** The sign-in session of a browser, by its cookie. */
@Injectable()
export class BrowserSession {
  private readonly cookies: PageCookies;

  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new PageCookies(config.issuer);
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

  /** What shows that somebody signed in at this browser before; strangers' failures then keep it from nothing. */
  deviceOf(request: FastifyRequest): string | undefined {
    return this.cookies.read(request, 'device');
  }

  rememberDevice(reply: FastifyReply, device: string): void {
    this.cookies.set(reply, 'device', device, DEVICE_REMEMBERED);
  }

  /** Ends the browser's session; nothing when it has none. @returns the session that ended */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const session = await this.of(request);
    if (session) await this.sessions.end(session.id, session.accountId);
    this.cookies.clear(reply, 'session');
    return session;
  }
}
