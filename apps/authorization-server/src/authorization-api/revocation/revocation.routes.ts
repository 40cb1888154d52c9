import { Injectable } from '@nestjs/common';
import { Clock, opaqueKindOf } from '@valetkey/kernel';
import type { AuthenticationRequest } from '@valetkey/oauth';
import { ClientAuthenticator, OAuthError, SecurityEvents } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { RevocationOutcome } from '@valetkey/tokens';
import { RevocationService } from '@valetkey/tokens';
import { PersistedClaimsStore } from '@valetkey/uma';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { authenticationOf, refuseOtherMethods, send } from '../../http/plain-routes.js';

/** POST {issuer}/revoke (RFC 7009), for tokens of every kind and PCTs (UG-43). A hint is never needed (IR-34). */
@Injectable()
export class RevocationRoutes implements PlainRoutes {
  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly revocation: RevocationService,
    private readonly persistedClaims: PersistedClaimsStore,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/revoke`;
    fastify.post(url, async (request, reply) => {
      await this.handle(authenticationOf(request));
      return send(reply, { status: 200 });
    });
    refuseOtherMethods(fastify, url, ['POST']);
  }

  /** @throws OAuthError invalid_request, invalid_client, or unauthorized_client for another client's token */
  private async handle(request: AuthenticationRequest): Promise<void> {
    const client = await this.clients.authenticate(request);
    const value = request.parameters.require('token');
    const outcome =
      opaqueKindOf(value) === 'pct'
        ? await this.revokePersistedClaims(value, client.id)
        : await this.revocation.revoke(value, client.id);
    if (outcome === 'of_another_client') {
      const { address } = request;
      this.events.record({ event: 'revocation_of_foreign_token', clientId: client.id, address });
      throw new OAuthError('unauthorized_client', 'token_of_another_client');
    }
  }

  private async revokePersistedClaims(value: string, clientId: string): Promise<RevocationOutcome> {
    const now = this.clock.now();
    const present = await this.persistedClaims.find(value, now);
    if (!present) return 'unknown';
    if (present.clientId !== clientId) return 'of_another_client';
    const writes = new WriteSet();
    this.persistedClaims.revoke(writes, value, now);
    await this.database.commit(writes);
    return 'revoked';
  }
}
