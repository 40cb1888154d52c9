import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { ACR, AMR } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import type { SecondStepModel } from '../pages/views/second-step.view.js';
import { BrowserSession } from './browser-session.service.js';
import type { CodeKind, PassedFirst } from './first-factors.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { FormValues } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { SignInCompletion } from './sign-in-completion.service.js';
import { SignInPages } from './sign-in-pages.service.js';

/** RFC 8176 has no word for a code on paper; that there were two factors is true of both. */
const METHODS: Readonly<Record<CodeKind, readonly string[]>> = {
  app: [AMR.password, AMR.oneTimeCode, AMR.multipleFactors],
  recovery_code: [AMR.password, AMR.multipleFactors],
};

function lockedUntil(until: Instant): SecondStepModel['problem'] {
  return { kind: 'locked', until };
}

/** The second step: a code beside the password. */
@Injectable()
export class CodeStep {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly pages: SignInPages,
    private readonly session: BrowserSession,
    private readonly firstFactors: FirstFactors,
    private readonly completion: SignInCompletion,
    private readonly clock: Clock,
  ) {}

  /** Its page for the kind of code that was chosen. */
  async show(opened: Opened, asks: CodeKind): Promise<FastifyReply> {
    return this.forWhoWaits(opened, ({ accountId, isSession }) =>
      this.pages.code(opened, accountId, { asks, isSignedIn: isSession }),
    );
  }

  async submit(opened: Opened, form: FormValues, asks: CodeKind): Promise<FastifyReply> {
    if (form.get('decision') === 'cancel') return this.flow.refuse(opened, 'cancelled');
    return this.forWhoWaits(opened, async (first) => {
      const { accountId, isSession: isSignedIn } = first;
      const code = form.get('code') ?? '';
      const place = this.session.placeOf(opened.http);
      const outcome = await this.firstFactors.complete(accountId, code, asks, place);
      if (outcome === 'accepted') return this.accept(opened, first, asks);
      const next = outcome === 'refused' ? await this.firstFactors.standing(accountId, place) : outcome;
      const problem = 'until' in next ? lockedUntil(next.until) : ({ kind: 'wrong', code, left: next.left } as const);
      return this.pages.code(opened, accountId, { asks, isSignedIn, problem }, outcome === 'refused' ? 401 : 429);
    });
  }

  /** Goes on with who has only a code to give, by the reason for which a sign-in is asked now. */
  private async forWhoWaits(opened: Opened, go: (first: PassedFirst) => Promise<FastifyReply>): Promise<FastifyReply> {
    const step = await this.flow.next(opened);
    if (step.kind !== 'sign_in') return this.flow.showStep(opened, step);
    const first = await this.firstFactors.waitingForCode(opened, step.why);
    return first === undefined ? this.flow.again(opened) : go(first);
  }

  /** A code alone makes a sign-in stronger, never newer: a session's time stays that of its first factor. */
  private accept(opened: Opened, { accountId, at, isSession }: PassedFirst, asks: CodeKind): Promise<FastifyReply> {
    const authTime = isSession ? at : this.clock.now();
    const acr = ACR.twoFactors;
    return this.completion.begin(opened, { accountId, authTime, firstFactorAt: at, acr, amr: METHODS[asks] });
  }
}
