import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Session } from '../domain/session.js';

const GUARD_SESSION = statement(
  'SELECT 1 AS one FROM sign_in_session WHERE id = ? AND account_id = ? AND expires_at > ?',
);
const NOTE = statement(
  `INSERT INTO session_client (session_id, client_id, account_id, attempts) VALUES (?, ?, ?, 0)
   ON CONFLICT (session_id, client_id) DO NOTHING`,
);
const DUE = statement(
  `SELECT session_id, client_id, account_id, attempts, due_at FROM session_client
   WHERE due_at <= ? ORDER BY due_at, session_id, client_id LIMIT ?`,
);
const CLAIM = statement(
  `UPDATE session_client SET attempts = attempts + 1, due_at = ?
   WHERE session_id = ? AND client_id = ? AND attempts = ? AND due_at = ?`,
);
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

/**
 * Which clients know of a session and want to hear of its end. While the session lives a row is not due; whatever ends the
 * session makes it due in the same write-set ({@link SessionStore}), so that no end goes unheard.
 */
@Injectable()
export class SessionClientStore {
  constructor(private readonly database: Database) {}

  /**
   * What a client gets rests on the session; fails as a condition when that has ended. On PostgreSQL an end that runs at the same
   * time waits, and sees what was given.
   * @param listener - the client, where it wants to hear of the end
   */
  rely(
    writes: WriteSet,
    { id, accountId }: Pick<Session, 'id' | 'accountId'>,
    { listener, now }: { readonly listener: string | undefined; readonly now: Instant },
  ): void {
    writes.guard(GUARD_SESSION, [id, accountId, now]);
    if (listener !== undefined) writes.add(NOTE, [id, listener, accountId]);
  }

  /** What is due, longest first. */
  async due(now: Instant, limit: number): Promise<SessionEndNotice[]> {
    return (await this.database.all<Row>(DUE, [now, limit])).map(toNotice);
  }

  /** Takes a notice for one attempt; fails as a condition when another node did. @param again - when it is due if that fails */
  claim(writes: WriteSet, { sessionId, clientId, attempts, dueAt }: SessionEndNotice, again: Instant): void {
    writes.expectOne(CLAIM, [again, sessionId, clientId, attempts, dueAt]);
  }

  /** The client has heard, or nobody tries any more. */
  remove(writes: WriteSet, { sessionId, clientId }: SessionEndNotice): void {
    writes.add(REMOVE, [sessionId, clientId]);
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
