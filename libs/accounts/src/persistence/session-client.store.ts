import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';
import type { Session } from '../domain/session.js';

const GUARD_SESSION = statement(
  'SELECT 1 AS one FROM sign_in_session WHERE id = ? AND account_id = ? AND expires_at > ?',
);
const NOTE = statement(
  `INSERT INTO session_client (session_id, client_id, account_id, attempts) VALUES (?, ?, ?, 0)
   ON CONFLICT (session_id, client_id) DO NOTHING`,
);
/**
 * Which clients know of a session and want to hear of its end. While the session lives a row is not due; whatever ends the
 * session makes it due in the same write-set ({@link SessionStore}, told by {@link SessionEndNoticeStore}), so that no end goes unheard.
 */
@Injectable()
export class SessionClientStore {
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
}
