import { Injectable } from '@nestjs/common';
import { ACR, isAcrAtLeast } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from './browser-session.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { SignInReason } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { PasskeySignInFlow } from './passkey-sign-in.service.js';
import { SignInPages } from './sign-in-pages.service.js';

/** Which step of signing in an interaction needs next: a password, a code, a passkey. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly pages: SignInPages,
    private readonly session: BrowserSession,
    private readonly firstFactors: FirstFactors,
    private readonly passkey: PasskeySignInFlow,
  ) {}

  /** What the interaction needs next: a page of signing in, or whatever its kind shows. */
  async show(opened: Opened): Promise<FastifyReply> {
    const step = await this.flow.next(opened);
    if (step.kind !== 'sign_in') return this.flow.showStep(opened, step);
    const isSure = hasTwoFactors(opened, step.why);
    const waiting = isSure ? undefined : await this.firstFactors.waitingForCode(opened, step.why);
    if (waiting !== undefined) return this.pages.code(opened, waiting.accountId, { isSignedIn: waiting.isSession });
    const { session } = opened.visitor;
    if (step.why === 'stronger' && session) {
      const isPossible = await this.passkey.isPossible(session.accountId);
      return isPossible ? this.passkey.show(opened) : this.flow.refuse(opened, 'too_weak');
    }
    return this.pages.password(opened, step.why === 'again' ? { reason: 'again' } : {});
  }

  /** "Not you?": signs out, forgets whose password was given, and starts again. */
  async leave(opened: Opened): Promise<FastifyReply> {
    if (opened.interaction.firstFactor) await this.firstFactors.forget(opened);
    await this.session.end(opened.http, opened.reply);
    return this.flow.again(opened);
  }
}

/** Another code would not make her sign-in any stronger. */
function hasTwoFactors({ visitor: { session } }: Opened, why: SignInReason): boolean {
  return why === 'stronger' && session !== undefined && isAcrAtLeast(session.acr, ACR.twoFactors);
}
