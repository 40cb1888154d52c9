import { Injectable } from '@nestjs/common';
import type { FormParameters } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { formOf, NO_HEAD, queryOf } from '../../http/plain-routes.js';
import { AnswerSender } from '../../interaction/answer-sender.service.js';
import { BrowserSession } from '../../interaction/browser-session.service.js';
import { InteractionStarter } from '../../interaction/interaction-starter.service.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { Pages } from '../../pages/http/pages.service.js';
import { AuthorizationEndpoint } from './authorization-endpoint.service.js';
import { AUTHORIZATION } from './authorization.interaction.js';

/** GET and POST {issuer}/authorize (RFC 6749 section 3.1). */
@Injectable()
export class AuthorizeRoutes implements PlainRoutes {
  constructor(
    private readonly endpoint: AuthorizationEndpoint,
    private readonly starter: InteractionStarter,
    private readonly session: BrowserSession,
    private readonly sender: AnswerSender,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const url = `${prefix}/authorize`;
      scope.get(url, NO_HEAD, (request, reply) => this.authorize(request, reply, queryOf(request, 'note')));
      scope.post(url, (request, reply) => this.post(request, reply, formOf(request)));
      this.errors.refuseOtherMethods(scope, url, ['GET', 'POST']);
      this.errors.refuseOthersBelow(scope, url);
    });
  }

  private async post(http: FastifyRequest, reply: FastifyReply, form: FormParameters): Promise<FastifyReply> {
    return this.session.askByGet('/authorize', form, { http, reply }) ?? this.authorize(http, reply, form);
  }

  private async authorize(
    http: FastifyRequest,
    reply: FastifyReply,
    parameters: FormParameters,
  ): Promise<FastifyReply> {
    const outcome = await this.endpoint.handle(parameters, await this.session.of(http));
    if (outcome.kind === 'ask') {
      const { request, writes } = outcome;
      return this.starter.begin(AUTHORIZATION, { request }, { http, reply }, writes);
    }
    const way = { application: outcome.client.name, messages: this.pages.messages(http) };
    return outcome.kind === 'leave'
      ? this.sender.ask(reply, outcome.answer, way)
      : this.sender.send(reply, outcome.answer, way);
  }
}
