import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { BearerAuthentication } from '../http/bearer-authentication.service.js';
import { CONFIG } from '../http/http-tokens.js';
import { presentationOf } from '../http/plain-routes.js';
import type { SignInDemand } from '../http/step-up.js';
import { demandSignIn } from '../http/step-up.js';

const NEEDED_SCOPE = Symbol('NeededScope');

/** A handler that changes something needs the writing scope; all others the reading one. */
export const Changes = (): MethodDecorator => SetMetadata(NEEDED_SCOPE, SERVER_SCOPE.authorizationsWrite);

interface OwnerRequest extends FastifyRequest {
  owner?: OwnerId;
}

/**
 * Lets an owner through by her bearer token, and notes who she is: every look-up below names her. What she is answered is
 * personal, so nobody stores it.
 */
@Injectable()
export class OwnerGuard implements CanActivate {
  /** Of whoever changes something (attack class 232). */
  private readonly demand: SignInDemand;

  constructor(
    private readonly bearer: BearerAuthentication,
    private readonly reflector: Reflector,
    private readonly clock: Clock,
    @Inject(CONFIG) { ownerApi: { minAcr, maxAuthAge } }: Config,
  ) {
    this.demand = {
      ...(minAcr !== undefined && { acr: minAcr }),
      ...(maxAuthAge !== undefined && { maxAge: maxAuthAge }),
    };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OwnerRequest>();
    const scope = this.reflector.get<string | undefined>(NEEDED_SCOPE, context.getHandler());
    const token = await this.bearer.authenticate(presentationOf(request), scope ?? SERVER_SCOPE.authorizations);
    if (scope !== undefined) demandSignIn(token, this.demand, this.clock.now());
    request.owner = token.owner;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    return true;
  }
}

/** The owner who calls. */
export const Owner = createParamDecorator((_data: unknown, context: ExecutionContext): OwnerId => {
  const { owner } = context.switchToHttp().getRequest<OwnerRequest>();
  if (!owner) throw new Error('an owner route without its guard');
  return owner;
});
