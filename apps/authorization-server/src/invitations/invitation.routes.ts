import { Injectable } from '@nestjs/common';
import { opaqueKeyOf } from '@valetkey/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { NO_HEAD } from '../http/plain-routes.js';
import { InteractionStarter } from '../interaction/interaction-starter.service.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { Pages } from '../pages/http/pages.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationPage } from './invitation-page.service.js';
import type { InvitationContent } from './invitation-answers.service.js';
import { INVITATION } from './invitation.interaction.js';

type LinkRequest = FastifyRequest<{ Params: { id: string } }>;

/**
 * {issuer}/invitations/: where the link of an invitation leads. The browser is sent on at once, so that the value stays in no history and
 * is on no page. Nothing of it is used up here.
 */
@Injectable()
export class InvitationRoutes implements PlainRoutes {
  constructor(
    private readonly links: InvitationLinks,
    private readonly starter: InteractionStarter,
    private readonly page: InvitationPage,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/invitations/:id`;
    this.errors.scope(fastify, (scope) => {
      scope.get(url, NO_HEAD, (request: LinkRequest, reply) => this.open(request, reply));
      this.errors.refuseOtherMethods(scope, url, ['GET']);
    });
  }

  private async open(http: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
    const hash = opaqueKeyOf(http.params.id, 'il');
    if (hash !== undefined && (await this.links.offerOf(hash))) {
      const content: InvitationContent = { hash };
      return this.starter.begin(INVITATION, content, { http, reply });
    }
    const messages = this.pages.messages(http);
    return this.pages.send(reply, this.page.over(messages), { status: 400, locale: messages.locale });
  }
}
