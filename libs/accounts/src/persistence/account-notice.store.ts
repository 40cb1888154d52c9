import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AccountChange, AccountNotice } from '../domain/account-notice.js';

const INSERT = statement(
  `INSERT INTO account_notice (id, account_id, change, called, changed_at, attempts, due_at) VALUES (?, ?, ?, ?, ?, 0, ?)`,
);
const DUE_ACCOUNTS = statement('SELECT account_id FROM account_notice WHERE due_at <= ? ORDER BY due_at LIMIT ?');
const DUE_OF = statement(
  `SELECT id, account_id, change, called, changed_at, attempts FROM account_notice
   WHERE account_id = ? AND due_at <= ? ORDER BY id LIMIT ?`,
);
/** Check and mark in one: of several servers one sends the message. */
const TAKE = statement(
  'UPDATE account_notice SET attempts = ?, due_at = ? WHERE id = ? AND attempts = ? AND due_at <= ?',
);
const REMOVE = statement('DELETE FROM account_notice WHERE id = ?');

interface Row {
  id: string;
  account_id: string;
  change: AccountChange;
  called: string;
  changed_at: number;
  attempts: number;
}

/** Messages to people about their own accounts, until they are sent. */
@Injectable()
export class AccountNoticeStore {
  constructor(private readonly database: Database) {}

  /** Due at once: durable together with the change that it tells of. */
  add(writes: WriteSet, { id, accountId, change, called, changedAt }: Omit<AccountNotice, 'attempts'>): void {
    writes.expectOne(INSERT, [id, accountId, change, called, changedAt, changedAt]);
  }

  /** Accounts that something is to be told to, of so many notices; longest due first. */
  async dueAccounts(now: Instant, limit: number): Promise<string[]> {
    const rows = await this.database.all<{ account_id: string }>(DUE_ACCOUNTS, [now, limit]);
    return [...new Set(rows.map((row) => row.account_id))];
  }

  /** What an account is to hear, oldest first. */
  async dueOf(accountId: string, now: Instant, limit: number): Promise<AccountNotice[]> {
    return (await this.database.all<Row>(DUE_OF, [accountId, now, limit])).map(toNotice);
  }

  /** Counts an attempt; fails as a condition when another server took it. @param again - when it is due if that fails */
  take(writes: WriteSet, { id, attempts }: AccountNotice, { now, again }: { now: Instant; again: Instant }): void {
    writes.expectOne(TAKE, [attempts + 1, again, id, attempts, now]);
  }

  /** Not before `again`; no attempt was made. */
  postpone(writes: WriteSet, { id, attempts }: AccountNotice, { now, again }: { now: Instant; again: Instant }): void {
    writes.expectOne(TAKE, [attempts, again, id, attempts, now]);
  }

  /** She was told, or nobody tries any more. */
  remove(writes: WriteSet, { id }: AccountNotice): void {
    writes.add(REMOVE, [id]);
  }
}

function toNotice(row: Row): AccountNotice {
  return {
    id: row.id,
    accountId: row.account_id,
    change: row.change,
    called: row.called,
    changedAt: row.changed_at,
    attempts: row.attempts,
  };
}
