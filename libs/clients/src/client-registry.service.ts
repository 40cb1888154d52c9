import { Injectable } from '@nestjs/common';
import { Clock, ExpiringCache, issueOpaqueValue, sha256 } from '@valetkey/kernel';
import type { Duration, Instant } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Client, ResourceServer } from './domain/client.js';
import { ClientStore } from './persistence/client.store.js';
import { ResourceServerStore } from './persistence/resource-server.store.js';

/** A client that is disabled stops working on every node no later than this. */
const REMEMBERED = 500;
const CAPACITY = 10_000;
const LIST = 'all';

/** Finds clients and resource servers; remembers them for half a second, since every request needs one. */
@Injectable()
export class ClientRegistry {
  private readonly clients = new ExpiringCache<Client>(REMEMBERED, CAPACITY);
  private readonly origins = new ExpiringCache<ReadonlySet<string>>(REMEMBERED, 1);
  private readonly servers = new ExpiringCache<ResourceServer[]>(REMEMBERED, 1);

  constructor(
    private readonly clientStore: ClientStore,
    private readonly serverStore: ResourceServerStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The enabled client with exactly this id, or `undefined`. */
  async findEnabled(id: string): Promise<Client | undefined> {
    const client = await this.find(id);
    return client?.enabled ? client : undefined;
  }

  /** The client with exactly this id, disabled ones too, or `undefined`. */
  async find(id: string): Promise<Client | undefined> {
    return this.clients.get(id, this.clock.now()) ?? this.findAfresh(id);
  }

  /** The same as it is stored now, which is remembered from here on. */
  async findAfresh(id: string): Promise<Client | undefined> {
    const now = this.clock.now();
    const client = await this.clientStore.find(id, now);
    // Unknown ids are not remembered: an attacker could fill the memory with them.
    if (client) this.clients.set(id, client, now);
    return client;
  }

  /** The enabled resource server that this client is, or `undefined`. */
  async resourceServer(clientId: string): Promise<ResourceServer | undefined> {
    if (!(await this.findEnabled(clientId))) return undefined;
    return (await this.resourceServers()).find((server) => server.clientId === clientId);
  }

  /** All enabled resource servers. */
  async resourceServers(): Promise<readonly ResourceServer[]> {
    const now = this.clock.now();
    const known = this.servers.get(LIST, now);
    if (known) return known;
    const servers = (await this.serverStore.all()).filter((server) => server.enabled);
    this.servers.set(LIST, servers, now);
    return servers;
  }

  /** Whether an enabled client has registered this origin for its scripts; half a second late at most. */
  async isOriginOfSome(origin: string): Promise<boolean> {
    const now = this.clock.now();
    const known = this.origins.get(LIST, now);
    if (known) return known.has(origin);
    const origins = new Set(await this.clientStore.origins());
    this.origins.set(LIST, origins, now);
    return origins.has(origin);
  }

  /**
   * Makes a new secret for a client; the newest of the present ones stays valid for `overlap`, older ones end.
   * @returns the secret, shown once: only its digest is kept, and until when the other is valid; `undefined` when there is no
   *   such client that uses secrets
   */
  async rotateSecret(
    clientId: string,
    overlap: Duration,
  ): Promise<{ secret: string; othersUntil: Instant } | undefined> {
    const client = await this.find(clientId);
    if (!client?.authenticationMethod.startsWith('client_secret_')) return undefined;
    const secret = issueOpaqueValue('cs');
    const now = this.clock.now();
    const othersUntil = now + overlap;
    const writes = new WriteSet();
    this.clientStore.addSecret(writes, { clientId, hash: sha256(secret), now, othersUntil });
    await this.database.commit(writes);
    this.forget();
    return { secret, othersUntil };
  }

  /** Drops what is remembered, after a change in this process. */
  forget(): void {
    this.clients.clear();
    this.servers.clear();
    this.origins.clear();
  }
}
