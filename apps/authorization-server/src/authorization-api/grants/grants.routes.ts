import { Injectable } from '@nestjs/common';
import type { ClientGrant } from '@valetkey/oauth';
import { ClientGrants, OAuthError } from '@valetkey/oauth';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BearerAuthentication } from '../../http/bearer-authentication.service.js';
import type { PlainAnswer, PlainRoutes } from '../../http/plain-routes.js';
import { presentationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';

/** {issuer}/grants/{grant_id}: a client looks at a grant of its own, or ends it (Grant Management section 6). No list (IR-56). */
@Injectable()
export class GrantsRoutes implements PlainRoutes {
  constructor(
    private readonly bearer: BearerAuthentication,
    private readonly grants: ClientGrants,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/grants/:id`;
    fastify.get(url, async (request, reply) => send(reply, await this.query(request)));
    fastify.delete(url, async (request, reply) => send(reply, await this.revoke(request)));
    refuseOtherMethods(fastify, url, ['GET', 'HEAD', 'DELETE']);
  }

  private async query(request: FastifyRequest): Promise<PlainAnswer> {
    const { clientId } = await this.bearer.authenticate(presentationOf(request), SERVER_SCOPE.grantQuery);
    const grant = await this.grants.find(idOf(request), clientId);
    if (typeof grant === 'string') throw refusal(grant);
    return { status: 200, body: toAnswer(grant) };
  }

  private async revoke(request: FastifyRequest): Promise<PlainAnswer> {
    const { clientId } = await this.bearer.authenticate(presentationOf(request), SERVER_SCOPE.grantRevoke);
    const outcome = await this.grants.end(idOf(request), clientId);
    if (outcome !== 'ended') throw refusal(outcome);
    return { status: 204 };
  }
}

function idOf({ params }: FastifyRequest): string {
  return (params as { id: string }).id;
}

function refusal(problem: 'unknown' | 'of_another_client'): OAuthError {
  if (problem === 'unknown') return new OAuthError('not_found', 'grant_unknown');
  return new OAuthError('unauthorized_client', 'grant_of_another_client', {}, 403);
}

function toAnswer({ record, terms }: ClientGrant): Record<string, unknown> {
  const { resources, authorizationDetails, claims, givenAt } = terms;
  const scopes = { scope: record.scopes.join(' '), ...(resources.length > 0 && { resource: resources }) };
  return {
    scopes: record.scopes.length > 0 ? [scopes] : [],
    claims,
    authorization_details: authorizationDetails,
    created_at: new Date(record.createdAt).toISOString(),
    // IR-55: by the name that the sample of the draft has.
    last_updated_at: new Date(givenAt).toISOString(),
    updated_by: 'client',
    ...(record.expiresAt !== null && { expires_at: new Date(record.expiresAt).toISOString() }),
  };
}
