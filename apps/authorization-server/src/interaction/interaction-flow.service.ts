import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Pages } from '../pages/http/pages.service.js';
import type { PageView } from '../pages/kit/page-view.js';
import { resultView } from '../pages/views/result.view.js';
import { AnswerSender } from './answer-sender.service.js';
import type { FormValues, NextStep } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';

/** Shows what comes next in an interaction, and takes decisions. */
@Injectable()
export class InteractionFlow {
  constructor(
    private readonly pages: Pages,
    private readonly answers: AnswerSender,
  ) {}

  /** What comes next; `sign_in` is for the caller to show. */
  next({ kind, interaction, visitor }: Opened): Promise<NextStep> {
    return kind.next(interaction, visitor);
  }

  async decide(opened: Opened, form: FormValues): Promise<FastifyReply> {
    const { kind, interaction, visitor, isOfSession, mark } = opened;
    // Only the living session that saw the page decides; who signed out, or signed in as somebody else, is shown what comes next.
    const { session } = visitor;
    if (!session || !isOfSession) {
      if (mark !== undefined) await kind.keep?.(interaction, mark, form);
      return this.again(opened);
    }
    return this.showStep(opened, await kind.decide(interaction, { ...visitor, session }, form));
  }

  async refuse(opened: Opened, why: 'cancelled' | 'too_weak'): Promise<FastifyReply> {
    return this.showStep(opened, await opened.kind.refuse(opened.interaction, why));
  }

  /** A page, or the answer to the application. A sign-in leads back to the interaction's own address. */
  showStep(opened: Opened, step: NextStep): FastifyReply {
    if (step.kind === 'sign_in' || step.kind === 'again') return this.again(opened);
    if (step.kind === 'page') return this.showPage(opened, step.view, step.status);
    const { caller, visitor } = opened;
    if (step.kind === 'result') {
      const { account, device } = this.pages.ways(visitor.messages);
      const links = [step.outcome === 'device_denied' ? device : account];
      return this.showPage(opened, resultView({ outcome: step.outcome, links }, visitor.messages));
    }
    const way = { application: caller.name ?? '', messages: visitor.messages };
    return step.kind === 'leave'
      ? this.answers.ask(opened.reply, step.answer, way)
      : this.answers.send(opened.reply, step.answer, way);
  }

  showPage({ reply, caller, visitor }: Opened, view: PageView, status = 200): FastifyReply {
    return this.pages.send(reply, view, { status, formAction: caller.returns, locale: visitor.messages.locale });
  }

  /** After a form: the browser asks anew, so that reloading repeats nothing (CO-14). */
  again({ reply, path }: Opened): FastifyReply {
    return reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).redirect(path, 303);
  }
}
