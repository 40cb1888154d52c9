import { Inject, Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { FastifyReply } from 'fastify';
import type { SecondStepModel } from '../pages/views/second-step.view.js';
import { secondStepView } from '../pages/views/second-step.view.js';
import type { SignInModel } from '../pages/views/sign-in.view.js';
import { signInView } from '../pages/views/sign-in.view.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { Opened } from './interaction-opener.service.js';

/** The pages of signing in: A1 and A2. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly persons: Persons,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  password(opened: Opened, further: Pick<SignInModel, 'username' | 'problem' | 'reason'>, status = 200): FastifyReply {
    const { caller, visitor } = opened;
    const model: SignInModel = {
      form: visitor.form('sign-in'),
      time: { now: this.clock.now() },
      application: caller.name,
      ...(caller.loginHint !== undefined && { username: caller.loginHint }),
      ...further,
      cancellable: true,
    };
    return this.flow.showPage(opened, signInView(model, visitor.messages), status);
  }

  async code(
    opened: Opened,
    accountId: string,
    problem?: SecondStepModel['problem'],
    status = 200,
  ): Promise<FastifyReply> {
    const person = await this.persons.find(accountId);
    const model: SecondStepModel = {
      form: opened.visitor.form('second-step'),
      time: { now: this.clock.now() },
      account: person?.username ?? '',
      ...(problem && { problem }),
    };
    return this.flow.showPage(opened, secondStepView(model, opened.visitor.messages), status);
  }
}
