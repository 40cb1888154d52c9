import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '@valetkey/kernel';
import { Clock, newId } from '@valetkey/kernel';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Resource } from './domain/resource.js';
import { replaceScopes } from './domain/resource.js';
import type { ResourceDescription } from './domain/resource-description.js';
import { ResourceStore } from './persistence/resource.store.js';
import { ResourceEnd } from './resource-end.service.js';

/** For whom the resource server acts: the owner of its PAT. Every look-up names both (UF-07, UF-08). */
export interface ProtectionCaller {
  readonly owner: OwnerId;
  readonly resourceServerId: string;
}

const MOST_ATTEMPTS = 10;

/** Resource registration (FedAuthz section 3). */
@Injectable()
export class ResourceRegistration {
  constructor(
    private readonly resources: ResourceStore,
    private readonly end: ResourceEnd,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activity: ActivityStore,
  ) {}

  async create(caller: ProtectionCaller, description: ResourceDescription): Promise<Resource> {
    const now = this.clock.now();
    const resource: Resource = {
      ...caller,
      id: newId('r'),
      name: description.name,
      description: description.members,
      scopes: replaceScopes(new Map(), description.scopes, 1),
      version: 1,
      policyVersion: 1,
      createdAt: now,
      updatedAt: now,
    };
    const writes = new WriteSet();
    this.resources.insert(writes, resource);
    this.tell(writes, 'registered', resource);
    await this.database.commit(writes);
    return resource;
  }

  async read(caller: ProtectionCaller, id: string): Promise<Resource | undefined> {
    return this.resources.findOfServer(id, caller.owner, caller.resourceServerId);
  }

  async list(caller: ProtectionCaller, page: PageRequest): Promise<Page<string>> {
    return this.resources.idsOfServer(caller.owner, caller.resourceServerId, page);
  }

  /**
   * Replaces the whole description (UF-11). Scopes that go leave tickets, permissions and refresh tokens in the same commit,
   * since these name the version they were assessed at (UF-12); of concurrent replacements each is complete.
   * @param expected - versions that the caller has seen (`If-Match`), or `undefined` for whichever
   * @returns the new state, `not_found`, or `stale` when the present version is not among `expected`
   */
  async replace(
    caller: ProtectionCaller,
    id: string,
    description: ResourceDescription,
    expected?: readonly number[],
  ): Promise<Resource | 'not_found' | 'stale'> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.read(caller, id);
      if (!present) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      const next = this.replaced(present, description);
      const writes = new WriteSet();
      this.resources.replace(writes, next, present.version);
      if (await this.database.tryCommit(writes)) return next;
    }
    return 'stale';
  }

  /**
   * Ends protection of the resource: policies, permissions and refresh tokens that name it go with it (UF-13).
   * @param expected - as for {@link replace}
   */
  async delete(
    caller: ProtectionCaller,
    id: string,
    expected?: readonly number[],
  ): Promise<'deleted' | 'not_found' | 'stale'> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const present = await this.read(caller, id);
      if (!present) return 'not_found';
      if (expected && !expected.includes(present.version)) return 'stale';
      const writes = new WriteSet();
      this.resources.delete(writes, present);
      this.tell(writes, 'unregistered', present);
      await this.end.prepare(writes, present);
      if (await this.database.tryCommit(writes)) return 'deleted';
    }
    return 'stale';
  }

  private replaced(present: Resource, description: ResourceDescription): Resource {
    const version = present.version + 1;
    return {
      ...present,
      name: description.name,
      description: description.members,
      scopes: replaceScopes(present.scopes, description.scopes, version),
      version,
      updatedAt: this.clock.now(),
    };
  }

  private tell(writes: WriteSet, kind: 'registered' | 'unregistered', resource: Resource): void {
    const { id, owner, resourceServerId: serverId, name } = resource;
    const resources = [{ id, serverId, ...(name !== null && { name }) }];
    this.activity.note(writes, { owner, kind, at: this.clock.now(), actor: `server:${serverId}`, resources });
  }
}
