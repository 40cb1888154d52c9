import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import { ACR } from '@valetkey/protocol';
import type { Session } from '../domain/session.js';
import type { Passkey } from './passkey.store.js';

const COLUMNS = `id, account_id, auth_time, acr, amr, rotation, created_at, last_seen_at, address, user_agent, ends_at, expires_at,
  passkey`;
const FIND = statement(
  `SELECT ${COLUMNS} FROM sign_in_session s WHERE hash = ? AND expires_at > ?
   AND EXISTS (SELECT 1 FROM account a WHERE a.id = s.account_id AND a.enabled)`,
);
const PAGE = statement(
  `SELECT ${COLUMNS} FROM sign_in_session WHERE account_id = ? AND expires_at > ? AND id < ? ORDER BY id DESC LIMIT ?`,
);
const LIVING = statement(
  `SELECT id FROM sign_in_session s WHERE account_id IN ${KEY_LIST} AND expires_at > ?
   AND EXISTS (SELECT 1 FROM account a WHERE a.id = s.account_id AND a.enabled)`,
);
const INSERT = statement(
  `INSERT INTO sign_in_session (hash, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const TOUCH = statement(
  'UPDATE sign_in_session SET last_seen_at = ?, expires_at = ? WHERE hash = ? AND last_seen_at < ? AND expires_at > ?',
);
const REPLACE = statement('DELETE FROM sign_in_session WHERE id = ? AND account_id = ? AND rotation = ?');
const END = statement('DELETE FROM sign_in_session WHERE id = ? AND account_id = ?');
const END_ALL = statement('DELETE FROM sign_in_session WHERE account_id = ? AND id <> ?');
/** Those of before sessions knew their passkey may be of any of hers. */
const END_OF_PASSKEY = statement(
  `DELETE FROM sign_in_session WHERE account_id = ? AND id <> ? AND (passkey = ? OR (passkey IS NULL AND acr = '${ACR.phishingResistant}'))`,
);
const WITHOUT_PASSKEY = statement(
  `UPDATE sign_in_session SET passkey = '' WHERE id = ? AND account_id = ? AND acr = '${ACR.phishingResistant}' AND coalesce(passkey, ?) = ?`,
);
const END_OLDEST = statement(
  `DELETE FROM sign_in_session WHERE account_id = ? AND id IN
   (SELECT id FROM sign_in_session WHERE account_id = ? ORDER BY id DESC LIMIT 1000 OFFSET ?)`,
);
const END_OF_DISABLED = statement(
  'DELETE FROM sign_in_session WHERE account_id IN (SELECT id FROM account WHERE NOT enabled)',
);
/** After the sessions have gone: whoever notes a client for one of them at the same time came before, and is seen. */
const TELL_CLIENTS = statement(
  `UPDATE session_client SET due_at = ? WHERE account_id = ? AND due_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM sign_in_session s WHERE s.id = session_client.session_id)`,
);
const TELL_CLIENTS_OF_DISABLED = statement(
  `UPDATE session_client SET due_at = ? WHERE due_at IS NULL AND account_id IN (SELECT id FROM account WHERE NOT enabled)
   AND NOT EXISTS (SELECT 1 FROM sign_in_session s WHERE s.id = session_client.session_id)`,
);
const GUARD_ENABLED = statement('SELECT 1 AS one FROM account WHERE id = ? AND enabled');
const GUARD_PASSWORD = statement('SELECT 1 AS one FROM account_password WHERE account_id = ? AND changed_at <= ?');

const GUARD_PASSKEY = statement('SELECT 1 AS one FROM passkey WHERE id = ? AND account_id = ?');

/** An identifier behind all others of ours. */
const AFTER_ALL = '~';

interface Row {
  id: string;
  account_id: string;
  auth_time: number;
  acr: string;
  amr: string;
  rotation: number;
  created_at: number;
  last_seen_at: number;
  address: string;
  user_agent: string;
  passkey: string | null;
  ends_at: number;
  expires_at: number;
}

/** A session with the instant at which it ends however much it is used. */
export type StoredSession = Session & { readonly endsAt: Instant };

/** Sign-in sessions, found by the key of the cookie's value. Ids begin with the time: the newest sorts last. */
@Injectable()
export class SessionStore {
  constructor(private readonly database: Database) {}

  /** A session that has not ended, of an account that is enabled; `undefined` otherwise. */
  async find(hash: string, now: Instant): Promise<StoredSession | undefined> {
    const row = await this.database.get<Row>(FIND, [hash, now]);
    return row && toSession(row);
  }

  /** Ids of all sessions of these accounts that have not ended. */
  async living(accountIds: Iterable<string>, now: Instant): Promise<ReadonlySet<string>> {
    const rows = await allByKeys<{ id: string }>(this.database, LIVING, accountIds, [now]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Sessions of an account that have not ended, newest first. */
  async page(accountId: string, { limit, after = AFTER_ALL }: PageRequest, now: Instant): Promise<Page<StoredSession>> {
    const rows = await this.database.all<Row>(PAGE, [accountId, now, after, limit + 1]);
    return toPage(rows, limit, toSession, (row) => row.id);
  }

  insert(writes: WriteSet, hash: string, session: StoredSession): void {
    writes.expectOne(INSERT, [
      hash,
      session.id,
      session.accountId,
      session.authTime,
      session.acr,
      session.amr.join(' '),
      session.rotation,
      session.createdAt,
      session.lastSeenAt,
      session.address,
      session.userAgent,
      session.endsAt,
      session.expiresAt,
      session.passkey ?? null,
    ]);
  }

  /** Notes use. Never revives a session that has ended meanwhile, and never shortens one. */
  touch(writes: WriteSet, hash: string, { now, expiresAt }: { now: Instant; expiresAt: Instant }): void {
    writes.add(TOUCH, [now, expiresAt, hash, now, now]);
  }

  /** The condition fails when it has ended or was replaced already: one of two who replace it succeeds. */
  replace(writes: WriteSet, { id, accountId, rotation }: Session): void {
    writes.expectOne(REPLACE, [id, accountId, rotation]);
  }

  /** @param now - when clients are to hear of it */
  end(writes: WriteSet, id: string, accountId: string, now: Instant): void {
    writes.add(END, [id, accountId]).add(TELL_CLIENTS, [now, accountId]);
  }

  /** The same; fails as a condition when the account has no such session. */
  endOne(writes: WriteSet, id: string, accountId: string, now: Instant): void {
    writes.expectOne(END, [id, accountId]).add(TELL_CLIENTS, [now, accountId]);
  }

  /** @param now - when clients are to hear of it @param except - the id of one that goes on */
  endAll(writes: WriteSet, accountId: string, now: Instant, except = ''): void {
    writes.add(END_ALL, [accountId, except]).add(TELL_CLIENTS, [now, accountId]);
  }

  /**
   * Ends those that began with this passkey. After it is gone: whoever begins one with it at the same time came before, and is seen.
   * @param keep - the id of one that goes on, and is of no passkey from then on
   */
  endOfPasskey(writes: WriteSet, passkey: Pick<Passkey, 'id' | 'accountId'>, now: Instant, keep = ''): void {
    const { id, accountId } = passkey;
    writes.add(END_OF_PASSKEY, [accountId, keep, id]).add(WITHOUT_PASSKEY, [keep, accountId, id, id]);
    writes.add(TELL_CLIENTS, [now, accountId]);
  }

  /** Ends the oldest ones beyond `most`. @param now - when clients are to hear of it */
  endOldest(writes: WriteSet, accountId: string, now: Instant, most: number): void {
    writes.add(END_OLDEST, [accountId, accountId, most]).add(TELL_CLIENTS, [now, accountId]);
  }

  /** @param now - when clients are to hear of it */
  endOfDisabled(writes: WriteSet, now: Instant): void {
    writes.add(END_OF_DISABLED, []).add(TELL_CLIENTS_OF_DISABLED, [now]);
  }

  guardEnabled(writes: WriteSet, accountId: string): void {
    writes.guard(GUARD_ENABLED, [accountId]);
  }

  /** The sign-in relied on this passkey: whoever removes it meanwhile waits on PostgreSQL, and sees the session. */
  guardPasskey(writes: WriteSet, accountId: string, passkey: string): void {
    writes.guard(GUARD_PASSKEY, [passkey, accountId]);
  }

  /** The sign-in relied on a password that was not changed after `givenAt`; for accounts that have one. */
  guardPassword(writes: WriteSet, accountId: string, givenAt: Instant): void {
    writes.guard(GUARD_PASSWORD, [accountId, givenAt]);
  }
}

function toSession(row: Row): StoredSession {
  return {
    id: row.id,
    accountId: row.account_id,
    authTime: row.auth_time,
    acr: row.acr,
    amr: row.amr === '' ? [] : row.amr.split(' '),
    rotation: row.rotation,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
    endsAt: row.ends_at,
    ...(row.passkey !== null && row.passkey !== '' && { passkey: row.passkey }),
  };
}
