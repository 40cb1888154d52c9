import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { LastRefusal, Refusal } from '../domain/access-moment.js';

const NOTE = statement(
  `INSERT INTO last_refusal (owner, holder, client_id, resource_id, scopes, refused_at) VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT (owner, holder, client_id, resource_id) DO UPDATE
     SET scopes = excluded.scopes, refused_at = excluded.refused_at
     WHERE last_refusal.refused_at < excluded.refused_at`,
);
const OF_OWNER = statement(
  'SELECT * FROM last_refusal WHERE owner = ? ORDER BY holder, client_id, resource_id LIMIT ?',
);
const REMOVE_OLD = statement(
  `DELETE FROM last_refusal WHERE (owner, holder, client_id, resource_id) IN
     (SELECT owner, holder, client_id, resource_id FROM last_refusal WHERE refused_at < ? LIMIT ?)`,
);

/** More than that of one owner are not shown. */
const MOST = 10_000;

interface Row {
  holder: string;
  client_id: string;
  resource_id: string;
  scopes: string;
  refused_at: number;
}

/** What was last refused, exactly, to whom, through which application, on which resource. */
@Injectable()
export class LastRefusalStore {
  constructor(private readonly database: Database) {}

  /** An older refusal than is known changes nothing. */
  note(writes: WriteSet, { owner, holder, clientId, resource, scopes, at }: Refusal): void {
    writes.add(NOTE, [owner, holder, clientId, resource?.id ?? '', JSON.stringify(scopes), at]);
  }

  /** All of an owner. */
  async ofOwner(owner: string): Promise<LastRefusal[]> {
    const rows = await this.database.all<Row>(OF_OWNER, [owner, MOST]);
    return rows.map((row) => ({
      holder: row.holder,
      clientId: row.client_id,
      resourceId: row.resource_id,
      scopes: JSON.parse(row.scopes) as string[],
      at: row.refused_at,
    }));
  }

  /** Removes up to `batch` of those from before. @returns how many were removed */
  async removeOld(before: Instant, batch: number): Promise<number> {
    const [removed = 0] = await this.database.commit(new WriteSet().add(REMOVE_OLD, [before, batch]));
    return removed;
  }
}
