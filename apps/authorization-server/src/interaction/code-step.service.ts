import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { ACR, AMR } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import type { CodeKind } from './first-factors.service.js';
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

/** The second step: a code beside the password. */
@Injectable()
export class CodeStep {
  constructor(
    private readonly flow: InteractionFlow,
    private readonly pages: SignInPages,
    private readonly firstFactors: FirstFactors,
    private readonly completion: SignInCompletion,
    private readonly clock: Clock,
  ) {}

  /** Its page for the kind of code that was chosen. */
  async show(opened: Opened, asks: CodeKind): Promise<FastifyReply> {
    const accountId = await this.firstFactors.waitingForCode(opened, 'stronger');
    return accountId === undefined ? this.flow.again(opened) : this.pages.code(opened, accountId, { asks });
  }

  async submit(opened: Opened, form: FormValues, asks: CodeKind): Promise<FastifyReply> {
    const accountId = await this.firstFactors.waitingForCode(opened, 'stronger');
    if (accountId === undefined) return this.flow.again(opened);
    const outcome = await this.firstFactors.complete(accountId, form.get('code') ?? '', asks);
    if (outcome === 'refused') return this.pages.code(opened, accountId, { asks, problem: { kind: 'wrong' } }, 401);
    if (outcome !== 'accepted') {
      return this.pages.code(opened, accountId, { asks, problem: { kind: 'locked', until: outcome.until } }, 429);
    }
    const authTime = this.clock.now();
    return this.completion.begin(opened, { accountId, authTime, acr: ACR.twoFactors, amr: METHODS[asks] });
  }
}
