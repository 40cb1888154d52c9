import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const TABLES: readonly [table: string, key: string][] = [
  ['token', 'hash'],
  ['refresh_token', 'hash'],
  ['token_family', 'id'],
  ['replay_mark', 'mark'],
];

const EXPIRE: readonly Statement[] = TABLES.map(([table, key]) =>
  statement(`DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE expires_at <= ? LIMIT ?)`),
);

/** Removes what has expired, in small batches on an indexed expiry, so that storage stays flat under constant load. */
@Injectable()
export class TokenExpiryStore {
  constructor(private readonly database: Database) {}

  /** One batch of each table. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    let removed = 0;
    for (const expire of EXPIRE) {
      const [rows = 0] = await this.database.commit(new WriteSet().add(expire, [before, batch]));
      removed += rows;
    }
    return removed;
  }
}
