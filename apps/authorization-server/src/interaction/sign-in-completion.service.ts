import { Injectable } from '@nestjs/common';
import { SignInOutdated } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import { BrowserSession } from './browser-session.service.js';
import { FirstFactors } from './first-factors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { Opened } from './interaction-opener.service.js';

type SignIn = Parameters<BrowserSession['begin']>[0];

/** The end of every way to sign in within an interaction. */
@Injectable()
export class SignInCompletion {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly session: BrowserSession,
    private readonly firstFactors: FirstFactors,
  ) {}

  /** Begins the session and goes on; to the sign-in again, when the account was disabled or its password changed meanwhile. */
  async begin(opened: Opened, by: SignIn): Promise<FastifyReply> {
    try {
      await this.session.begin(by, opened.http, opened.reply);
      await this.session.rememberPlace(by.accountId, opened.http, opened.reply);
    } catch (cause) {
      if (!(cause instanceof SignInOutdated)) throw cause;
      await this.firstFactors.forget(opened);
    }
    return this.flow.again(opened);
  }
}
