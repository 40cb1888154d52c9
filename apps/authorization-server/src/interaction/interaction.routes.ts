import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { formOf, NO_HEAD } from '../http/plain-routes.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import type { InteractionRequest } from './interaction-opener.service.js';
import { InteractionOpener } from './interaction-opener.service.js';
import type { InteractionPart } from './interaction-parts.service.js';
import { InteractionParts } from './interaction-parts.service.js';
import { SignInFlow } from './sign-in-flow.service.js';

/** The pages of an interaction: {issuer}/interaction/{id}, and its parts below. */
@Injectable()
export class InteractionRoutes implements PlainRoutes {
  constructor(
    private readonly opener: InteractionOpener,
    private readonly signIn: SignInFlow,
    private readonly parts: InteractionParts,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const url = `${prefix}/interaction/:id`;
      scope.get(url, NO_HEAD, async (request: InteractionRequest, reply) =>
        this.signIn.show(await this.opener.open(request, reply)),
      );
      this.errors.refuseOtherMethods(scope, url, ['GET']);
      for (const [name, part] of Object.entries(this.parts.all)) this.registerPart(scope, `${url}/${name}`, part);
      this.errors.refuseOthersBelow(scope, `${prefix}/interaction`);
    });
  }

  private registerPart(scope: FastifyInstance, url: string, { show, submit }: InteractionPart): void {
    scope.post(url, async (request: InteractionRequest, reply) =>
      submit(await this.opener.open(request, reply), formOf(request)),
    );
    scope.get(url, NO_HEAD, async (request: InteractionRequest, reply) => show(await this.opener.open(request, reply)));
    this.errors.refuseOtherMethods(scope, url, ['GET', 'POST']);
  }
}
