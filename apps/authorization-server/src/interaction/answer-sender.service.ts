import { Injectable } from '@nestjs/common';
import type { AuthorizationAnswer } from '@valetkey/oauth';
import type { FastifyReply } from 'fastify';
import { Pages } from '../pages/http/pages.service.js';
import type { Messages } from '../pages/messages/messages.js';
import { formPostView } from '../pages/views/form-post.view.js';
import type { WayOut } from '../pages/views/leaving.view.js';
import { leavingView } from '../pages/views/leaving.view.js';

/** Sends answers to applications by way of the browser. */
@Injectable()
export class AnswerSender {
  constructor(private readonly pages: Pages) {}

  /** A redirect with 303, so that no form is posted to the application (CO-14), or a page that posts the answer. */
  send(
    reply: FastifyReply,
    answer: AuthorizationAnswer,
    { application, messages }: { application: string; messages: Messages },
  ): FastifyReply {
    if (answer.kind === 'redirect') {
      return reply
        .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
        .redirect(answer.location, 303);
    }
    const { action, fields } = answer;
    const view = formPostView({ action, fields, application }, messages);
    return this.pages.send(reply, view, { formAction: [action], locale: messages.locale });
  }

  /** A page that asks whether to go there, for what nobody vouches for (RFC 9700 section 4.11.2). */
  ask(
    reply: FastifyReply,
    way: WayOut,
    { application, messages }: { application: string; messages: Messages },
  ): FastifyReply {
    const formAction = way.kind === 'form_post' ? [way.action] : [];
    const view = leavingView({ application, way }, messages);
    return this.pages.send(reply, view, { formAction, locale: messages.locale });
  }
}
