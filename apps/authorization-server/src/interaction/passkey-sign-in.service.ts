import { Injectable } from '@nestjs/common';
import { Passkeys } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import { ACR, isAcrAtLeast } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { usePasskeyView } from '../pages/views/use-passkey.view.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { FormValues } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { passkeyAnswerOf } from './passkey-answer.js';
import { SignInCompletion } from './sign-in-completion.service.js';
import { VisitLimit } from './visit-limit.service.js';

/** Signing in with a passkey within an interaction: an enhancement, by a page of its own that runs a script. */
@Injectable()
export class PasskeySignInFlow {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly passkeys: Passkeys,
    private readonly completion: SignInCompletion,
    private readonly clock: Clock,
    private readonly visits: VisitLimit,
  ) {}

  /** The page, with a fresh challenge. Names no account, so it is the same for everybody. */
  async show(opened: Opened): Promise<FastifyReply> {
    const step = await this.flow.next(opened);
    return step.kind === 'sign_in' ? this.page(opened, false) : this.flow.showStep(opened, step);
  }

  async answer(opened: Opened, form: FormValues): Promise<FastifyReply> {
    const signedIn = await this.passkeys.authenticate(passkeyAnswerOf(form));
    if (!signedIn) return this.page(opened, true);
    return this.completion.begin(opened, { ...signedIn, authTime: this.clock.now() });
  }

  /** Whether the account could sign in more surely than it has. */
  async isPossible(accountId: string): Promise<boolean> {
    return (await this.passkeys.list(accountId)).length > 0;
  }

  private async page(opened: Opened, refused: boolean): Promise<FastifyReply> {
    const { visitor } = opened;
    // Each challenge is a row: whoever opens the page again and again makes no more of them than by beginning anew.
    await this.visits.count(opened.http);
    const options = JSON.stringify(await this.passkeys.authenticationOptions());
    const model = { form: visitor.form('passkey'), options, refused, otherWayUrl: otherWayOf(opened) };
    return this.flow.showPage(opened, usePasskeyView(model, visitor.messages), refused ? 401 : 200);
  }
}

/** Who gave two factors already would come back to this very page; a code on paper is for who has lost the device. */
function otherWayOf({ visitor: { session }, path }: Opened): string {
  return session !== undefined && isAcrAtLeast(session.acr, ACR.twoFactors) ? `${path}/recovery-code` : path;
}
