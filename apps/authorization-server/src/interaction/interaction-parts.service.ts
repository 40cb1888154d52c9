import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CodeStep } from './code-step.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { FormValues } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';
import { PasskeySignInFlow } from './passkey-sign-in.service.js';
import { PasswordStep } from './password-step.service.js';
import { SignInFlow } from './sign-in-flow.service.js';

/**
 * One address below an interaction: a form, and where it has one a page of its own. Where it has none the browser is sent to the
 * interaction: a form that was answered with a page leaves her there, and she may open it anew.
 */
export interface InteractionPart {
  readonly show: (opened: Opened) => FastifyReply | Promise<FastifyReply>;
  readonly submit: (opened: Opened, form: FormValues) => Promise<FastifyReply>;
}

/** THE list of what is below an interaction, by the last part of its address. */
@Injectable()
export class InteractionParts {
  readonly all: Readonly<Record<string, InteractionPart>>;

  constructor(
    flow: InteractionFlow,
    signIn: SignInFlow,
    password: PasswordStep,
    code: CodeStep,
    passkey: PasskeySignInFlow,
  ) {
    const show = (opened: Opened) => flow.again(opened);
    this.all = {
      'sign-in': { show, submit: (opened, form) => password.submit(opened, form) },
      'second-step': { show, submit: (opened, form) => code.submit(opened, form, 'app') },
      'recovery-code': {
        show: (opened) => code.show(opened, 'recovery_code'),
        submit: (opened, form) => code.submit(opened, form, 'recovery_code'),
      },
      passkey: {
        show: (opened) => passkey.show(opened),
        submit: (opened, form) => passkey.answer(opened, form),
      },
      decision: { show, submit: (opened, form) => flow.decide(opened, form) },
      'another-person': { show, submit: (opened) => signIn.leave(opened) },
    };
  }
}
