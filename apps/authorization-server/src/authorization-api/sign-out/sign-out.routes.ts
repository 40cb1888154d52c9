import { Injectable } from '@nestjs/common';
import type { FormParameters } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { formOf, NO_HEAD, queryOf } from '../../http/plain-routes.js';
import { BrowserSession } from '../../interaction/browser-session.service.js';
import { BrowserBinding } from '../../pages/http/browser-binding.service.js';
import { PageError } from '../../pages/http/page-error.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { SIGN_OUT_PURPOSE, SignOutPages } from './sign-out-pages.service.js';
import type { SignOutRequest } from './sign-out-requests.service.js';
import { SignOutRequests } from './sign-out-requests.service.js';

/** GET and POST {issuer}/sign-out: RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class SignOutRoutes implements PlainRoutes {
  constructor(
    private readonly requests: SignOutRequests,
    private readonly session: BrowserSession,
    private readonly show: SignOutPages,
    private readonly binding: BrowserBinding,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/sign-out`;
    this.errors.scope(fastify, (scope) => {
      scope.get(url, NO_HEAD, (request, reply) => this.start(request, reply, queryOf(request)));
      scope.post(url, (request, reply) => this.post(request, reply, formOf(request)));
      this.errors.refuseOtherMethods(scope, url, ['GET', 'POST']);
      this.errors.refuseOthersBelow(scope, url);
    });
  }

  private async start(http: FastifyRequest, reply: FastifyReply, parameters: FormParameters): Promise<FastifyReply> {
    const request = await this.requests.read(parameters);
    if (!request) throw new PageError('bad_request', 'sign_out_request_invalid');
    const session = await this.session.of(http);
    if (!session) return this.show.withoutSession(http, reply, request);
    // OC-07: a good hint made in this very session is her application's word; anything else she confirms herself.
    if (this.requests.isSure(request, session)) return this.signOut(http, reply, request);
    return this.show.confirm(http, reply, request, session);
  }

  /** The form of our own page, or a request that comes by POST. */
  private async post(http: FastifyRequest, reply: FastifyReply, form: FormParameters): Promise<FastifyReply> {
    const decision = form.get('decision');
    if (decision === undefined)
      return this.session.askByGet('/sign-out', form, { http, reply }) ?? this.start(http, reply, form);
    this.binding.check(http, SIGN_OUT_PURPOSE);
    const request = await this.requests.read(form);
    if (!request) throw new PageError('bad_request', 'sign_out_request_invalid');
    if (decision === 'sign_out') return this.signOut(http, reply, request);
    return this.show.stillSignedIn(http, reply, request);
  }

  private async signOut(http: FastifyRequest, reply: FastifyReply, request: SignOutRequest): Promise<FastifyReply> {
    await this.session.end(http, reply);
    return this.show.done(http, reply, request);
  }
}
