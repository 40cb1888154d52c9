import { Injectable } from '@nestjs/common';
import { PasswordSignIn, SignInOutdated } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import { ACR } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from './browser-session.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { FormValues } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { SignInPages } from './sign-in-pages.service.js';

type SignIn = Parameters<BrowserSession['begin']>[0];

/** Signing in within an interaction: password, then a one-time code where the person has set one up. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly pages: SignInPages,
    private readonly session: BrowserSession,
    private readonly passwords: PasswordSignIn,
    private readonly firstFactors: FirstFactors,
    private readonly clock: Clock,
  ) {}

  /** What the interaction needs next: a page of signing in, or whatever its kind shows. */
  async show(opened: Opened): Promise<FastifyReply> {
    const step = await this.flow.next(opened);
    if (step.kind !== 'sign_in') return this.flow.showStep(opened, step);
    const waiting = await this.firstFactors.waitingForCode(opened, step.why);
    if (waiting !== undefined) return this.pages.code(opened, waiting);
    const isTooWeak = step.why === 'stronger' && opened.visitor.session !== undefined;
    if (isTooWeak) return this.flow.refuse(opened, 'too_weak');
    return this.pages.password(opened, step.why === 'again' ? { reason: 'again' } : {});
  }

  /** The form of the sign-in page. */
  async password(opened: Opened, form: FormValues): Promise<FastifyReply> {
    if (form.get('decision') === 'cancel') return this.flow.refuse(opened, 'cancelled');
    const username = form.get('username') ?? '';
    const { http } = opened;
    const password = form.get('password') ?? '';
    const outcome = await this.passwords.attempt(username, password, http.ip, this.session.deviceOf(http));
    if (outcome.outcome === 'refused') {
      return this.pages.password(opened, { username, problem: { kind: 'refused' } }, 401);
    }
    if (outcome.outcome === 'wait') {
      return this.pages.password(opened, { username, problem: { kind: 'wait', until: outcome.until } }, 429);
    }
    const { person, needsSecondFactor, authTime, device } = outcome;
    this.session.rememberDevice(opened.reply, device);
    if (needsSecondFactor) {
      await this.firstFactors.remember(opened, person.id, authTime);
      return this.flow.again(opened);
    }
    return this.begin(opened, { accountId: person.id, authTime, acr: ACR.password, amr: ['pwd'] });
  }

  /** The form of the second step. */
  async code(opened: Opened, form: FormValues): Promise<FastifyReply> {
    const accountId = await this.firstFactors.waitingForCode(opened, 'stronger');
    if (accountId === undefined) return this.flow.again(opened);
    const outcome = await this.firstFactors.complete(accountId, form.get('code') ?? '');
    if (outcome === 'refused') return this.pages.code(opened, accountId, { kind: 'wrong' }, 401);
    if (outcome !== 'accepted') {
      return this.pages.code(opened, accountId, { kind: 'locked', until: outcome.until }, 429);
    }
    const amr = ['pwd', 'otp', 'mfa'];
    return this.begin(opened, { accountId, authTime: this.clock.now(), acr: ACR.twoFactors, amr });
  }

  /** "Not you?": signs out and starts again. */
  async leave(opened: Opened): Promise<FastifyReply> {
    await this.session.end(opened.http, opened.reply);
    return this.flow.again(opened);
  }

  private async begin(opened: Opened, by: SignIn): Promise<FastifyReply> {
    try {
      await this.session.begin(by, opened.http, opened.reply);
    } catch (cause) {
      if (!(cause instanceof SignInOutdated)) throw cause;
    }
    return this.flow.again(opened);
  }
}
