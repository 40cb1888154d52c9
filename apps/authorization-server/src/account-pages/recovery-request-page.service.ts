import { Inject, Injectable } from '@nestjs/common';
import { RecoveryRequests } from '@valetkey/accounts';
import { Clock, opaqueKeyOf } from '@valetkey/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { formOf, queryOf } from '../http/plain-routes.js';
import { BrowserBinding, CSRF_FIELD } from '../pages/http/browser-binding.service.js';
import { Pages } from '../pages/http/pages.service.js';
import type { ResultOutcome } from '../pages/messages/messages.js';
import { recoveryView } from '../pages/views/recovery.view.js';
import type { ResultModel } from '../pages/views/result.view.js';
import { resultView } from '../pages/views/result.view.js';
import { accountUrl, recoveryUrl } from './account-addresses.js';
import { RecoveryMails } from './recovery-mails.service.js';

const PURPOSE = 'recovery';

/** Asks for a link to a new password, and says how it goes on. */
@Injectable()
export class RecoveryRequestPage {
  constructor(
    private readonly requests: RecoveryRequests,
    private readonly mails: RecoveryMails,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  ask(http: FastifyRequest, reply: FastifyReply): FastifyReply {
    const messages = this.pages.messages(http);
    const csrf = this.binding.csrf(this.binding.of(http, reply), PURPOSE);
    const model = {
      form: { action: recoveryUrl(this.config.issuer), hidden: { [CSRF_FIELD]: csrf } },
      time: { now: this.clock.now() },
      signInUrl: this.signInUrl(http),
    };
    return this.pages.send(reply, recoveryView(model, messages), { locale: messages.locale });
  }

  /** Who asks sees and waits the same, whether there is such an account or not. */
  send(http: FastifyRequest, reply: FastifyReply): FastifyReply {
    this.binding.check(http, PURPOSE);
    const name = formOf(http).get('username') ?? '';
    this.requests.request(name, http.ip, (person, value) => this.mails.write(person, value, http));
    return reply
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .redirect(recoveryUrl(this.config.issuer, 'sent'), 303);
  }

  result(outcome: ResultOutcome, http: FastifyRequest, reply: FastifyReply): FastifyReply {
    const messages = this.pages.messages(http);
    const signIn = { label: messages.recovery.back, url: accountUrl(this.config.issuer, '') };
    const model: ResultModel = { outcome, links: [signIn] };
    return this.pages.send(reply, resultView(model, messages), { locale: messages.locale });
  }

  /** Back to the sign-in that she came from: an interaction by its value, never an address. */
  private signInUrl(http: FastifyRequest): string {
    const from = queryOf(http).get('from') ?? '';
    const { issuer } = this.config;
    return opaqueKeyOf(from, 'ia') === undefined ? accountUrl(issuer, '') : `${issuer}/interaction/${from}`;
  }
}
