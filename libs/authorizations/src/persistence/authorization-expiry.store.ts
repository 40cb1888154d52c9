import { Injectable } from '@nestjs/common';
import type { ActivityLine } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import type { Instant } from '@valetkey/kernel';
import type { SqlValue, Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import { endTree } from './record-end.statements.js';

const OPEN = `state IN ('active', 'suspended')`;

const PAST_PERMISSIONS = statement(
  'SELECT authorization_id, resource_id FROM authorization_permission WHERE expires_at <= ? LIMIT ?',
);
const REMOVE_PERMISSION = statement(
  'DELETE FROM authorization_permission WHERE authorization_id = ? AND resource_id = ? AND expires_at <= ?',
);
const PAST_RECORDS = statement(
  `SELECT id, owner, client_id, scopes, origin, expires_at FROM authorization_record WHERE expires_at <= ? AND ${OPEN} LIMIT ?`,
);
const EXPIRE = statement(
  `UPDATE authorization_record SET state = 'expired', ended_at = ?, ended_by = 'server'
   WHERE id = ? AND ${OPEN} AND expires_at <= ?`,
);
/** IR-54: nobody came for its first tokens. */
const UNFETCHED = statement(
  `SELECT r.id, r.owner, r.client_id, r.scopes, r.origin, c.pending_until AS expires_at
   FROM authorization_consent c JOIN authorization_record r ON r.id = c.authorization_id WHERE c.pending_until <= ? LIMIT ?`,
);
const DROP_UNFETCHED = statement(
  `UPDATE authorization_record SET state = 'expired', ended_at = ?, ended_by = 'server'
   WHERE id = ? AND ${OPEN} AND EXISTS (SELECT 1 FROM authorization_consent c
     WHERE c.authorization_id = authorization_record.id AND c.pending_until <= ?)`,
);
const EXPIRE_EMPTY = statement(
  `UPDATE authorization_record SET state = 'expired', ended_at = ?, ended_by = 'server'
   WHERE id = ? AND ${OPEN} AND origin = 'uma' AND NOT EXISTS (SELECT 1 FROM authorization_permission p
     WHERE p.authorization_id = authorization_record.id)`,
);
/** No such client, or one that has been disabled for long: nobody is left who could hold it. */
const WITHOUT_CLIENT = `NOT EXISTS (SELECT 1 FROM client c
  WHERE c.id = authorization_record.client_id AND (c.enabled OR c.updated_at > ?))`;
const REVOKE_WITHOUT_CLIENT = statement(
  `UPDATE authorization_record SET state = 'revoked', ended_at = ?, ended_by = 'server'
   WHERE id = ? AND ${OPEN} AND ${WITHOUT_CLIENT}`,
);
/** Ended by somebody else than the owner: that outranks nothing. */
const OVER = statement(`SELECT id FROM authorization_record WHERE ended_by <> 'owner' AND ended_at <= ? LIMIT ?`);
const REMOVE_OVER = statement(
  `DELETE FROM authorization_record WHERE id = ? AND ended_by <> 'owner' AND ended_at <= ?`,
);
/**
 * An owner's end that outranks nothing any more (decision 0005): of a record that is about no resource server, or where every
 * policy of hers that could still permit something is younger, or where she has ended a record of the same party, by whomever
 * that was named, later on.
 */
const FORGETTABLE = `ended_by = 'owner' AND ended_at <= ? AND (resource_server_id IS NULL
  OR NOT EXISTS (SELECT 1 FROM policy p WHERE p.owner = authorization_record.owner
    AND p.updated_at <= authorization_record.ended_at AND (p.expires_at IS NULL OR p.expires_at > ?))
  OR EXISTS (SELECT 1 FROM authorization_record later WHERE later.party_key = authorization_record.party_key
    AND later.state = 'revoked' AND later.ended_by = 'owner' AND (later.ended_at > authorization_record.ended_at
      OR (later.ended_at = authorization_record.ended_at AND later.id > authorization_record.id))
    AND NOT EXISTS (SELECT 1 FROM ended_identity named WHERE named.authorization_id = authorization_record.id
      AND NOT EXISTS (SELECT 1 FROM ended_identity again WHERE again.authorization_id = later.id
        AND again.issuer = named.issuer AND again.subject = named.subject))))`;
const FORGET = statement(`DELETE FROM authorization_record WHERE id = ? AND ${FORGETTABLE}`);
const FORGET_IDENTITIES = statement(
  `DELETE FROM ended_identity WHERE authorization_id = ?
     AND NOT EXISTS (SELECT 1 FROM authorization_record r WHERE r.id = ended_identity.authorization_id)`,
);
/** The page comes first: PostgreSQL would otherwise read all permissions for it, thinking of every record behind it. */
const SWEEP = statement(
  `SELECT id, CASE
     WHEN ${OPEN} AND ${WITHOUT_CLIENT} THEN 'without_client'
     WHEN ${OPEN} AND origin = 'uma' AND NOT EXISTS (SELECT 1 FROM authorization_permission p
       WHERE p.authorization_id = authorization_record.id) THEN 'empty'
     WHEN ${FORGETTABLE} THEN 'forgettable' END AS fate
   FROM (SELECT * FROM authorization_record WHERE id > ? ORDER BY id LIMIT ?) authorization_record ORDER BY id`,
);

/** Records whose end is decided in one commit: nobody waits long for one of them. */
const TOGETHER = 100;

/** When things are due. */
export interface ExpiryTimes {
  /** What ended until then is over. */
  readonly before: Instant;
  /** Until then records must have ended, and clients been disabled, to be forgotten. */
  readonly keptSince: Instant;
  readonly now: Instant;
}

interface PastRecord {
  readonly id: string;
  readonly owner: string;
  readonly client_id: string;
  readonly scopes: string;
  readonly origin: string;
  /** When it was over. */
  readonly expires_at: number;
}

type Fate = 'without_client' | 'empty' | 'forgettable';

/**
 * Ends what has ended by itself, and removes what is over, in small batches. What is found is changed by its key,
 * and every step checks again what it relied on, with the record held: safe to run twice at once and beside grants.
 */
@Injectable()
export class AuthorizationExpiryStore {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityStore,
  ) {}

  /** Removes permissions past their end. A record that is left without any expires. @returns how many were found */
  async expirePermissions({ before, now }: ExpiryTimes, batch: number): Promise<number> {
    type Row = { authorization_id: string; resource_id: string };
    const past = await this.database.all<Row>(PAST_PERMISSIONS, [before, batch]);
    for (const some of chunksOf(past)) {
      const writes = new WriteSet();
      for (const row of some) writes.add(REMOVE_PERMISSION, [row.authorization_id, row.resource_id, before]);
      this.expireEmpty(writes, [...new Set(some.map((row) => row.authorization_id))], now);
      await this.database.commit(writes);
    }
    return past.length;
  }

  /** Records past their own end expire. @returns how many were found */
  async expireRecords(times: ExpiryTimes, batch: number): Promise<number> {
    return this.expireFound(PAST_RECORDS, EXPIRE, times, batch);
  }

  /** Records whose first tokens nobody fetched in time expire. @returns how many were found */
  async expireUnfetched(times: ExpiryTimes, batch: number): Promise<number> {
    return this.expireFound(UNFETCHED, DROP_UNFETCHED, times, batch);
  }

  private async expireFound(
    find: Statement,
    expire: Statement,
    { before, now }: ExpiryTimes,
    batch: number,
  ): Promise<number> {
    const past = await this.database.all<PastRecord>(find, [before, batch]);
    for (const some of chunksOf(past)) {
      const writes = new WriteSet();
      for (const record of [...some].sort((one, other) => (one.id < other.id ? -1 : 1))) {
        const { id } = record;
        endTree(writes, { id, state: 'expired', by: 'server', now }, () => writes.expectOne(expire, [now, id, before]));
        if (record.origin !== 'uma') this.activity.note(writes, lineOf(record));
      }
      // What changed since it was read is looked at again in the next round.
      await this.database.tryCommit(writes);
    }
    return past.length;
  }

  /** Removes records that ended without the owner's word. @returns how many were found */
  async removeOver({ keptSince }: ExpiryTimes, batch: number): Promise<number> {
    const over = await this.database.all<{ id: string }>(OVER, [keptSince, batch]);
    await this.removeEach(
      REMOVE_OVER,
      over.map(({ id }) => [id, keptSince]),
    );
    return over.length;
  }

  /**
   * Looks at the next `batch` records behind `after`: those without permissions, or without a client, end; those that ended by
   * the owner's word leave once that outranks nothing any more.
   * @returns how many ended or left, and where to continue; no `last` when these were the last ones
   */
  async sweep(times: ExpiryTimes, after: string, batch: number): Promise<{ changed: number; last?: string }> {
    const { before, keptSince } = times;
    const values = [keptSince, keptSince, before, after, batch];
    const seen = await this.database.all<{ id: string; fate: Fate | null }>(SWEEP, values);
    const idsWith = (fate: Fate) => seen.filter((row) => row.fate === fate).map(({ id }) => id);
    for (const ids of chunksOf(idsWith('empty'))) {
      const writes = new WriteSet();
      this.expireEmpty(writes, ids, times.now);
      await this.database.commit(writes);
    }
    for (const id of idsWith('without_client')) await this.revokeWithoutClient(id, times);
    await this.forget(idsWith('forgettable'), times);
    const last = seen.length < batch ? undefined : seen.at(-1)?.id;
    return { changed: seen.filter(({ fate }) => fate !== null).length, ...(last !== undefined && { last }) };
  }

  /** Held in one order everywhere, so that two nodes never wait for each other's records. */
  private expireEmpty(writes: WriteSet, ids: readonly string[], now: Instant): void {
    for (const id of inOrder(ids)) {
      endTree(writes, { id, state: 'expired', by: 'server', now }, () => writes.add(EXPIRE_EMPTY, [now, id]));
    }
  }

  private async revokeWithoutClient(id: string, { keptSince, now }: ExpiryTimes): Promise<void> {
    const writes = new WriteSet();
    const mark = () => writes.add(REVOKE_WITHOUT_CLIENT, [now, id, keptSince]);
    endTree(writes, { id, state: 'revoked', by: 'server', now }, mark);
    await this.database.commit(writes);
  }

  private async forget(ids: readonly string[], { keptSince, before }: ExpiryTimes): Promise<void> {
    const writes = new WriteSet();
    for (const id of ids) writes.add(FORGET, [id, keptSince, before]).add(FORGET_IDENTITIES, [id]);
    await this.database.commit(writes);
  }

  private async removeEach(remove: Statement, each: readonly (readonly SqlValue[])[]): Promise<void> {
    const writes = new WriteSet();
    for (const values of each) writes.add(remove, values);
    await this.database.commit(writes);
  }
}

/** A consent that ended by itself, as its owner reads it. */
function lineOf({ id, owner, client_id: clientId, scopes, expires_at: at }: PastRecord): ActivityLine {
  const about = { holder: `client:${clientId}`, clientId, scopes: JSON.parse(scopes) as string[] };
  return { owner, at, kind: 'ended', ...about, accessId: `grant:${id}` };
}

function chunksOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, index) =>
    all.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
}

function inOrder(ids: readonly string[]): string[] {
  return [...ids].sort();
}
