import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { AuthenticationRequest } from '@valetkey/oauth';
import { FailureThrottle, OAuthError } from '@valetkey/oauth';
import { TokenFinder, tokenIdOf } from '@valetkey/tokens';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../../http/http-tokens.js';
import { answerTurn } from '../../http/answer-turn.js';
import { prefers } from '../../http/accept.js';
import type { PlainAnswer, PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { IntrospectionCallers } from './introspection-caller.service.js';
import type { Introspected } from './introspection.service.js';
import { Introspection } from './introspection.service.js';
import { SIGNED_INTROSPECTION, SignedIntrospection } from './signed-introspection.service.js';

const MOST_GUESSES = 1_000;
const GUESSING_WINDOW = 60_000;

/** POST {issuer}/introspect (RFC 7662; FedAuthz section 5). GET is not offered: tokens would reach logs (IR-01). */
@Injectable()
export class IntrospectionRoutes implements PlainRoutes {
  private readonly scanning = new FailureThrottle(MOST_GUESSES, GUESSING_WINDOW);

  constructor(
    private readonly callers: IntrospectionCallers,
    private readonly introspection: Introspection,
    private readonly signed: SignedIntrospection,
    private readonly tokens: TokenFinder,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/introspect`;
    fastify.post(url, async (request, reply) => {
      const isSigned = prefers(request.headers.accept, SIGNED_INTROSPECTION);
      const answer = await this.handle(authenticationOf(request), request.id, isSigned);
      await answerTurn();
      return send(reply, answer);
    });
    refuseOtherMethods(fastify, url, ['POST']);
  }

  private async handle(request: AuthenticationRequest, requestId: string, isSigned: boolean): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(request);
    const token = request.parameters.require('token');
    const outcome = await this.introspection.introspect(caller, token, request.parameters.get('resource_id'));
    this.record(caller.clientId, outcome, requestId);
    if (!outcome.answer.active) await this.slowScanning(caller.clientId, token);
    if (!isSigned) return { status: 200, body: outcome.answer };
    const body = await this.signed.sign(outcome.answer, caller.clientId);
    return { status: 200, body, mediaType: SIGNED_INTROSPECTION };
  }

  /**
   * IR-09: who asked about which token, and the outcome; never the token. An inactive answer always has its line, with the
   * reason that the caller is not told. Active ones are many and alike: they are for operators who look closer.
   */
  private record(clientId: string, { reason, about }: Introspected, requestId: string): void {
    const level = reason === undefined ? 'debug' : 'info';
    if (!this.logger.isLevelEnabled(level)) return;
    const { id, familyId, authorizationId } = about ?? {};
    const known = {
      ...(id !== undefined && { jti: id }),
      ...(typeof familyId === 'string' && { family: tokenIdOf(familyId) }),
      ...(authorizationId !== undefined && { grantId: authorizationId }),
    };
    const active = reason === undefined;
    this.logger[level]({ audit: 'introspection', requestId, clientId, active, reason, ...known }, 'introspection');
  }

  /**
   * IR-10: a caller that asks about one made-up token after the other is looking for live ones. Only what would be inactive
   * anyway is refused, and only guesses count: whoever sends a resource server bad tokens locks nobody out.
   */
  private async slowScanning(clientId: string, token: string): Promise<void> {
    const now = this.clock.now();
    const wait = this.scanning.waitOf(clientId, now);
    if (wait === 0) {
      if (await this.tokens.isGuess(token)) this.scanning.fail(clientId, now);
      return;
    }
    const headers = { 'retry-after': String(Math.ceil(wait / 1000)) };
    throw new OAuthError('temporarily_unavailable', 'too_many_inactive', headers, 429);
  }
}
