import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Session } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { BearerAuthentication } from '../http/bearer-authentication.service.js';
import { CONFIG } from '../http/http-tokens.js';
import { authorizationOf, presentationOf } from '../http/plain-routes.js';
import type { SignInDemand } from '../http/step-up.js';
import { demandSignIn } from '../http/step-up.js';
import { OwnSession } from './own-session.service.js';

const NEEDED_SCOPE = Symbol('NeededScope');
const SESSION_ONLY = Symbol('SessionOnly');

/** A handler that changes something needs the writing scope; all others the reading one. */
export const Changes = (): MethodDecorator => SetMetadata(NEEDED_SCOPE, SERVER_SCOPE.authorizationsWrite);

/** Routes about the browser's own session: no token opens them. */
export const SessionOnly = (): ClassDecorator => SetMetadata(SESSION_ONLY, true);

/** A request that the guard let through knows its owner. */
export interface OwnerRequest extends FastifyRequest {
  owner?: OwnerId;
  ownerSession?: Session;
}

/**
 * Lets an owner through by her bearer token, or without one by the sign-in session of her browser, and notes who she is: every
 * look-up below names her. What she is answered is personal, so nobody stores it.
 */
@Injectable()
export class OwnerGuard implements CanActivate {
  /** Of whoever changes something (attack class 232). */
  private readonly demand: SignInDemand;

  constructor(
    private readonly bearer: BearerAuthentication,
    private readonly sessions: OwnSession,
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
    const isSessionOnly = this.reflector.get<boolean | undefined>(SESSION_ONLY, context.getClass()) === true;
    // A token that is presented is what counts, even one that opens nothing.
    const session = authorizationOf(request) === undefined ? await this.sessions.of(request) : undefined;
    if (session) this.admitSession(session, request, scope);
    else if (isSessionOnly) throw new OAuthError('login_required', 'session_missing', {}, 401);
    else await this.admitToken(request, scope);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    return true;
  }

  private admitSession(session: Session, request: OwnerRequest, scope: string | undefined): void {
    this.sessions.checkChange(session, request);
    const { acr, amr, authTime } = session;
    if (scope !== undefined) demandSignIn({ signIn: { acr, amr, authTime } }, this.demand, this.clock.now());
    request.owner = `account:${session.accountId}`;
    request.ownerSession = session;
  }

  private async admitToken(request: OwnerRequest, scope: string | undefined): Promise<void> {
    const token = await this.bearer.authenticate(presentationOf(request), scope ?? SERVER_SCOPE.authorizations);
    if (scope !== undefined) demandSignIn(token, this.demand, this.clock.now());
    request.owner = token.owner;
  }
}

/** The owner who calls. */
export const Owner = createParamDecorator((_data: unknown, context: ExecutionContext): OwnerId => {
  const { owner } = context.switchToHttp().getRequest<OwnerRequest>();
  if (!owner) throw new Error('an owner route without its guard');
  return owner;
});

/** Whether a request that was let through came by a session: from a page of ours, where all is said in words. */
export function comesBySession(request: FastifyRequest): boolean {
  return (request as OwnerRequest).ownerSession !== undefined;
}

/** The session by which she calls; `undefined` where she comes with a token. */
export const OwnerSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session | undefined => {
  return context.switchToHttp().getRequest<OwnerRequest>().ownerSession;
});
