import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { BrowserSession } from '../interaction/browser-session.service.js';
import { BrowserBinding } from '../pages/http/browser-binding.service.js';

/** Header of a change; its value is `csrf_token` of GET /me/session. */
const CSRF_HEADER = 'x-csrf-token';
const READING = ['GET', 'HEAD'];
/** What a page of ours sends, or a person who opens the address; older browsers send nothing. */
const OWN_SITES = [undefined, 'same-origin', 'none'];

/** The owner API by the sign-in session of a browser: pages of this server alone, and no token reaches a script (attack class 215). */
@Injectable()
export class OwnSession {
  private readonly origin: string;

  constructor(
    private readonly session: BrowserSession,
    private readonly binding: BrowserBinding,
    @Inject(CONFIG) { issuer }: Config,
  ) {
    this.origin = new URL(issuer).origin;
  }

  /** The living session that a request may use; `undefined` when there is none, or when a page of another origin asks. */
  async of(request: FastifyRequest): Promise<Session | undefined> {
    const { 'sec-fetch-site': site, origin } = request.headers;
    // An older browser says of another site's page no more than its origin (attack class 237). Of a change `checkChange` asks more.
    const isForeignRead = READING.includes(request.method) && origin !== undefined && origin !== this.origin;
    return OWN_SITES.includes(site as string) && !isForeignRead ? this.session.of(request) : undefined;
  }

  /** What goes with changes of this session, from this browser. */
  csrfOf({ id }: Session, request: FastifyRequest, reply: FastifyReply): string {
    return this.binding.csrf(this.binding.of(request, reply), purposeOf(id));
  }

  /**
   * Lets a request through that reads, or that our page in this browser and session made.
   * @throws OAuthError 403 access_denied otherwise, 400 invalid_request for a form; nothing has been done then
   */
  checkChange(session: Session, request: FastifyRequest): void {
    if (READING.includes(request.method)) return;
    // What a form of any site could be sent as.
    if (request.body instanceof FormParameters) throw new OAuthError('invalid_request', 'malformed_body');
    const { origin, [CSRF_HEADER]: sent } = request.headers;
    const browser = this.binding.find(request);
    const isOurs = origin === this.origin && browser !== undefined && typeof sent === 'string';
    if (!isOurs || !isSame(sent, this.binding.csrf(browser, purposeOf(session.id)))) {
      throw new OAuthError('access_denied', 'request_forged', {}, 403);
    }
  }

  /** Ends it, and with it what clients have because of it. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.session.end(request, reply);
  }
}

/** The value of another session in the same browser changes nothing in this one. */
function purposeOf(sessionId: string): string {
  return `owner-api:${sessionId}`;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
