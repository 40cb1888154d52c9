import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import { isStranger } from '@valetkey/clients';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerSender } from '../../interaction/answer-sender.service.js';
import { BrowserBinding, CSRF_FIELD } from '../../pages/http/browser-binding.service.js';
import { Pages } from '../../pages/http/pages.service.js';
import { resultView } from '../../pages/views/result.view.js';
import { signOutView } from '../../pages/views/sign-out.view.js';
import type { SignOutRequest } from './sign-out-requests.service.js';

/** What the form of the page is for. */
export const SIGN_OUT_PURPOSE = 'sign-out';

/** What a person sees who signs out, or where she goes. */
@Injectable()
export class SignOutPages {
  constructor(
    private readonly persons: Persons,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly answers: AnswerSender,
  ) {}

  /** Asks whether she wants to. */
  async confirm(
    http: FastifyRequest,
    reply: FastifyReply,
    request: SignOutRequest,
    session: Session,
  ): Promise<FastifyReply> {
    const messages = this.pages.messages(http, request.uiLocales);
    const person = await this.persons.find(session.accountId);
    const csrf = this.binding.csrf(this.binding.of(http, reply), SIGN_OUT_PURPOSE);
    const { pathname } = new URL(http.url, 'http://localhost');
    const form = { action: pathname, hidden: { ...request.parameters, [CSRF_FIELD]: csrf } };
    const application = request.client && { application: request.client.name };
    const view = signOutView({ form, account: person?.username ?? '', ...application }, messages);
    const formAction = request.returnTo === undefined ? [] : [request.returnTo];
    return this.pages.send(reply, view, { formAction, locale: messages.locale });
  }

  /** Nobody has to be asked, but nobody is sent to a stranger unasked, whatever hint comes along. */
  withoutSession(http: FastifyRequest, reply: FastifyReply, request: SignOutRequest): FastifyReply {
    const { client, location } = request;
    if (client === undefined || location === undefined || !isStranger(client)) return this.done(http, reply, request);
    const messages = this.pages.messages(http, request.uiLocales);
    return this.answers.ask(reply, { kind: 'redirect', location }, { application: client.name, messages });
  }

  stillSignedIn(http: FastifyRequest, reply: FastifyReply, { uiLocales }: SignOutRequest): FastifyReply {
    const messages = this.pages.messages(http, uiLocales);
    const view = resultView({ outcome: 'still_signed_in', links: [this.pages.ways(messages).account] }, messages);
    return this.pages.send(reply, view, { locale: messages.locale });
  }

  /** Back to the application where it said so, or a page that says that it is done. */
  done(http: FastifyRequest, reply: FastifyReply, request: SignOutRequest): FastifyReply {
    if (request.location !== undefined)
      return reply
        .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
        .redirect(request.location, 303);
    const messages = this.pages.messages(http, request.uiLocales);
    const view = resultView({ outcome: 'signed_out', links: [this.pages.ways(messages).signIn] }, messages);
    return this.pages.send(reply, view, { locale: messages.locale });
  }
}
