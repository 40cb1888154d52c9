import { Injectable } from '@nestjs/common';
import { PasswordSignIn } from '@valetkey/accounts';
import { ACR, AMR } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from './browser-session.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { FormValues } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { SignInCompletion } from './sign-in-completion.service.js';
import { SignInPages } from './sign-in-pages.service.js';

/** The form of the sign-in page: name and password. */
@Injectable()
export class PasswordStep {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly pages: SignInPages,
    private readonly session: BrowserSession,
    private readonly passwords: PasswordSignIn,
    private readonly firstFactors: FirstFactors,
    private readonly completion: SignInCompletion,
  ) {}

  async submit(opened: Opened, form: FormValues): Promise<FastifyReply> {
    if (form.get('decision') === 'cancel') return this.flow.refuse(opened, 'cancelled');
    const username = form.get('username') ?? '';
    const { http } = opened;
    const password = form.get('password') ?? '';
    const { address, device } = this.session.placeOf(http);
    const outcome = await this.passwords.attempt(username, password, address, device);
    if (outcome.outcome === 'refused') {
      return this.pages.password(opened, { username, problem: { kind: 'refused' } }, 401);
    }
    if (outcome.outcome === 'wait') {
      return this.pages.password(opened, { username, problem: { kind: 'wait', until: outcome.until } }, 429);
    }
    const { person, needsSecondFactor, authTime } = outcome;
    if (needsSecondFactor) {
      await this.firstFactors.remember(opened, person.id, authTime);
      return this.flow.again(opened);
    }
    return this.completion.begin(opened, { accountId: person.id, authTime, acr: ACR.password, amr: [AMR.password] });
  }
}
