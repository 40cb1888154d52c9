import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const COLUMNS = 'id, account_id, public_key, counter, transports, name, synced, created_at';
const FIND = statement(`SELECT ${COLUMNS}, last_used_at FROM passkey WHERE id = ?`);
const OF_ACCOUNT = statement(
  `SELECT ${COLUMNS}, last_used_at FROM passkey WHERE account_id = ? ORDER BY created_at, id`,
);
const INSERT = statement(`INSERT INTO passkey (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
const USE = statement(
  `UPDATE passkey SET counter = ?, synced = ?, last_used_at = ?
   WHERE id = ? AND account_id = ? AND (counter < ? OR (counter = 0 AND ? = 0))`,
);
const RENAME = statement('UPDATE passkey SET name = ? WHERE id = ? AND account_id = ?');
/** Of two that remove the last two passkeys at the same time the second sees what the first has done. */
const TAKE_TURNS = statement('UPDATE passkey SET name = name WHERE account_id = ?');
/** Something to sign in with is left: a password, or another passkey. */
const REMOVE = statement(
  `DELETE FROM passkey WHERE id = ? AND account_id = ?
   AND (EXISTS (SELECT 1 FROM account_password p WHERE p.account_id = passkey.account_id)
     OR EXISTS (SELECT 1 FROM passkey o WHERE o.account_id = passkey.account_id AND o.id <> passkey.id))`,
);
const GUARD = statement('SELECT 1 AS one FROM passkey WHERE id = ? AND account_id = ?');
const REMOVE_ALL = statement('DELETE FROM passkey WHERE account_id = ?');
const CHALLENGE = statement('INSERT INTO passkey_challenge (hash, account_id, expires_at) VALUES (?, ?, ?)');
const ANSWER = statement('DELETE FROM passkey_challenge WHERE hash = ? AND account_id = ? AND expires_at > ?');

interface Row {
  id: string;
  account_id: string;
  public_key: string;
  counter: number;
  transports: string;
  name: string;
  synced: boolean | number;
  created_at: number;
  last_used_at: number | null;
}

/** A passkey of a person. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string;
  readonly accountId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** What the person calls it. */
  readonly name: string;
  /** Whether it may be on several devices. */
  readonly synced: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** Passkeys, and the challenges that wait for an answer. */
@Injectable()
export class PasskeyStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Passkey | undefined> {
    const row = await this.database.get<Row>(FIND, [id]);
    return row && toPasskey(row);
  }

  /** Passkeys of an account, oldest first. */
  async ofAccount(accountId: string): Promise<Passkey[]> {
    return (await this.database.all<Row>(OF_ACCOUNT, [accountId])).map(toPasskey);
  }

  insert(writes: WriteSet, passkey: Omit<Passkey, 'lastUsedAt'>): void {
    const { id, accountId, publicKey, counter, transports, name, synced, createdAt } = passkey;
    writes.expectOne(INSERT, [
      id,
      accountId,
      publicKey,
      counter,
      transports.join(' '),
      name,
      Number(synced),
      createdAt,
    ]);
  }

  /** Notes a use. Its condition fails when the counter does not go up: somebody may have a copy (WebAuthn 7.2 step 22). */
  use(writes: WriteSet, passkey: Passkey, used: { counter: number; synced: boolean; now: Instant }): void {
    const { counter, synced, now } = used;
    writes.expectOne(USE, [counter, Number(synced), now, passkey.id, passkey.accountId, counter, counter]);
  }

  /** Fails as a condition when it is gone already. */
  rename(writes: WriteSet, { id, accountId }: Pick<Passkey, 'id' | 'accountId'>, name: string): void {
    writes.expectOne(RENAME, [name, id, accountId]);
  }

  /** Fails as a condition when it is gone already, or is all that the account can sign in with. */
  remove(writes: WriteSet, { id, accountId }: Passkey): void {
    writes.add(TAKE_TURNS, [accountId]).expectOne(REMOVE, [id, accountId]);
  }

  /** The decision relies on it; on PostgreSQL a removal waits, and sees what was decided. */
  guard(writes: WriteSet, { id, accountId }: Pick<Passkey, 'id' | 'accountId'>): void {
    writes.guard(GUARD, [id, accountId]);
  }

  /** All of an account, whatever it can sign in with then: the operator's way. */
  removeAll(writes: WriteSet, accountId: string): void {
    writes.add(REMOVE_ALL, [accountId]);
  }

  /** @param accountId - whom the challenge is for; empty for whoever signs in */
  challenge(writes: WriteSet, challenge: { hash: string; accountId: string; expiresAt: Instant }): void {
    writes.expectOne(CHALLENGE, [challenge.hash, challenge.accountId, challenge.expiresAt]);
  }

  /** The challenge is gone with its first answer, right or wrong: of concurrent answers one succeeds. */
  answer(writes: WriteSet, answered: { hash: string; accountId: string; now: Instant }): void {
    writes.expectOne(ANSWER, [answered.hash, answered.accountId, answered.now]);
  }
}

function toPasskey(row: Row): Passkey {
  return {
    id: row.id,
    accountId: row.account_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports === '' ? [] : row.transports.split(' '),
    name: row.name,
    synced: Boolean(row.synced),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
