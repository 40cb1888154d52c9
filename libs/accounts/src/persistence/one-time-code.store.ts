import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const FIND = statement(
  'SELECT secret, last_step FROM one_time_code_secret WHERE account_id = ? AND secret IS NOT NULL',
);
const PENDING = statement(
  'SELECT pending_secret FROM one_time_code_secret WHERE account_id = ? AND pending_secret IS NOT NULL AND pending_until > ?',
);
const BEGIN = statement(
  `INSERT INTO one_time_code_secret (account_id, pending_secret, pending_until) VALUES (?, ?, ?)
   ON CONFLICT (account_id) DO UPDATE
   SET pending_secret = excluded.pending_secret, pending_until = excluded.pending_until`,
);
const CONFIRM = statement(
  `UPDATE one_time_code_secret SET secret = pending_secret, last_step = ?, pending_secret = NULL, pending_until = NULL
   WHERE account_id = ? AND pending_secret = ?`,
);
const USE = statement(
  `UPDATE one_time_code_secret SET last_step = ? WHERE account_id = ? AND secret = ? AND (last_step IS NULL OR last_step < ?)`,
);
const REMOVE = statement('DELETE FROM one_time_code_secret WHERE account_id = ?');

/** Secrets of authenticator apps, encrypted; one for use and one that waits for its first code. */
@Injectable()
export class OneTimeCodeStore {
  constructor(private readonly database: Database) {}

  /** The encrypted secret in use, or `undefined` when the account has none. */
  async find(accountId: string): Promise<string | undefined> {
    return (await this.database.get<{ secret: string }>(FIND, [accountId]))?.secret;
  }

  async isEnrolled(accountId: string): Promise<boolean> {
    return (await this.find(accountId)) !== undefined;
  }

  /** The encrypted secret that waits for its first code, or `undefined`. */
  async pending(accountId: string, now: Instant): Promise<string | undefined> {
    return (await this.database.get<{ pending_secret: string }>(PENDING, [accountId, now]))?.pending_secret;
  }

  /** Another waiting secret takes the place of an earlier one; the one in use stays. */
  begin(writes: WriteSet, pending: { accountId: string; secret: string; until: Instant }): void {
    writes.expectOne(BEGIN, [pending.accountId, pending.secret, pending.until]);
  }

  /** The waiting secret takes the place of the one in use; the code that proved it is used up. */
  confirm(writes: WriteSet, accountId: string, confirmed: { secret: string; step: number }): void {
    writes.expectOne(CONFIRM, [confirmed.step, accountId, confirmed.secret]);
  }

  /** Uses a time step up, and all before it (RFC 6238 section 5.2): of concurrent uses of one step one succeeds. */
  use(writes: WriteSet, accountId: string, used: { secret: string; step: number }): void {
    writes.expectOne(USE, [used.step, accountId, used.secret, used.step]);
  }

  remove(writes: WriteSet, accountId: string): void {
    writes.add(REMOVE, [accountId]);
  }
}
