import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { queryOf } from '../http/plain-routes.js';
import { BrowserSession } from '../interaction/browser-session.service.js';
import { InteractionStarter } from '../interaction/interaction-starter.service.js';
import { Operators } from '../operator-api/operators.service.js';
import { PageError } from '../pages/http/page-error.js';
import type { ConsoleName } from './console-address.js';
import { consoleAddress } from './console-address.js';
import type { ConsoleContent } from './console.interaction.js';
import { CONSOLE, ConsoleInteraction } from './console.interaction.js';

/** {issuer}/console/sign-in: signs in where that is missing, and leads to the screen that `return` names. */
@Injectable()
export class ConsoleSignIn {
  constructor(
    private readonly session: BrowserSession,
    private readonly starter: InteractionStarter,
    private readonly interaction: ConsoleInteraction,
    private readonly operators: Operators,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Whether somebody is signed in who may have a console's document.
   * @throws PageError not_allowed for the operator's, to who is no operator
   */
  async mayEnter(name: ConsoleName, request: FastifyRequest): Promise<boolean> {
    const session = await this.session.of(request);
    if (session && name === 'operator' && !this.operators.has(session)) {
      throw new PageError('not_allowed', 'not_an_operator');
    }
    return session !== undefined;
  }

  /** `for=change`: as the owner API demands it of who changes something. @throws OAuthError for a parameter that comes twice */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = queryOf(request);
    const content: ConsoleContent = {
      address: consoleAddress(query.get('return')),
      toChange: query.get('for') === 'change',
    };
    const why = this.interaction.missing(await this.session.of(request), content);
    if (why === undefined) return goTo(reply, this.config.issuer + content.address);
    return this.starter.begin(CONSOLE, content, { http: request, reply });
  }
}

/** Sends the browser on; nobody keeps where. */
export function goTo(reply: FastifyReply, address: string): FastifyReply {
  return reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).redirect(address, 303);
}
