import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { Resource } from '../domain/resource.js';
import { searchTextOf, sortNameOf } from '../domain/resource-words.js';
import { noteScopes } from './registered-scope.store.js';

const FIND = statement('SELECT * FROM resource WHERE id = ?');
const FIND_ALL = statement(`SELECT * FROM resource WHERE id IN ${KEY_LIST}`);
const FIND_OF_SERVER = statement('SELECT * FROM resource WHERE id = ? AND owner = ? AND resource_server_id = ?');
const FIND_OF_OWNER = statement('SELECT * FROM resource WHERE id = ? AND owner = ?');
const IDS_OF_SERVER = statement(
  'SELECT id FROM resource WHERE resource_server_id = ? AND owner = ? AND id > ? ORDER BY id LIMIT ?',
);
const OF_SERVER = statement(
  `SELECT count(*) AS resources FROM (SELECT id FROM resource WHERE resource_server_id = ? AND owner > ?
     ORDER BY owner LIMIT ?) AS counted`,
);
const INSERT = statement(
  `INSERT INTO resource (id, owner, resource_server_id, name, description, scopes, version, policy_version, created_at,
     updated_at, search_text, sort_name)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const REPLACE = statement(
  `UPDATE resource SET name = ?, description = ?, scopes = ?, version = ?, updated_at = ?, search_text = ?, sort_name = ?
   WHERE id = ? AND version = ?`,
);
const DELETE = statement('DELETE FROM resource WHERE id = ? AND version = ?');
const DELETE_STARS = statement('DELETE FROM resource_star WHERE resource_id = ?');
const DELETE_LABELS = statement('DELETE FROM resource_label WHERE resource_id = ?');
const BUMP = statement('UPDATE resource SET policy_version = policy_version + 1 WHERE id = ? AND owner = ?');
const GUARD = statement('SELECT 1 FROM resource WHERE id = ? AND version = ? AND policy_version = ?');

/** A row of the table. */
export interface ResourceRow {
  id: string;
  owner: OwnerId;
  resource_server_id: string;
  name: string | null;
  description: string;
  scopes: string;
  version: number;
  policy_version: number;
  created_at: number;
  updated_at: number;
}

/** Registered resources. A resource server finds only those of the owner it acts for; an owner only her own. */
@Injectable()
export class ResourceStore {
  constructor(private readonly database: Database) {}

  /** For assessment and introspection, which reached the id through a ticket or token. */
  async find(id: string): Promise<Resource | undefined> {
    return optional(await this.database.get<ResourceRow>(FIND, [id]));
  }

  /** The same for many at once, by their ids; those that are not there are left out. */
  async findAll(ids: Iterable<string>): Promise<ReadonlyMap<string, Resource>> {
    const rows = await allByKeys<ResourceRow>(this.database, FIND_ALL, ids);
    return new Map(rows.map((row) => [row.id, toResource(row)]));
  }

  /** `undefined` for another owner's or server's resource as for none (UF-07, UF-08). */
  async findOfServer(id: string, owner: OwnerId, resourceServerId: string): Promise<Resource | undefined> {
    return optional(await this.database.get<ResourceRow>(FIND_OF_SERVER, [id, owner, resourceServerId]));
  }

  async findOfOwner(id: string, owner: OwnerId): Promise<Resource | undefined> {
    return optional(await this.database.get<ResourceRow>(FIND_OF_OWNER, [id, owner]));
  }

  /** Ids in byte order, so that a million of them page like ten. */
  async idsOfServer(owner: OwnerId, resourceServerId: string, page: PageRequest): Promise<Page<string>> {
    const { limit, after = '' } = page;
    const rows = await this.database.all<{ id: string }>(IDS_OF_SERVER, [resourceServerId, owner, after, limit + 1]);
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => row.id,
    );
  }

  /** How many a resource server has registered, for all owners; not counted further than `most`. */
  async countOfServer(resourceServerId: string, most: number): Promise<number> {
    return (await this.database.get<{ resources: number }>(OF_SERVER, [resourceServerId, '', most]))?.resources ?? 0;
  }

  insert(writes: WriteSet, resource: Resource): void {
    writes.expectOne(INSERT, [
      resource.id,
      resource.owner,
      resource.resourceServerId,
      resource.name,
      JSON.stringify(resource.description),
      formatScopes(resource.scopes),
      resource.version,
      resource.policyVersion,
      resource.createdAt,
      resource.updatedAt,
      searchTextOf(resource),
      sortNameOf(resource),
    ]);
    noteScopes(writes, resource);
  }

  /** Replaces the description; fails as a condition when another change came first (UF-16). */
  replace(writes: WriteSet, resource: Resource, presentVersion: number): void {
    writes.expectOne(REPLACE, [
      resource.name,
      JSON.stringify(resource.description),
      formatScopes(resource.scopes),
      resource.version,
      resource.updatedAt,
      searchTextOf(resource),
      sortNameOf(resource),
      resource.id,
      presentVersion,
    ]);
    noteScopes(writes, resource);
  }

  /** With the marks that its owner put on it. Fails as a condition when it was changed or deleted in the meantime. */
  delete(writes: WriteSet, resource: Resource): void {
    writes.expectOne(DELETE, [resource.id, resource.version]);
    writes.add(DELETE_STARS, [resource.id]).add(DELETE_LABELS, [resource.id]);
  }

  /** Notes a change of policies, in the same write-set. Fails as a condition when the owner has no such resource. */
  bumpPolicyVersion(writes: WriteSet, id: string, owner: OwnerId): void {
    writes.expectOne(BUMP, [id, owner]);
  }

  /** The decision relies on description and policies being as they were read. */
  guard(writes: WriteSet, resource: Resource): void {
    writes.guard(GUARD, [resource.id, resource.version, resource.policyVersion]);
  }
}

function formatScopes(scopes: ReadonlyMap<string, number>): string {
  return JSON.stringify([...scopes]);
}

function optional(row: ResourceRow | undefined): Resource | undefined {
  return row && toResource(row);
}

/** A resource as its row has it. */
export function toResource(row: ResourceRow): Resource {
  return {
    id: row.id,
    owner: row.owner,
    resourceServerId: row.resource_server_id,
    name: row.name,
    description: JSON.parse(row.description) as Record<string, unknown>,
    scopes: new Map(JSON.parse(row.scopes) as [string, number][]),
    version: row.version,
    policyVersion: row.policy_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
