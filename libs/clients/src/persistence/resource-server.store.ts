import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { ResourceServer } from '../domain/client.js';

const ALL = statement('SELECT * FROM resource_server ORDER BY client_id');
const UPSERT = statement(
  `INSERT INTO resource_server (client_id, resource, name, realm, scopes, partial_grant, enabled)
   VALUES (?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (client_id) DO UPDATE SET resource = excluded.resource, name = excluded.name, realm = excluded.realm,
     scopes = excluded.scopes, partial_grant = excluded.partial_grant, enabled = excluded.enabled`,
);

interface Row {
  client_id: string;
  resource: string;
  name: string;
  realm: string;
  scopes: string;
  partial_grant: boolean | number;
  enabled: boolean | number;
}

/** Resource servers: a few, set by the operator, so they are read as one list. */
@Injectable()
export class ResourceServerStore {
  constructor(private readonly database: Database) {}

  async all(): Promise<ResourceServer[]> {
    const rows = await this.database.all<Row>(ALL, []);
    return rows.map((row) => ({
      clientId: row.client_id,
      resource: row.resource,
      name: row.name,
      realm: row.realm,
      scopes: JSON.parse(row.scopes) as string[],
      partialGrant: Boolean(row.partial_grant),
      enabled: Boolean(row.enabled),
    }));
  }

  save(writes: WriteSet, server: ResourceServer): void {
    writes.expectOne(UPSERT, [
      server.clientId,
      server.resource,
      server.name,
      server.realm,
      JSON.stringify(server.scopes),
      server.partialGrant ? 1 : 0,
      server.enabled ? 1 : 0,
    ]);
  }
}
