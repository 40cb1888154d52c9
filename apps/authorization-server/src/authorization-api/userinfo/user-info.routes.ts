import { Injectable } from '@nestjs/common';
import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerTurn } from '../../http/answer-turn.js';
import { BearerAuthentication } from '../../http/bearer-authentication.service.js';
import { invalidToken } from '../../http/challenge.js';
import { CrossOrigin } from '../../http/cross-origin.service.js';
import type { PlainAnswer, PlainRoutes } from '../../http/plain-routes.js';
import { presentationOf, send } from '../../http/plain-routes.js';
import { UserInfo } from './user-info.service.js';

/** {issuer}/userinfo (OpenID Connect Core section 5.3). The token comes in the header alone (CO-13). */
@Injectable()
export class UserInfoRoutes implements PlainRoutes {
  constructor(
    private readonly bearer: BearerAuthentication,
    private readonly userInfo: UserInfo,
    private readonly crossOrigin: CrossOrigin,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/userinfo`;
    const hooks = this.crossOrigin.hooks(() => undefined);
    fastify.get(url, hooks, async (request, reply) => send(reply, await this.answer(request, reply)));
    fastify.post(url, hooks, async (request, reply) => send(reply, await this.answer(request, reply)));
    this.crossOrigin.refuseOtherMethods(fastify, url, ['GET', 'HEAD', 'POST']);
  }

  /** @throws OAuthError 400 invalid_request, 401 invalid_token, 403 insufficient_scope */
  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<PlainAnswer> {
    const presented = presentationOf(request);
    if (presented.authorization !== undefined && hasTokenElsewhere(request)) {
      throw new OAuthError('invalid_request', 'several_authentication_methods');
    }
    const token = await this.bearer.authenticateForUserInfo(presented);
    await this.crossOrigin.narrow(request, reply, token.clientId);
    const told = await this.userInfo.of(token);
    await answerTurn();
    if (!told) throw invalidToken(token);
    return told.form === 'json'
      ? { status: 200, body: told.claims }
      : { status: 200, body: told.jwt, mediaType: 'application/jwt' };
  }
}

/** RFC 6750 section 2: more than one way of sending a token is a malformed request. */
function hasTokenElsewhere({ query, body }: FastifyRequest): boolean {
  const inBody = body instanceof FormParameters && body.get('access_token') !== undefined;
  return inBody || (typeof query === 'object' && query !== null && 'access_token' in query);
}
