import { Inject, Injectable } from '@nestjs/common';
import { Passkeys, Persons } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { FastifyReply } from 'fastify';
import { recoveryUrl } from '../account-pages/account-addresses.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { PageLink } from '../pages/kit/page-view.js';
import type { SecondStepModel } from '../pages/views/second-step.view.js';
import { secondStepView } from '../pages/views/second-step.view.js';
import type { SignInModel } from '../pages/views/sign-in.view.js';
import { signInView } from '../pages/views/sign-in.view.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { InteractionRequest, Opened } from './interaction-opener.service.js';

/** The pages of signing in: A1 and A2. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly persons: Persons,
    private readonly passkeys: Passkeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  password(opened: Opened, further: Pick<SignInModel, 'username' | 'problem' | 'reason'>, status = 200): FastifyReply {
    const { caller, visitor, path } = opened;
    const { id } = (opened.http as InteractionRequest).params;
    const model: SignInModel = {
      form: visitor.form('sign-in'),
      time: { now: this.clock.now() },
      ...(caller.name !== undefined && { application: caller.name }),
      ...(caller.loginHint !== undefined && { username: caller.loginHint }),
      ...further,
      ...(this.passkeys.arePossible && { passkeyUrl: `${path}/passkey` }),
      // The address of the interaction opens nothing in another browser.
      recoveryUrl: `${recoveryUrl(this.config.issuer)}?${new URLSearchParams({ from: id }).toString()}`,
      cancellable: caller.name !== undefined,
    };
    return this.flow.showPage(opened, signInView(model, visitor.messages), status);
  }

  /** Who comes here has passed the first factor, so the page may say what else the account has. */
  async code(
    opened: Opened,
    accountId: string,
    further: Pick<SecondStepModel, 'asks' | 'isSignedIn' | 'problem'> = {},
    status = 200,
  ): Promise<FastifyReply> {
    const person = await this.persons.find(accountId);
    const { asks = 'app' } = further;
    const { caller, visitor } = opened;
    const model: SecondStepModel = {
      form: visitor.form(asks === 'app' ? 'second-step' : 'recovery-code'),
      time: { now: this.clock.now() },
      account: person?.username ?? '',
      another: visitor.form('another-person'),
      cancellable: caller.name !== undefined,
      otherWays: await this.otherWays(opened, accountId, asks),
      ...further,
    };
    return this.flow.showPage(opened, secondStepView(model, visitor.messages), status);
  }

  private async otherWays(
    { path, visitor }: Opened,
    accountId: string,
    asks: 'app' | 'recovery_code',
  ): Promise<PageLink[]> {
    const { secondStep } = visitor.messages;
    const hasPasskeys = (await this.passkeys.list(accountId)).length > 0;
    return [
      asks === 'app'
        ? { label: secondStep.useRecoveryCode, url: `${path}/recovery-code` }
        : { label: secondStep.useApp, url: path },
      ...(hasPasskeys ? [{ label: secondStep.passkey, url: `${path}/passkey` }] : []),
    ];
  }
}
