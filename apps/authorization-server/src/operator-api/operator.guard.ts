import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { FastifyReply } from 'fastify';
import { demandSignIn } from '../http/step-up.js';
import { OwnSession } from '../owner-api/own-session.service.js';
import type { OwnerRequest } from '../owner-api/owner.guard.js';
import { Operators } from './operators.service.js';

const READING = ['GET', 'HEAD'];

/** Who acts, for the line that tells of a change. */
export interface Actor {
  readonly accountId: string;
}

/**
 * Lets an operator through by the sign-in session of a browser: pages of this server alone, and no token. Whatever is not GET or
 * HEAD is a change: it needs what every change by a session needs, and a sign-in as sure and recent as `operators` demands.
 */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly sessions: OwnSession,
    private readonly operators: Operators,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OwnerRequest>();
    const session = await this.sessions.of(request);
    if (!session) throw new OAuthError('login_required', 'session_missing', {}, 401);
    if (!this.operators.has(session)) throw new OAuthError('access_denied', 'not_an_operator', {}, 403);
    this.sessions.checkChange(session, request);
    if (!READING.includes(request.method)) {
      const { acr, amr, authTime } = session;
      demandSignIn({ signIn: { acr, amr, authTime } }, this.operators.demand, this.clock.now());
    }
    request.owner = `account:${session.accountId}`;
    request.ownerSession = session;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    return true;
  }
}

/** The operator who calls. */
export const Operator = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { ownerSession } = context.switchToHttp().getRequest<OwnerRequest>();
  if (!ownerSession) throw new Error('an operator route without its guard');
  return { accountId: ownerSession.accountId };
});
