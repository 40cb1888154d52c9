import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const ADD = statement(
  `INSERT INTO request_notice (request_id, kind, account_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
);
const WISH = statement(
  `INSERT INTO request_notice (request_id, kind, account_id, created_at)
   SELECT id, 'outcome', ?, ? FROM access_request WHERE id = ? AND state = 'pending' AND expires_at > ?
   ON CONFLICT DO NOTHING`,
);
const FIND = statement(`SELECT account_id FROM request_notice WHERE request_id = ? AND kind = 'outcome'`);
const WAITING = statement(
  `SELECT count(*) AS waiting FROM (SELECT request_id FROM request_notice WHERE kind = 'asked' AND account_id > ?
     ORDER BY account_id LIMIT ?) AS asked`,
);
const DUE_OWNERS = statement(
  `SELECT DISTINCT account_id FROM request_notice n WHERE kind = 'asked' AND NOT EXISTS
     (SELECT 1 FROM notice_recipient r WHERE r.account_id = n.account_id AND r.next_at > ?) LIMIT ?`,
);
/** Check and mark in one: of several servers one sends the message. */
const TAKE_OWNER = statement(
  `INSERT INTO notice_recipient (account_id, next_at) VALUES (?, ?)
   ON CONFLICT (account_id) DO UPDATE SET next_at = excluded.next_at WHERE notice_recipient.next_at <= ?`,
);
const POSTPONE = statement('UPDATE notice_recipient SET next_at = ? WHERE account_id = ?');
const OF_OWNER = statement(
  `SELECT request_id FROM request_notice WHERE kind = 'asked' AND account_id = ? ORDER BY request_id LIMIT ?`,
);
const REMOVE = statement('DELETE FROM request_notice WHERE request_id = ? AND kind = ?');
const DUE_OUTCOMES = statement(
  `SELECT n.request_id, n.account_id FROM request_notice n LEFT JOIN access_request r ON r.id = n.request_id
   WHERE n.kind = 'outcome' AND n.created_at <= ? AND (r.id IS NULL OR r.state <> 'pending' OR r.expires_at <= ?) ORDER BY n.request_id LIMIT ?`,
);
/** As for an owner; of an outcome the time is the one from which on it may be tried. */
const TAKE_OUTCOME = statement(
  `UPDATE request_notice SET created_at = ? WHERE request_id = ? AND kind = 'outcome' AND created_at <= ?`,
);
const FORGET = statement('DELETE FROM notice_recipient WHERE next_at <= ?');

/** A message about the outcome of a request that is due. */
export interface OutcomeNotice {
  readonly requestId: string;
  readonly accountId: string;
}

/** Messages about requests that are still to be sent: one a request to its owner, and one to the party who wished for it. */
@Injectable()
export class RequestNoticeStore {
  constructor(private readonly database: Database) {}

  /** The owner is to hear of a new request. */
  tellOwner(writes: WriteSet, notice: { requestId: string; accountId: string; now: Instant }): void {
    writes.add(ADD, [notice.requestId, 'asked', notice.accountId, notice.now]);
  }

  /** The party wishes to hear of the outcome; nothing where there is one already. Wishing twice is wishing once. */
  async wish(requestId: string, accountId: string, now: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(WISH, [accountId, now, requestId, now]));
  }

  async isWished(requestId: string): Promise<boolean> {
    return (await this.database.get(FIND, [requestId])) !== undefined;
  }

  /** How many messages to owners are still to be sent; not counted further than `most`. */
  async waiting(most: number): Promise<number> {
    return (await this.database.get<{ waiting: number }>(WAITING, ['', most]))?.waiting ?? 0;
  }

  /** Owners of whom something is to be told and who heard nothing for long enough. */
  async dueOwners(now: Instant, limit: number): Promise<string[]> {
    const rows = await this.database.all<{ account_id: string }>(DUE_OWNERS, [now, limit]);
    return rows.map((row) => row.account_id);
  }

  /** @returns false when another server tells her */
  takeOwner(accountId: string, now: Instant, nextAt: Instant): Promise<boolean> {
    return this.database.tryCommit(new WriteSet().expectOne(TAKE_OWNER, [accountId, nextAt, now]));
  }

  /** The message could not be sent: again from then on. */
  async postpone(accountId: string, nextAt: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(POSTPONE, [nextAt, accountId]));
  }

  /** Requests that an owner is to hear of, oldest first. */
  async ofOwner(accountId: string, limit: number): Promise<string[]> {
    const rows = await this.database.all<{ request_id: string }>(OF_OWNER, [accountId, limit]);
    return rows.map((row) => row.request_id);
  }

  async told(requestIds: readonly string[]): Promise<void> {
    const writes = new WriteSet();
    for (const id of requestIds) writes.add(REMOVE, [id, 'asked']);
    await this.database.commit(writes);
  }

  async dueOutcomes(now: Instant, limit: number): Promise<OutcomeNotice[]> {
    const rows = await this.database.all<{ request_id: string; account_id: string }>(DUE_OUTCOMES, [now, now, limit]);
    return rows.map((row) => ({ requestId: row.request_id, accountId: row.account_id }));
  }

  /**
   * Takes it for one attempt: it stays until {@link outcomeTold}, so that the end of the server that took it loses nothing.
   * @param lease - `again`: when it is due if it was not told till then
   * @returns false when another server tells her
   */
  takeOutcome({ requestId }: OutcomeNotice, { now, again }: { now: Instant; again: Instant }): Promise<boolean> {
    return this.database.tryCommit(new WriteSet().expectOne(TAKE_OUTCOME, [again, requestId, now]));
  }

  /** She was told, or there is nothing to tell. */
  async outcomeTold({ requestId }: OutcomeNotice): Promise<void> {
    await this.database.commit(new WriteSet().add(REMOVE, [requestId, 'outcome']));
  }

  /** Owners who may hear again: nothing has to be remembered of them. */
  async forget(now: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(FORGET, [now]));
  }
}
