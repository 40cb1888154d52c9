import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { OneTimeCodes, RecoveryCodes } from '@valetkey/accounts';
import { ACR, AMR, isAcrAtLeast } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from '../interaction/browser-session.service.js';
import type { FormValues } from '../interaction/interaction-kind.js';
import { oneTimeCodesView } from '../pages/views/one-time-codes.view.js';
import { recoveryCodesView } from '../pages/views/recovery-codes.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Takes an authenticator app into use: picture and text of its secret, then a code of it. */
@Injectable()
export class AuthenticatorAppPage implements AccountPage {
  readonly page = 'codes/app';
  readonly demand = 'surest';

  constructor(
    private readonly codes: OneTimeCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly browser: BrowserSession,
  ) {}

  show(visit: AccountVisit): Promise<FastifyReply> {
    return this.ask(visit, false);
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const { person, session, http, reply, messages } = visit;
    if (!(await this.codes.confirm(person.id, form.get('code') ?? ''))) return this.ask(visit, true);
    const codes = await this.recoveryCodes.renew(person.id);
    await this.browser.begin(withCode(session), http, reply);
    return visit.show(recoveryCodesView({ account: person.username, codes, nextUrl: visit.url('codes') }, messages));
  }

  private async ask(visit: AccountVisit, wrong: boolean): Promise<FastifyReply> {
    const { person, form, messages } = visit;
    const pending = await this.codes.pending(person.id, person.username);
    if (!pending) return visit.goTo('codes');
    const model = { ...pending, form, account: person.username, wrong, cancelUrl: visit.url('codes') };
    return visit.show(oneTimeCodesView(model, messages), wrong ? 400 : 200);
  }
}

/** The session of somebody who has just given a code as well; its time stays that of the first factor. */
function withCode(session: Session): Session {
  if (isAcrAtLeast(session.acr, ACR.twoFactors)) return session;
  const amr = [...new Set([...session.amr, AMR.oneTimeCode, AMR.multipleFactors])];
  return { ...session, acr: ACR.twoFactors, amr };
}
