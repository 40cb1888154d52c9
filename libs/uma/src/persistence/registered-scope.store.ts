import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Resource } from '../domain/resource.js';

const NOTE = statement('INSERT INTO registered_scope (scope, resource_server_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
const ALL = statement(
  `SELECT scope, resource_server_id FROM registered_scope WHERE scope > ? ORDER BY scope, resource_server_id LIMIT ?`,
);

/** A scope, and a resource server that registered a resource with it. */
export interface RegisteredScope {
  readonly scope: string;
  readonly resourceServerId: string;
}

/** Which scopes resource servers registered resources with. What was there once stays: a resource may come with it again. */
@Injectable()
export class RegisteredScopeStore {
  constructor(private readonly database: Database) {}

  /** The first so many, by scope. */
  async all(most: number): Promise<RegisteredScope[]> {
    const rows = await this.database.all<{ scope: string; resource_server_id: string }>(ALL, ['', most]);
    return rows.map((row) => ({ scope: row.scope, resourceServerId: row.resource_server_id }));
  }
}

/** In the write-set of the registration. In order of the scopes, so that two registrations never wait for each other. */
export function noteScopes(writes: WriteSet, { scopes, resourceServerId }: Resource): void {
  for (const scope of [...scopes.keys()].sort()) writes.add(NOTE, [scope, resourceServerId]);
}
