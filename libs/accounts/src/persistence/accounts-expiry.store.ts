import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const TABLES: readonly [table: string, key: string][] = [
  ['attempt_counter', 'key'],
  ['recovery_link', 'hash'],
  ['passkey_challenge', 'hash'],
];

const TELL_CLIENTS = statement(
  `UPDATE session_client SET due_at = ? WHERE due_at IS NULL
   AND session_id IN (SELECT id FROM sign_in_session WHERE expires_at <= ? LIMIT ?)`,
);
/** A session stays until every client that knows of it is to be told. */
const EXPIRE_SESSIONS = statement(
  `DELETE FROM sign_in_session WHERE expires_at <= ? AND hash IN (SELECT hash FROM sign_in_session WHERE expires_at <= ? LIMIT ?)
   AND NOT EXISTS (SELECT 1 FROM session_client c WHERE c.session_id = sign_in_session.id AND c.due_at IS NULL)`,
);

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
    const sessions = new WriteSet()
      .add(TELL_CLIENTS, [before, before, batch])
      .add(EXPIRE_SESSIONS, [before, before, batch]);
    let [, removed = 0] = await this.database.commit(sessions);
    for (const expire of EXPIRE) {
      const [rows = 0] = await this.database.commit(new WriteSet().add(expire, [before, before, batch]));
      removed += rows;
    }
    return removed;
  }
}
