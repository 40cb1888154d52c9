import { Injectable } from '@nestjs/common';
import { OAuthError, SecurityEvents } from '@valetkey/oauth';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authorizationOf, jsonOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { RequestRates } from '../../http/request-rates.service.js';
import { ClientRegistrations } from './client-registrations.service.js';
import { InitialAccess } from './initial-access.service.js';

type OfClient = FastifyRequest<{ Params: { id: string } }>;

/** POST {issuer}/register (RFC 7591); GET, PUT and DELETE {issuer}/register/{client_id} (RFC 7592). */
@Injectable()
export class RegistrationRoutes implements PlainRoutes {
  constructor(
    private readonly access: InitialAccess,
    private readonly registrations: ClientRegistrations,
    private readonly rates: RequestRates,
    private readonly events: SecurityEvents,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/register`;
    fastify.post(url, (request, reply) =>
      this.told({ address: request.ip }, async () => {
        const initialToken = await this.access.check(authorizationOf(request), request.ip);
        return send(reply, { status: 201, body: await this.registrations.create(objectOf(request), initialToken) });
      }),
    );
    refuseOtherMethods(fastify, url, ['POST']);
    this.registerManagement(fastify, `${url}/:id`);
  }

  private registerManagement(fastify: FastifyInstance, url: string): void {
    const manage = (request: OfClient) => this.registrations.manage(request.params.id, authorizationOf(request));
    fastify.get(url, async (request: OfClient, reply) =>
      send(reply, { status: 200, body: this.registrations.read(await manage(request)) }),
    );
    fastify.put(url, async (request: OfClient, reply) => {
      const managed = await manage(request);
      const { clientId } = managed.registration;
      // Whoever holds the token, and nobody else, uses its changes up.
      await this.rates.change(clientId, request.ip);
      return this.told({ address: request.ip, clientId }, async () =>
        send(reply, { status: 200, body: await this.registrations.replace(managed, objectOf(request)) }),
      );
    });
    fastify.delete(url, async (request: OfClient, reply) => {
      await this.registrations.remove(await manage(request));
      return send(reply, { status: 204 });
    });
    refuseOtherMethods(fastify, url, ['GET', 'HEAD', 'PUT', 'DELETE']);
  }

  /**
   * A refusal is in the log by its reason: nothing of what was said, which may be anything. Whoever is told to wait is not, for
   * that would be as many lines as there are tries.
   */
  private async told<T>(
    by: { readonly address: string; readonly clientId?: string },
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OAuthError && error.status !== 429) {
        this.events.record({ event: 'registration_refused', reason: error.reason, ...by });
      }
      throw error;
    }
  }
}

/** What is said in the body: null is as good as absent (RFC 7591 section 2). @throws OAuthError invalid_request for no JSON object */
function objectOf(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const body = jsonOf(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
