import { Injectable } from '@nestjs/common';
import type { PasswordChange } from '@valetkey/accounts';
import { Passwords } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from '../interaction/browser-session.service.js';
import type { FormValues } from '../interaction/interaction-kind.js';
import { PageError } from '../pages/http/page-error.js';
import type { NewPasswordModel } from '../pages/views/new-password.view.js';
import { newPasswordView } from '../pages/views/new-password.view.js';
import { resultView } from '../pages/views/result.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';
import { LEAST_LENGTH, newPasswordOf, shownProblem } from './new-password-form.js';

/** Another password. Asks for the present one; all other sessions end, and this one gets a new value. */
@Injectable()
export class PasswordPage implements AccountPage {
  readonly page = 'password';
  readonly demand = 'recent';

  constructor(
    private readonly passwords: Passwords,
    private readonly browser: BrowserSession,
  ) {}

  show(visit: AccountVisit): FastifyReply {
    return this.ask(visit);
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const { person, session, http, reply } = visit;
    const current = form.get('current_password') ?? '';
    const { password, problem } = newPasswordOf(form);
    if (problem !== undefined) return this.ask(visit, problem);
    if (password === current) return this.ask(visit, 'same');
    const change = await this.passwords.change(person, { current, next: password }, session.id);
    if (change.outcome !== 'changed') return this.ask(visit, problemOf(change));
    await this.browser.begin(session, http, reply);
    return visit.goTo('password/changed');
  }

  private ask(visit: AccountVisit, problem?: NewPasswordModel['problem']): FastifyReply {
    const model: NewPasswordModel = {
      form: visit.form,
      account: visit.person.username,
      askCurrent: true,
      least: LEAST_LENGTH,
      cancelUrl: visit.url(''),
      ...(problem && { problem }),
    };
    return visit.show(newPasswordView(model, visit.messages), problem === undefined ? 200 : 400);
  }
}

function problemOf(change: Exclude<PasswordChange, { outcome: 'changed' }>): NonNullable<NewPasswordModel['problem']> {
  if (change.outcome === 'wait') throw new PageError('too_many', 'password_change_throttled');
  return change.outcome === 'unsuitable' ? shownProblem(change.problem) : 'current_wrong';
}

/** What came of it. */
@Injectable()
export class PasswordChangedPage implements AccountPage {
  readonly page = 'password/changed';
  readonly demand = 'session';

  show(visit: AccountVisit): FastifyReply {
    const { messages } = visit;
    const links = [{ label: messages.account.back, url: visit.url('') }];
    return visit.show(resultView({ outcome: 'password_changed', links }, messages));
  }
}
