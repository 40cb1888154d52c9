import { Inject, Injectable } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { Resource } from '@valetkey/uma';
import { parseResourceDescription, ResourceRegistration } from '@valetkey/uma';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { entityTag, expectedVersions } from '../../http/if-match.js';
import type { PlainAnswer, PlainRoutes } from '../../http/plain-routes.js';
import { presentationOf, jsonOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { pageRequestOf } from '../../http/page-query.js';
import { ProtectionCallers } from '../protection-caller.service.js';
import { RESOURCE_ID_PAGE } from './resource-id-page.js';
import { UnknownScopes } from './unknown-scopes.service.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** {issuer}/uma/resources/: the resource registration endpoint (FedAuthz section 3.2). */
@Injectable()
export class ResourceRegistrationRoutes implements PlainRoutes {
  constructor(
    private readonly callers: ProtectionCallers,
    private readonly registration: ResourceRegistration,
    private readonly unknownScopes: UnknownScopes,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const collection = `${prefix}/uma/resources`;
    // UF-10: both forms, since a redirect would lose the body.
    for (const url of [collection, `${collection}/`]) {
      fastify.post(url, async (request, reply) => send(reply, await this.create(request)));
      fastify.get(url, async (request, reply) => send(reply, await this.list(request)));
      refuseOtherMethods(fastify, url, ['GET', 'HEAD', 'POST']);
    }
    const one = `${collection}/:id`;
    fastify.get(one, async (request: IdRequest, reply) => send(reply, await this.read(request)));
    fastify.put(one, async (request: IdRequest, reply) => send(reply, await this.replace(request)));
    fastify.delete(one, async (request: IdRequest, reply) => send(reply, await this.remove(request)));
    refuseOtherMethods(fastify, one, ['GET', 'HEAD', 'PUT', 'DELETE']);
  }

  private async create(request: FastifyRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const resource = await this.registration.create(caller, descriptionOf(request));
    this.unknownScopes.notice(caller.resourceServerId, resource.id, resource.scopes.keys());
    return this.answer(201, resource, { location: `${this.endpoint}/${resource.id}` });
  }

  private async list(request: FastifyRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const wanted = pageRequestOf(request.query, RESOURCE_ID_PAGE);
    const page = await this.registration.list(caller, wanted);
    const next = page.next && `<${this.endpoint}/?limit=${wanted.limit}&cursor=${page.next}>; rel="next"`;
    return { status: 200, body: page.items, ...(next && { headers: { link: next } }) };
  }

  private async read(request: IdRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const resource = await this.registration.read(caller, request.params.id);
    if (!resource) throw notFound();
    return this.answer(200, resource, {}, resource.description);
  }

  private async replace(request: IdRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const expected = expectedVersions(request.headers['if-match']);
    const outcome = await this.registration.replace(caller, request.params.id, descriptionOf(request), expected);
    if (outcome === 'not_found') throw notFound();
    if (outcome === 'stale') throw changedMeanwhile();
    this.unknownScopes.notice(caller.resourceServerId, outcome.id, outcome.scopes.keys());
    return this.answer(200, outcome, {});
  }

  private async remove(request: IdRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const expected = expectedVersions(request.headers['if-match']);
    const outcome = await this.registration.delete(caller, request.params.id, expected);
    if (outcome === 'not_found') throw notFound();
    if (outcome === 'stale') throw changedMeanwhile();
    return { status: 204 };
  }

  private get endpoint(): string {
    return `${this.options.issuer}/uma/resources`;
  }

  private answer(
    status: number,
    resource: Resource,
    headers: Record<string, string>,
    members: Readonly<Record<string, unknown>> = {},
  ): PlainAnswer {
    const policyUri = `${this.options.issuer}/me/resources/${resource.id}`;
    return {
      status,
      headers: { ...headers, etag: entityTag(resource.version) },
      body: { ...members, _id: resource.id, user_access_policy_uri: policyUri },
    };
  }
}

function descriptionOf(request: FastifyRequest) {
  const description = parseResourceDescription(jsonOf(request));
  if (!description) throw new OAuthError('invalid_request', 'malformed_description');
  return description;
}

function changedMeanwhile(): OAuthError {
  return new OAuthError('precondition_failed', 'version_differs');
}

function notFound(): OAuthError {
  return new OAuthError('not_found', 'not_found');
}
