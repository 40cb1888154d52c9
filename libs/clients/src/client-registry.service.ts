import { Injectable } from '@nestjs/common';
import { Clock, issueOpaqueValue, sha256, SharedReads } from '@valetkey/kernel';
import type { Duration, Instant } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Client, ResourceServer } from './domain/client.js';
import { ClientStore } from './persistence/client.store.js';
import { ResourceServerStore } from './persistence/resource-server.store.js';

/** A client that is disabled stops working on every node no later than this. */
const REMEMBERED = 500;
const CAPACITY = 10_000;
const LIST = 'all';

/** Finds clients and resource servers; remembers them for half a second, since every request needs one, and reads each once. */
@Injectable()
export class ClientRegistry {
  private readonly clients: SharedReads<Client>;
  private readonly origins: SharedReads<ReadonlySet<string>>;
  private readonly servers: SharedReads<readonly ResourceServer[]>;

  constructor(
    private readonly clientStore: ClientStore,
    private readonly serverStore: ResourceServerStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.clients = new SharedReads(clock, REMEMBERED, CAPACITY);
    this.origins = new SharedReads(clock, REMEMBERED, 1);
    this.servers = new SharedReads(clock, REMEMBERED, 1);
  }

  /** The enabled client with exactly this id, or `undefined`. */
  async findEnabled(id: string): Promise<Client | undefined> {
    const client = await this.find(id);
    return client?.enabled ? client : undefined;
  }

  /** The client with exactly this id, disabled ones too, or `undefined`. */
  find(id: string): Promise<Client | undefined> {
    // Unknown ids are not remembered: an attacker could fill the memory with them.
    return this.clients.get(id, () => this.clientStore.find(id, this.clock.now()));
  }

  /** The same as it is stored now, which is remembered from here on. */
  findAfresh(id: string): Promise<Client | undefined> {
    return this.clients.getAfresh(id, () => this.clientStore.find(id, this.clock.now()));
  }

  /** The enabled resource server that this client is, or `undefined`. */
  async resourceServer(clientId: string): Promise<ResourceServer | undefined> {
    if (!(await this.findEnabled(clientId))) return undefined;
    return (await this.resourceServers()).find((server) => server.clientId === clientId);
  }

  /** All enabled resource servers. */
  async resourceServers(): Promise<readonly ResourceServer[]> {
    const read = async () => (await this.serverStore.all()).filter((server) => server.enabled);
    return (await this.servers.get(LIST, read)) ?? [];
  }

  /** Whether an enabled client has registered this origin for its scripts; half a second late at most. */
  async isOriginOfSome(origin: string): Promise<boolean> {
    const origins = await this.origins.get(LIST, async () => new Set(await this.clientStore.origins()));
    return origins?.has(origin) ?? false;
  }

  /**
   * Makes a new secret for a client; the newest of the present ones stays valid for `overlap`, older ones end.
   * @param expect - a condition of the caller's, without which nothing is made
   * @returns the secret, shown once: only its digest is kept, and until when the other is valid; `undefined` when there is no
   *   such client that uses secrets, or the condition failed
   */
  async rotateSecret(
    clientId: string,
    overlap: Duration,
    expect?: (writes: WriteSet) => void,
  ): Promise<{ secret: string; othersUntil: Instant } | undefined> {
    const client = await this.find(clientId);
    if (!client?.authenticationMethod.startsWith('client_secret_')) return undefined;
    const secret = issueOpaqueValue('cs');
    const now = this.clock.now();
    const othersUntil = now + overlap;
    const writes = new WriteSet();
    expect?.(writes);
    this.clientStore.addSecret(writes, { clientId, hash: sha256(secret), now, othersUntil });
    const isMade = await this.database.tryCommit(writes);
    this.forget();
    if (!isMade) return undefined;
    return { secret, othersUntil };
  }

  /** Drops what is remembered, after a change in this process. */
  forget(): void {
    this.clients.clear();
    this.servers.clear();
    this.origins.clear();
  }
}
