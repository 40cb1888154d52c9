import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { formOf, refuseOtherMethods } from '../http/plain-routes.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { InteractionFlow } from './interaction-flow.service.js';
import type { InteractionRequest } from './interaction-opener.service.js';
import { InteractionOpener } from './interaction-opener.service.js';
import { SignInFlow } from './sign-in-flow.service.js';

type Form = (request: InteractionRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The pages of an interaction: {issuer}/interaction/{id}, and its forms below. */
@Injectable()
export class InteractionRoutes implements PlainRoutes {
  constructor(
    private readonly opener: InteractionOpener,
    private readonly flow: InteractionFlow,
    private readonly signIn: SignInFlow,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const url = `${prefix}/interaction/:id`;
      scope.get(url, async (request: InteractionRequest, reply) =>
        this.signIn.show(await this.opener.open(request, reply)),
      );
      refuseOtherMethods(scope, url, ['GET', 'HEAD']);
      for (const [name, answer] of Object.entries(this.forms())) {
        scope.post(`${url}/${name}`, answer);
        refuseOtherMethods(scope, `${url}/${name}`, ['POST']);
      }
    });
  }

  private forms(): Readonly<Record<string, Form>> {
    const { flow, opener, signIn } = this;
    return {
      'sign-in': async (request, reply) => signIn.password(await opener.open(request, reply), formOf(request)),
      'second-step': async (request, reply) => signIn.code(await opener.open(request, reply), formOf(request)),
      decision: async (request, reply) => flow.decide(await opener.open(request, reply), formOf(request)),
      'another-person': async (request, reply) => signIn.leave(await opener.open(request, reply)),
    };
  }
}
