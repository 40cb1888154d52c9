import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { FormParameters } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { formOf, queryOf, refuseOtherMethods } from '../../http/plain-routes.js';
import { BrowserSession } from '../../interaction/browser-session.service.js';
import { BrowserBinding, CSRF_FIELD } from '../../pages/http/browser-binding.service.js';
import { PageError } from '../../pages/http/page-error.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { Pages } from '../../pages/http/pages.service.js';
import { resultView } from '../../pages/views/result.view.js';
import { signOutView } from '../../pages/views/sign-out.view.js';
import type { SignOutRequest } from './sign-out-requests.service.js';
import { SignOutRequests } from './sign-out-requests.service.js';

const PURPOSE = 'sign-out';

/** GET and POST {issuer}/sign-out: RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class SignOutRoutes implements PlainRoutes {
  constructor(
    private readonly requests: SignOutRequests,
    private readonly session: BrowserSession,
    private readonly persons: Persons,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/sign-out`;
    this.errors.scope(fastify, (scope) => {
      scope.get(url, (request, reply) => this.start(request, reply, queryOf(request)));
      scope.post(url, (request, reply) => this.post(request, reply, formOf(request)));
      refuseOtherMethods(scope, url, ['GET', 'HEAD', 'POST']);
    });
  }

  private async start(http: FastifyRequest, reply: FastifyReply, parameters: FormParameters): Promise<FastifyReply> {
    const request = await this.requests.read(parameters);
    if (!request) throw new PageError('bad_request', 'sign_out_request_invalid');
    const session = await this.session.of(http);
    if (!session) return this.done(http, reply, request);
    // OC-07: a good hint made in this very session is her application's word; anything else she confirms herself.
    if (this.requests.isSure(request, session)) return this.signOut(http, reply, request);
    return this.confirm(http, reply, request, session);
  }

  /** The form of our own page, or a request that comes by POST. */
  private async post(http: FastifyRequest, reply: FastifyReply, form: FormParameters): Promise<FastifyReply> {
    const decision = form.get('decision');
    if (decision === undefined) return this.start(http, reply, form);
    this.binding.check(http, PURPOSE);
    const request = await this.requests.read(form);
    if (!request) throw new PageError('bad_request', 'sign_out_request_invalid');
    if (decision === 'sign_out') return this.signOut(http, reply, request);
    const messages = this.pages.messages(http, request.uiLocales);
    return this.pages.send(reply, resultView({ outcome: 'still_signed_in' }, messages), { locale: messages.locale });
  }

  private async confirm(
    http: FastifyRequest,
    reply: FastifyReply,
    request: SignOutRequest,
    session: Session,
  ): Promise<FastifyReply> {
    const messages = this.pages.messages(http, request.uiLocales);
    const person = await this.persons.find(session.accountId);
    const csrf = this.binding.csrf(this.binding.of(http, reply), PURPOSE);
    const { pathname } = new URL(http.url, 'http://localhost');
    const form = { action: pathname, hidden: { ...request.parameters, [CSRF_FIELD]: csrf } };
    const application = request.client && { application: request.client.name };
    const view = signOutView({ form, account: person?.username ?? '', ...application }, messages);
    const formAction = request.returnTo === undefined ? [] : [request.returnTo];
    return this.pages.send(reply, view, { formAction, locale: messages.locale });
  }

  private async signOut(http: FastifyRequest, reply: FastifyReply, request: SignOutRequest): Promise<FastifyReply> {
    await this.session.end(http, reply);
    return this.done(http, reply, request);
  }

  private done(http: FastifyRequest, reply: FastifyReply, request: SignOutRequest): FastifyReply {
    if (request.location !== undefined)
      return reply
        .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
        .redirect(request.location, 303);
    const messages = this.pages.messages(http, request.uiLocales);
    return this.pages.send(reply, resultView({ outcome: 'signed_out' }, messages), { locale: messages.locale });
  }
}
