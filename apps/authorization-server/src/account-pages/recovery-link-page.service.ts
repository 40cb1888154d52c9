import { Inject, Injectable } from '@nestjs/common';
import type { Person, RecoveryOutcome } from '@valetkey/accounts';
import { PasswordRecovery } from '@valetkey/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { formOf } from '../http/plain-routes.js';
import { BrowserBinding, CSRF_FIELD } from '../pages/http/browser-binding.service.js';
import { PageError } from '../pages/http/page-error.js';
import { Pages } from '../pages/http/pages.service.js';
import type { NewPasswordModel } from '../pages/views/new-password.view.js';
import { newPasswordView } from '../pages/views/new-password.view.js';
import { resultView } from '../pages/views/result.view.js';
import { recoveryUrl } from './account-addresses.js';
import { LEAST_LENGTH, newPasswordOf, shownProblem } from './new-password-form.js';

export type LinkRequest = FastifyRequest<{ Params: { id: string } }>;

/** The page that a recovery link opens. Opening it uses nothing up: programs look at links in mails. */
@Injectable()
export class RecoveryLinkPage {
  constructor(
    private readonly recovery: PasswordRecovery,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async show(http: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
    const person = await this.recovery.personOf(http.params.id);
    return person ? this.ask(http, reply, person) : this.over(http, reply);
  }

  /** Sets the password and signs nobody in: a second factor is asked for as ever. */
  async submit(http: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
    const value = http.params.id;
    this.binding.check(http, purposeOf(value));
    const person = await this.recovery.personOf(value);
    if (!person) return this.over(http, reply);
    const { password, problem } = newPasswordOf(formOf(http));
    if (problem !== undefined) return this.ask(http, reply, person, problem);
    const outcome = await this.recovery.complete(value, password);
    return this.answer(http, reply, person, outcome);
  }

  private answer(http: LinkRequest, reply: FastifyReply, person: Person, outcome: RecoveryOutcome): FastifyReply {
    switch (outcome.outcome) {
      case 'changed':
        return reply
          .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
          .redirect(recoveryUrl(this.config.issuer, 'done'), 303);
      case 'unsuitable':
        return this.ask(http, reply, person, shownProblem(outcome.problem));
      case 'wait':
        throw new PageError('too_many', 'hasher_busy');
      case 'refused':
        return this.over(http, reply);
    }
  }

  private ask(
    http: LinkRequest,
    reply: FastifyReply,
    { username, locale }: Person,
    problem?: NewPasswordModel['problem'],
  ): FastifyReply {
    const { id } = http.params;
    const messages = this.pages.messages(http, locale);
    const csrf = this.binding.csrf(this.binding.of(http, reply), purposeOf(id));
    const model: NewPasswordModel = {
      form: { action: recoveryUrl(this.config.issuer, id), hidden: { [CSRF_FIELD]: csrf } },
      account: username,
      askCurrent: false,
      least: LEAST_LENGTH,
      ...(problem && { problem }),
    };
    const status = problem === undefined ? 200 : 400;
    return this.pages.send(reply, newPasswordView(model, messages), { status, locale: messages.locale });
  }

  /** Used, too old, never made, or of an account that is disabled: the same page. */
  private over(http: LinkRequest, reply: FastifyReply): FastifyReply {
    const messages = this.pages.messages(http);
    const again = { label: messages.recovery.submit, url: recoveryUrl(this.config.issuer) };
    const view = resultView({ outcome: 'recovery_expired', links: [again] }, messages);
    return this.pages.send(reply, view, { status: 400, locale: messages.locale });
  }
}

function purposeOf(value: string): string {
  return `recovery:${value}`;
}
