import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { SeenUse } from '../domain/access-moment.js';

const NOTE = statement(
  `INSERT INTO access_use (access_id, client_id, holder, first_used_at, last_used_at) VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (access_id, client_id, holder) DO UPDATE SET last_used_at = excluded.last_used_at
     WHERE access_use.last_used_at < excluded.last_used_at`,
);
const OF_ACCESS = statement('SELECT * FROM access_use WHERE access_id = ? ORDER BY last_used_at DESC LIMIT ?');
const COUNT = statement('SELECT count(*) AS chains FROM access_use WHERE access_id = ?');
const LAST = statement(
  `SELECT access_id, max(last_used_at) AS at FROM access_use WHERE access_id IN ${KEY_LIST} GROUP BY access_id`,
);
const FORGET = statement('DELETE FROM access_use WHERE access_id = ?');

interface Row {
  access_id: string;
  client_id: string;
  holder: string;
  first_used_at: number;
  last_used_at: number;
}

/** Who used which access through which application. */
@Injectable()
export class AccessUseStore {
  constructor(private readonly database: Database) {}

  /** Notes the latest use; an older one than is known changes nothing. */
  note(writes: WriteSet, { accessId, clientId, holder, firstUsedAt, lastUsedAt }: SeenUse): void {
    writes.add(NOTE, [accessId, clientId, holder, firstUsedAt, lastUsedAt]);
  }

  /** Most recently used first. */
  async of(accessId: string, limit: number): Promise<SeenUse[]> {
    const rows = await this.database.all<Row>(OF_ACCESS, [accessId, limit]);
    return rows.map((row) => ({
      accessId,
      clientId: row.client_id,
      holder: row.holder,
      firstUsedAt: row.first_used_at,
      lastUsedAt: row.last_used_at,
    }));
  }

  /** How many (holder, application) have used it. */
  async countOf(accessId: string): Promise<number> {
    return (await this.database.get<{ chains: number }>(COUNT, [accessId]))?.chains ?? 0;
  }

  /** When each was last used, by its id; those that never were are left out. */
  async lastOf(accessIds: Iterable<string>): Promise<ReadonlyMap<string, Instant>> {
    const rows = await allByKeys<{ access_id: string; at: Instant }>(this.database, LAST, accessIds);
    return new Map(rows.map((row) => [row.access_id, row.at]));
  }

  /** With the access that is no more. */
  forget(writes: WriteSet, accessId: string): void {
    writes.add(FORGET, [accessId]);
  }
}
