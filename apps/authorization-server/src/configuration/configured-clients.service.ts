import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock, sha256 } from '@valetkey/kernel';
import type { Client, ResourceServer } from '@valetkey/clients';
import { ClientRegistry, ClientStore, ResourceServerStore } from '@valetkey/clients';
import { Database, WriteSet } from '@valetkey/persistence';
import type { ClientConfig, Config, ResourceServerConfig } from '../config/config.js';
import { ScopeWordingStore } from '../owner-api/scope-wording.store.js';

/** Clients, resource servers and the wording of scopes, in one write-set. */
@Injectable()
export class ConfiguredClients {
  constructor(
    private readonly clients: ClientStore,
    private readonly servers: ResourceServerStore,
    private readonly registry: ClientRegistry,
    private readonly wording: ScopeWordingStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async apply(config: Config): Promise<void> {
    const writes = new WriteSet();
    for (const client of config.clients) await this.applyClient(writes, client, config);
    await this.disableGone(writes, config);
    const named = config.resourceServers.map(toResourceServer);
    for (const server of named) this.servers.save(writes, server);
    const gone = (await this.servers.all()).filter((one) => !named.some((server) => server.clientId === one.clientId));
    for (const server of gone) this.servers.save(writes, { ...server, enabled: false });
    this.wording.replaceAll(writes, config.scopes);
    await this.database.commit(writes);
    this.registry.forget();
  }

  private async applyClient(writes: WriteSet, client: ClientConfig, config: Config): Promise<void> {
    const now = this.clock.now();
    const wanted = toClient(client);
    const present = await this.clients.find(client.clientId, now);
    const isSame = isDeepStrictEqual({ ...present, secrets: [] }, wanted);
    if (!isSame) this.clients.save(writes, wanted, 'configuration', now);
    if (client.secret === undefined) return;
    const hash = sha256(client.secret);
    // Only a secret that is new limits the others: applying the same file again must not end a rotated secret, nor
    // bring back the one it replaced.
    if (await this.clients.hadSecret(client.clientId, hash)) return;
    const othersUntil = now + config.tokens.clientSecretOverlap;
    this.clients.addSecret(writes, { clientId: client.clientId, hash, now, othersUntil });
  }

  private async disableGone(writes: WriteSet, config: Config): Promise<void> {
    const named = new Set(config.clients.map((client) => client.clientId));
    for (const id of await this.clients.managedByConfiguration()) {
      if (!named.has(id)) this.clients.disable(writes, id, this.clock.now());
    }
  }
}

function toClient(config: ClientConfig): Client {
  return {
    id: config.clientId,
    name: config.name,
    publisher: config.publisher ?? null,
    logoUri: config.logoUri ?? null,
    type: config.type,
    authenticationMethod: config.tokenEndpointAuthMethod,
    secrets: [],
    jwks: config.jwks ? { keys: [...config.jwks.keys] } : null,
    grantTypes: config.grantTypes,
    scopes: config.scopes,
    audiences: config.audiences,
    accessTokenFormat: config.accessTokenFormat,
    metadata: config.metadata,
    enabled: config.enabled,
  };
}

function toResourceServer(config: ResourceServerConfig): ResourceServer {
  const { clientId, resource, name, scopes, partialGrant, realm = name } = config;
  return { clientId, resource, name, scopes, partialGrant, realm, enabled: true };
}
