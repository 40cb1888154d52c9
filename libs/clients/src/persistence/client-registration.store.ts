import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { ClientMetadata } from '../domain/client-metadata.js';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const INSERT = statement(
  `INSERT INTO client_registration (client_id, token_hash, metadata, registered_at, updated_at, idle_until)
   SELECT CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS bigint), CAST(? AS bigint), CAST(? AS bigint)
   WHERE (SELECT count(*) FROM client_registration) < CAST(? AS bigint)`,
);
const FIND = statement('SELECT * FROM client_registration WHERE token_hash = ?');
const REPLACE = statement(
  'UPDATE client_registration SET metadata = ?, updated_at = ? WHERE client_id = ? AND token_hash = ?',
);
const REMOVE = statement('DELETE FROM client_registration WHERE client_id = ? AND token_hash = ?');
const HELD = (origin: string) => `EXISTS (SELECT 1 FROM authorization_record a
     WHERE a.client_id = r.client_id AND a.origin ${origin} AND a.state IN ('active', 'suspended'))`;
/** What somebody gave it, and what it makes by itself. */
const IDLE = statement(
  `SELECT r.client_id, c.metadata, ${HELD(`<> 'client'`)} AS is_given, ${HELD(`= 'client'`)} AS is_acting
   FROM client_registration r JOIN client c ON c.id = r.client_id
   WHERE r.idle_until <= ? ORDER BY r.idle_until LIMIT ?`,
);
const KEEP = statement('UPDATE client_registration SET idle_until = NULL WHERE client_id = ?');
const FORGET = [
  'DELETE FROM client_registration WHERE client_id = ?',
  'DELETE FROM client_secret WHERE client_id = ?',
  'DELETE FROM client_word WHERE client_id = ?',
  `DELETE FROM client WHERE id = ? AND managed_by = 'registration'`,
].map(statement);
const ADD_TOKEN = statement('INSERT INTO initial_access_token (hash, uses_left, expires_at) VALUES (?, ?, ?)');
const FIND_TOKEN = statement(
  'SELECT 1 AS good FROM initial_access_token WHERE hash = ? AND uses_left > 0 AND expires_at > ?',
);
/** Check and mark in one: of concurrent uses no more concern a row than are left. */
const USE_TOKEN = statement(
  'UPDATE initial_access_token SET uses_left = uses_left - 1 WHERE hash = ? AND uses_left > 0 AND expires_at > ?',
);
const EXPIRE_TOKENS = statement(
  'DELETE FROM initial_access_token WHERE hash IN (SELECT hash FROM initial_access_token WHERE expires_at <= ? LIMIT ?)',
);

/** A client that registered itself, as it is told about it. */
export interface ClientRegistration {
  readonly clientId: string;
  /** Hash of its registration access token. */
  readonly tokenHash: string;
  /** What is registered, with the names of RFC 7591. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly registeredAt: Instant;
}

interface Row {
  client_id: string;
  token_hash: string;
  metadata: string;
  registered_at: number;
}

interface IdleRow {
  client_id: string;
  metadata: string;
  is_given: boolean | number;
  is_acting: boolean | number;
}

function isInUse({ metadata, is_given: isGiven, is_acting: isActing }: IdleRow): boolean {
  const { vouchedBy = 'nobody' } = JSON.parse(metadata) as Partial<ClientMetadata>;
  return Boolean(isGiven) || (Boolean(isActing) && vouchedBy !== 'nobody');
}

/** Registrations of clients by themselves, and the tokens that let them register (RFC 7591, RFC 7592). */
@Injectable()
export class ClientRegistrationStore {
  constructor(private readonly database: Database) {}

  /**
   * Fails as a condition when `most` are registered already.
   * @param further.idleUntil - when it is forgotten unless somebody has used it
   */
  insert(
    writes: WriteSet,
    { clientId, tokenHash, metadata, registeredAt }: ClientRegistration,
    { most, idleUntil }: { most: number; idleUntil: Instant },
  ): void {
    const text = JSON.stringify(metadata);
    writes.expectOne(INSERT, [clientId, tokenHash, text, registeredAt, registeredAt, idleUntil, most]);
  }

  /** The registration that this token manages, or `undefined`. */
  async find(tokenHash: string): Promise<ClientRegistration | undefined> {
    const row = await this.database.get<Row>(FIND, [tokenHash]);
    return (
      row && {
        clientId: row.client_id,
        tokenHash: row.token_hash,
        metadata: JSON.parse(row.metadata) as Record<string, unknown>,
        registeredAt: row.registered_at,
      }
    );
  }

  /** Fails as a condition when it is gone. */
  replace(writes: WriteSet, { clientId, tokenHash, metadata }: ClientRegistration, now: Instant): void {
    writes.expectOne(REPLACE, [JSON.stringify(metadata), now, clientId, tokenHash]);
  }

  /** Fails as a condition when it is gone. */
  remove(writes: WriteSet, { clientId, tokenHash }: Pick<ClientRegistration, 'clientId' | 'tokenHash'>): void {
    writes.expectOne(REMOVE, [clientId, tokenHash]);
  }

  addInitialToken(writes: WriteSet, token: { hash: string; uses: number; expiresAt: Instant }): void {
    writes.expectOne(ADD_TOKEN, [token.hash, token.uses, token.expiresAt]);
  }

  /** Whether a client may register with it now. */
  async isInitialTokenGood(hash: string, now: Instant): Promise<boolean> {
    return (await this.database.get(FIND_TOKEN, [hash, now])) !== undefined;
  }

  /** Counts one use; fails as a condition when none is left, or its time is over. */
  useInitialToken(writes: WriteSet, hash: string, now: Instant): void {
    writes.expectOne(USE_TOKEN, [hash, now]);
  }

  /**
   * One batch of tokens that are over, and of clients that nobody gave anything in their time. That a client acts for itself is
   * use only where somebody vouches for it: strangers could fill all places so (attack class 211). Safe to run twice at once.
   * @returns how many rows were looked at
   */
  async expire(before: Instant, batch: number): Promise<number> {
    const [tokens = 0] = await this.database.commit(new WriteSet().add(EXPIRE_TOKENS, [before, batch]));
    const idle = await this.database.all<IdleRow>(IDLE, [before, batch]);
    const writes = new WriteSet();
    for (const row of idle) {
      for (const step of isInUse(row) ? [KEEP] : FORGET) writes.add(step, [row.client_id]);
    }
    if (!writes.isEmpty) await this.database.commit(writes);
    return tokens + idle.length;
  }
}
