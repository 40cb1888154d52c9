import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AccountChange, AccountNotice } from '../domain/account-notice.js';

/** An account with so many does not tell things of one kind apart any more: nobody fills the table with names (attack class 264). */
const MOST_APART = 100;
/** Waits to be told of the same. Once it was tried to send one, that one may be on its way, and what follows is another. */
const EQUAL = `account_id = ? AND change = ? AND attempts = 0
  AND (called = ? OR (SELECT count(*) FROM account_notice WHERE account_id = ?) >= ${MOST_APART})`;
const JOIN = statement(
  `UPDATE account_notice SET last_changed_at = ?
   WHERE attempts = 0 AND id = (SELECT max(id) FROM account_notice WHERE ${EQUAL})`,
);
const INSERT = statement(
  `INSERT INTO account_notice (id, account_id, change, called, changed_at, last_changed_at, attempts, due_at)
   SELECT ?, ?, ?, ?, ?, ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM account_notice WHERE ${EQUAL})`,
);
const WAITING = statement(
  'SELECT count(*) AS waiting FROM (SELECT due_at FROM account_notice WHERE due_at > ? ORDER BY due_at LIMIT ?) AS due',
);
const DUE_ACCOUNTS = statement('SELECT account_id FROM account_notice WHERE due_at <= ? ORDER BY due_at LIMIT ?');
const DUE_OF = statement(
  `SELECT id, account_id, change, called, changed_at, last_changed_at, attempts FROM account_notice
   WHERE account_id = ? AND due_at <= ? ORDER BY id LIMIT ?`,
);
/** Check and mark in one: of several servers one sends the message. */
const TAKE = statement(
  `UPDATE account_notice SET attempts = ?, due_at = ?
   WHERE id = ? AND attempts = ? AND due_at <= ? AND last_changed_at <= ?`,
);
const REMOVE = statement('DELETE FROM account_notice WHERE id = ?');

interface Row {
  id: string;
  account_id: string;
  change: AccountChange;
  called: string;
  changed_at: number;
  last_changed_at: number;
  attempts: number;
}

/** Messages to people about their own accounts, until they are sent. */
@Injectable()
export class AccountNoticeStore {
  constructor(private readonly database: Database) {}

  /** Due at once, or joined to one that waits to tell the same: durable together with the change that it tells of. */
  add(writes: WriteSet, notice: Omit<AccountNotice, 'attempts' | 'lastChangedAt'>): void {
    const { id, accountId, change, called, changedAt } = notice;
    const equal = [accountId, change, called, accountId];
    // First: one that is being taken at this moment is waited for, and seen to be on its way.
    writes.add(JOIN, [changedAt, ...equal]);
    writes.add(INSERT, [id, accountId, change, called, changedAt, changedAt, changedAt, ...equal]);
  }

  /** How many are still to be sent, due or not; not counted further than `most`. */
  async waiting(most: number): Promise<number> {
    return (await this.database.get<{ waiting: number }>(WAITING, [0, most]))?.waiting ?? 0;
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

  /** Counts an attempt; fails as a condition when another server took it, or more was joined to it meanwhile. @param again - when it is due if that fails */
  take(
    writes: WriteSet,
    { id, attempts, lastChangedAt }: AccountNotice,
    { now, again }: { now: Instant; again: Instant },
  ): void {
    writes.expectOne(TAKE, [attempts + 1, again, id, attempts, now, lastChangedAt]);
  }

  /** Not before `again`; no attempt was made. */
  postpone(
    writes: WriteSet,
    { id, attempts, lastChangedAt }: AccountNotice,
    { now, again }: { now: Instant; again: Instant },
  ): void {
    writes.expectOne(TAKE, [attempts, again, id, attempts, now, lastChangedAt]);
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
    lastChangedAt: Math.max(row.changed_at, row.last_changed_at),
    attempts: row.attempts,
  };
}
