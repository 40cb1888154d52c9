import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const TABLES: readonly [table: string, key: string][] = [
  ['sign_in_session', 'hash'],
  ['attempt_counter', 'key'],
  ['recovery_link', 'hash'],
  ['passkey_challenge', 'hash'],
];

const EXPIRE: readonly Statement[] = [
  ...TABLES.map(([table, key]) =>
    // Looked at once more: a session or counter may have been used since it was found.
    statement(
      `DELETE FROM ${table} WHERE expires_at <= ? AND ${key} IN (SELECT ${key} FROM ${table} WHERE expires_at <= ? LIMIT ?)`,
    ),
  ),
  statement(
    `DELETE FROM known_place WHERE expires_at <= ? AND (account_id, place) IN
     (SELECT account_id, place FROM known_place WHERE expires_at <= ? LIMIT ?)`,
  ),
];

/** Removes what has expired of sign-in, in small batches on an indexed expiry. */
@Injectable()
export class AccountsExpiryStore {
  constructor(private readonly database: Database) {}

  /** One batch of each table. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    let removed = 0;
    for (const expire of EXPIRE) {
      const [rows = 0] = await this.database.commit(new WriteSet().add(expire, [before, before, batch]));
      removed += rows;
    }
    return removed;
  }
}
