import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const FIND = statement('SELECT hash, configured_mark, changed_at FROM account_password WHERE account_id = ?');
const AFTER = statement('SELECT hash FROM account_password WHERE hash > ? ORDER BY hash LIMIT 1');
const SET = statement(
  `INSERT INTO account_password (account_id, hash, changed_at) VALUES (?, ?, ?)
   ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
);
const CONFIGURE = statement(
  `INSERT INTO account_password (account_id, hash, configured_mark, changed_at) VALUES (?, ?, ?, ?)
   ON CONFLICT (account_id) DO UPDATE
   SET hash = excluded.hash, configured_mark = excluded.configured_mark, changed_at = excluded.changed_at`,
);
const REPLACE = statement('UPDATE account_password SET hash = ?, changed_at = ? WHERE account_id = ? AND hash = ?');
const REHASH = statement('UPDATE account_password SET hash = ? WHERE account_id = ? AND hash = ?');

const GUARD = statement('SELECT 1 AS one FROM account_password WHERE account_id = ? AND changed_at = ?');

/** Behind all salts: their alphabet is that of base64. */
const AFTER_SALTS = '~';

/** What is kept of a password: its argon2id hash with salt and parameters (PHC string). */
export interface StoredPassword {
  readonly hash: string;
  /** Keyed digest of the configured secret that was last applied; `null` when none ever was. */
  readonly configuredMark: string | null;
  readonly changedAt: Instant;
}

/** Passwords of accounts; an account without a row has none. */
@Injectable()
export class PasswordStore {
  constructor(private readonly database: Database) {}

  async find(accountId: string): Promise<StoredPassword | undefined> {
    const row = await this.database.get<{ hash: string; configured_mark: string | null; changed_at: number }>(FIND, [
      accountId,
    ]);
    return row && { hash: row.hash, configuredMark: row.configured_mark, changedAt: row.changed_at };
  }

  /** One hash of each set of parameters that passwords are kept by: a step through the index for each, however many accounts there are. */
  async ofEachPolicy(): Promise<string[]> {
    const found: string[] = [];
    for (let after = ''; ;) {
      const row = await this.database.get<{ hash: string }>(AFTER, [after]);
      if (!row) return found;
      found.push(row.hash);
      // $argon2id$v=19$m=19456,t=2,p=1$salt$hash
      after = `${row.hash.split('$').slice(0, 4).join('$')}$${AFTER_SALTS}`;
    }
  }

  /** The decision relies on the password that was set then; on PostgreSQL a new one waits, and sees what was decided. */
  guard(writes: WriteSet, accountId: string, changedAt: Instant): void {
    writes.guard(GUARD, [accountId, changedAt]);
  }

  /** Sets a password whatever there was. */
  set(writes: WriteSet, accountId: string, hash: string, now: Instant): void {
    writes.expectOne(SET, [accountId, hash, now]);
  }

  /** Sets the configured password, and remembers which that was. */
  configure(writes: WriteSet, accountId: string, password: StoredPassword): void {
    writes.expectOne(CONFIGURE, [accountId, password.hash, password.configuredMark, password.changedAt]);
  }

  /** Sets a password in the place of a certain one; of concurrent changes one succeeds. */
  replace(writes: WriteSet, accountId: string, change: { from: string; to: string; now: Instant }): void {
    writes.expectOne(REPLACE, [change.to, change.now, accountId, change.from]);
  }

  /** Keeps the same password under other parameters. Changes nothing when it has been changed meanwhile. */
  rehash(writes: WriteSet, accountId: string, change: { from: string; to: string }): void {
    writes.add(REHASH, [change.to, accountId, change.from]);
  }
}
