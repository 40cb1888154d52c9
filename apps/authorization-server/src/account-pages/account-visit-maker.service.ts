import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { BrowserBinding, CSRF_FIELD } from '../pages/http/browser-binding.service.js';
import { PageError } from '../pages/http/page-error.js';
import { PageCookies } from '../pages/http/page-cookies.js';
import { Pages } from '../pages/http/pages.service.js';
import type { AccountPageName } from './account-addresses.js';
import { accountUrl } from './account-addresses.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Seconds from a form to the page behind it. */
const TOLD_WITHIN = 60;

/** Puts together what a page of the account works with. */
@Injectable()
export class AccountVisitMaker {
  private readonly cookies: PageCookies;

  constructor(
    private readonly persons: Persons,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.cookies = new PageCookies(config.issuer);
  }

  /** @throws PageError when the account is gone */
  async make(page: AccountPage, session: Session, http: FastifyRequest, reply: FastifyReply): Promise<AccountVisit> {
    const person = await this.persons.find(session.accountId);
    if (!person) throw new PageError('expired', 'account_gone_meanwhile');
    const messages = this.pages.messages(http, person.locale);
    const url: AccountVisit['url'] = (name) => accountUrl(this.config.issuer, name);
    const csrf = this.binding.csrf(this.binding.of(http, reply), purposeOf(page, session));
    return {
      http,
      reply,
      session,
      person,
      messages,
      time: { now: this.clock.now(), ...(person.zone !== null && { zone: person.zone }) },
      form: { action: url(page.page), hidden: { [CSRF_FIELD]: csrf } },
      url,
      show: (view, status = 200) => this.pages.send(reply, view, { status, locale: messages.locale }),
      told: () => this.told(page.page, http, reply),
      goTo: (name, told) => {
        if (told !== undefined) this.cookies.set(reply, 'told', `${name}.${told}`, TOLD_WITHIN);
        return reply
          .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
          .redirect(url(name), 303);
      },
    };
  }

  /** Gone when it was looked at, by a page it is not for, too. */
  private told(page: AccountPageName, http: FastifyRequest, reply: FastifyReply): string | undefined {
    const told = this.cookies.read(http, 'told');
    if (told === undefined) return undefined;
    this.cookies.clear(reply, 'told');
    return told.startsWith(`${page}.`) ? told.slice(page.length + 1) : undefined;
  }
}

/** A form of another page, or of a former session in the same browser, does nothing (attack class 215). */
export function purposeOf({ page }: AccountPage, { id }: Session): string {
  return `account/${page}:${id}`;
}
