import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { FormParameters } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { PageCookies } from './page-cookies.js';
import { PageError } from './page-error.js';

/** Name of the hidden field. */
export const CSRF_FIELD = 'csrf';

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Ties what a person does to the browser it began in. Each browser has a secret of its own in a cookie that scripts cannot
 * read; a form carries a digest of the secret and of what the form is for, which no other site can know or move to another
 * form. The server keeps nothing.
 */
@Injectable()
export class BrowserBinding {
  private readonly cookies: PageCookies;
  private readonly origin: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'issuer'>) {
    this.cookies = new PageCookies(config.issuer);
    this.origin = new URL(config.issuer).origin;
  }

  /** The browser's secret, made and set when it has none. Bind transactions to its digest, never show it. */
  of(request: FastifyRequest, reply: FastifyReply): string {
    const present = this.find(request);
    if (present !== undefined) return present;
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    this.cookies.set(reply, 'browser', secret);
    return secret;
  }

  /** The browser's secret, or `undefined` when it has none: then it began nothing here. */
  find(request: FastifyRequest): string | undefined {
    const value = this.cookies.read(request, 'browser');
    return value !== undefined && SECRET.test(value) ? value : undefined;
  }

  /**
   * The value of the hidden field {@link CSRF_FIELD}.
   * @param purpose - what the form is for, with the transaction where there is one: `consent:<id>`
   */
  csrf(browser: string, purpose: string): string {
    return createHmac('sha256', browser).update(`csrf:${purpose}`).digest('base64url');
  }

  /**
   * Lets a form through only when our page in this browser sent it, for this purpose.
   * @throws PageError 403 `forged_form` otherwise; nothing has been done then
   */
  check(request: FastifyRequest, purpose: string): void {
    this.checkOrigin(request);
    if (this.find(request) === undefined) throw new PageError('forged_form', 'browser_unknown');
    if (!this.carries(request, CSRF_FIELD, purpose)) throw new PageError('forged_form', 'csrf_mismatch');
  }

  /** Whether the form's field is what {@link csrf} gave this browser for the purpose. */
  carries(request: FastifyRequest, field: string, purpose: string): boolean {
    const browser = this.find(request);
    const sent = request.body instanceof FormParameters ? request.body.get(field) : undefined;
    return browser !== undefined && sent !== undefined && isSame(sent, this.csrf(browser, purpose));
  }

  /** @throws PageError 403 for a request that a page of another origin made, as far as the browser tells */
  checkOrigin(request: FastifyRequest): void {
    if (!this.isFromOurPage(request)) throw new PageError('forged_form', 'form_of_another_origin');
  }

  /**
   * Sec-Fetch-Site decides where it is sent: our pages have `no-referrer`, so their forms come with `Origin: null`. Older
   * browsers send Origin alone; a program that sends neither still needs the cookie and the field.
   */
  private isFromOurPage({ headers }: FastifyRequest): boolean {
    const site = headers['sec-fetch-site'];
    const { origin } = headers;
    if (origin !== undefined && origin !== 'null' && origin !== this.origin) return false;
    if (site !== undefined) return site === 'same-origin';
    return origin !== 'null';
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
