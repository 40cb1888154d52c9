import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const DUE_CLIENTS = statement(
  `SELECT DISTINCT client_id FROM session_client WHERE due_at <= ? AND client_id > ? ORDER BY client_id LIMIT ?`,
);
const DUE_OF_CLIENT = statement(
  `SELECT session_id, client_id, account_id, attempts, due_at FROM session_client
   WHERE client_id = ? AND due_at <= ? ORDER BY due_at, session_id LIMIT ?`,
);
const WAITING = statement(
  'SELECT count(*) AS waiting FROM (SELECT due_at FROM session_client WHERE due_at > ? ORDER BY due_at LIMIT ?) AS due',
);
const GIVE_UP = statement('DELETE FROM session_client WHERE client_id = ? AND due_at <= ? AND attempts >= ?');
const POSTPONE = statement(
  'UPDATE session_client SET attempts = attempts + 1, due_at = ? WHERE client_id = ? AND due_at <= ?',
);

const CLAIM = statement(
  `UPDATE session_client SET attempts = attempts + 1, due_at = ?
   WHERE session_id = ? AND client_id = ? AND attempts = ? AND due_at = ?`,
);
const POSTPONE_ONE = statement('UPDATE session_client SET due_at = ? WHERE session_id = ? AND client_id = ?');
const REMOVE = statement('DELETE FROM session_client WHERE session_id = ? AND client_id = ?');

interface Row {
  session_id: string;
  client_id: string;
  account_id: string;
  attempts: number;
  due_at: number;
}

/** A client that has to hear that a session ended. */
export interface SessionEndNotice {
  readonly sessionId: string;
  readonly clientId: string;
  readonly accountId: string;
  /** How often it was tried already. */
  readonly attempts: number;
  readonly dueAt: Instant;
}

/** Ends of sessions that are due to be told, looked at client by client: nobody waits behind what another does not take. */
@Injectable()
export class SessionEndNoticeStore {
  constructor(private readonly database: Database) {}

  /** How many are still to be told, due or not; not counted further than `most`. */
  async waiting(most: number): Promise<number> {
    return (await this.database.get<{ waiting: number }>(WAITING, [0, most]))?.waiting ?? 0;
  }

  /** Clients behind `after` for whom something is due, in the order of their ids. */
  async dueClients(now: Instant, after: string, limit: number): Promise<string[]> {
    const rows = await this.database.all<{ client_id: string }>(DUE_CLIENTS, [now, after, limit]);
    return rows.map((row) => row.client_id);
  }

  /** What is due for a client, longest first. */
  async dueOf(clientId: string, now: Instant, limit: number): Promise<SessionEndNotice[]> {
    return (await this.database.all<Row>(DUE_OF_CLIENT, [clientId, now, limit])).map(toNotice);
  }

  /** Takes a notice for one attempt; fails as a condition when another node did. @param again - when it is due if that fails */
  claim(writes: WriteSet, { sessionId, clientId, attempts, dueAt }: SessionEndNotice, again: Instant): void {
    writes.expectOne(CLAIM, [again, sessionId, clientId, attempts, dueAt]);
  }

  /** The attempt that was taken failed. */
  postpone(writes: WriteSet, { sessionId, clientId }: SessionEndNotice, again: Instant): void {
    writes.add(POSTPONE_ONE, [again, sessionId, clientId]);
  }

  /** The client has heard, or nobody tries any more. */
  remove(writes: WriteSet, { sessionId, clientId }: SessionEndNotice): void {
    writes.add(REMOVE, [sessionId, clientId]);
  }

  /**
   * The client cannot be reached: its silence counts as an attempt for everything that is due for it. The first step removes what
   * was tried `most` times already.
   */
  postponeAll(writes: WriteSet, clientId: string, at: { now: Instant; again: Instant; most: number }): void {
    writes.add(GIVE_UP, [clientId, at.now, at.most]).add(POSTPONE, [at.again, clientId, at.now]);
  }
}

function toNotice(row: Row): SessionEndNotice {
  return {
    sessionId: row.session_id,
    clientId: row.client_id,
    accountId: row.account_id,
    attempts: row.attempts,
    dueAt: row.due_at,
  };
}
