import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { formOf, NO_HEAD } from '../http/plain-routes.js';
import { PageError } from '../pages/http/page-error.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import type { InteractionRequest, Opened } from './interaction-opener.service.js';
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
      scope.get(url, NO_HEAD, (request: InteractionRequest, reply) =>
        this.opened({ request, reply }, (opened) => this.signIn.show(opened)),
      );
      this.errors.refuseOtherMethods(scope, url, ['GET']);
      for (const [name, part] of Object.entries(this.parts.all)) this.registerPart(scope, `${url}/${name}`, part);
      this.errors.refuseOthersBelow(scope, `${prefix}/interaction`);
    });
  }

  private registerPart(scope: FastifyInstance, url: string, { show, submit }: InteractionPart): void {
    scope.post(url, (request: InteractionRequest, reply) =>
      this.opened({ request, reply }, (opened) => submit(opened, formOf(request))),
    );
    scope.get(url, NO_HEAD, (request: InteractionRequest, reply) => this.opened({ request, reply }, show));
    this.errors.refuseOtherMethods(scope, url, ['GET', 'POST']);
  }

  /** @throws PageError for what is over, with the application where she begins anew */
  private async opened(
    { request, reply }: { readonly request: InteractionRequest; readonly reply: FastifyReply },
    go: (opened: Opened) => FastifyReply | Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await go(await this.opener.open(request, reply));
    } catch (cause) {
      if (!(cause instanceof PageError) || cause.line !== 'expired') throw cause;
      const startAgainAt = await this.opener.startAgainAt(request);
      throw startAgainAt ? new PageError(cause.line, cause.reason, { cause, startAgainAt }) : cause;
    }
  }
}
