import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { OwnerId, Party } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { AccessRequest, AccessRequestState, RequestedPermission } from '../domain/access-request.js';
import { personKeyOf } from '../domain/access-request.js';
import type { Vouching } from '../domain/evidence.js';

const FIND = statement('SELECT * FROM access_request WHERE id = ?');
const FIND_OF_OWNER = statement('SELECT * FROM access_request WHERE id = ? AND owner = ?');
const LATEST = statement('SELECT * FROM access_request WHERE request_key = ? ORDER BY created_at DESC LIMIT 1');
const COUNT_PENDING = statement(
  `SELECT count(*) AS pending FROM access_request WHERE owner = ? AND state = 'pending' AND expires_at > ?`,
);
const OLDEST_PENDING = statement(
  `SELECT min(created_at) AS at FROM access_request WHERE owner = ? AND state = 'pending' AND expires_at > ?`,
);
const PENDING_PARTIES = statement(
  `SELECT party FROM access_request WHERE owner = ? AND state = 'pending' AND expires_at > ? AND client_id = ?`,
);
const PAGE = statement('SELECT * FROM access_request WHERE owner = ? AND id > ? ORDER BY id LIMIT ?');
const PAGE_PENDING = statement(
  `SELECT * FROM access_request WHERE owner = ? AND state = 'pending' AND expires_at > ?
     AND (created_at > ? OR (created_at = ? AND id > ?)) ORDER BY created_at, id LIMIT ?`,
);
const INSERT = statement(
  `INSERT INTO access_request (id, owner, resource_server_id, client_id, party, request_key, permissions, state,
     created_at, expires_at, person_key, why, vouched)
   VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)`,
);
/** Decided once: of an approval and a denial at the same time exactly one concerns a row. */
const DECIDE = statement(
  `UPDATE access_request SET state = ?, decided_at = ?, reason = ?, muted_until = ?, version = version + 1
   WHERE id = ? AND owner = ? AND state = 'pending' AND expires_at > ?`,
);
const OVERDUE = statement(
  `SELECT * FROM access_request WHERE expires_at <= ? AND state = 'pending' ORDER BY expires_at LIMIT ?`,
);
const EXPIRE_ONE = statement(
  `UPDATE access_request SET state = 'expired', decided_at = expires_at WHERE id = ? AND state = 'pending'`,
);
/** Beside an equal request that waits it cannot wait again. */
const REOPEN = statement(
  `UPDATE access_request SET state = 'pending', decided_at = NULL, reason = NULL, muted_until = NULL, version = version + 1
   WHERE id = ? AND owner = ? AND state = 'denied' AND version = ? AND expires_at > ?`,
);
const MUTED = statement(
  `SELECT * FROM access_request WHERE person_key = ? AND owner = ? AND muted_until > ? ORDER BY muted_until DESC LIMIT 1`,
);
const PAGE_ANSWERED = statement(
  `SELECT * FROM access_request WHERE owner = ? AND (state <> 'pending' OR expires_at <= ?) AND id > ? ORDER BY id LIMIT ?`,
);
const PAGE_OF_PERSONS = statement(
  `SELECT * FROM access_request WHERE person_key IN ${KEY_LIST} AND id > ? ORDER BY id LIMIT ?`,
);
const FIRST_OF_PERSONS = statement(
  `SELECT person_key, min(created_at) AS at FROM access_request WHERE person_key IN ${KEY_LIST} AND owner = ? GROUP BY person_key`,
);
const EXPIRE = statement(
  `UPDATE access_request SET state = 'expired', decided_at = ? WHERE request_key = ? AND state = 'pending' AND expires_at <= ?`,
);

interface Row {
  id: string;
  owner: OwnerId;
  resource_server_id: string;
  client_id: string;
  party: string;
  request_key: string;
  permissions: string;
  state: AccessRequestState;
  created_at: number;
  expires_at: number;
  decided_at: number | null;
  why: string | null;
  vouched: string | null;
  reason: string | null;
  muted_until: number | null;
  version: number;
}

/** The owner's word. */
export interface Decision {
  readonly id: string;
  readonly owner: OwnerId;
  readonly state: 'approved' | 'denied';
  readonly now: Instant;
  readonly reason?: string;
  readonly mutedUntil?: Instant;
}

/** As many keys as one statement takes: a page cannot be put together from several. */
const MOST_PERSONS = 50;

/** Requests that wait for an owner, and those decided not long ago. */
@Injectable()
export class AccessRequestStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<AccessRequest | undefined> {
    return optional(await this.database.get<Row>(FIND, [id]));
  }

  async findOfOwner(id: string, owner: OwnerId): Promise<AccessRequest | undefined> {
    return optional(await this.database.get<Row>(FIND_OF_OWNER, [id, owner]));
  }

  /** The latest of equal requests, whatever its state, or `undefined`. */
  async latest(requestKey: string): Promise<AccessRequest | undefined> {
    return optional(await this.database.get<Row>(LATEST, [requestKey]));
  }

  async countPending(owner: OwnerId, now: Instant): Promise<number> {
    return (await this.database.get<{ pending: number }>(COUNT_PENDING, [owner, now]))?.pending ?? 0;
  }

  /** Since when somebody has waited for the owner; `undefined` when nobody does. */
  async oldestPending(owner: OwnerId, now: Instant): Promise<Instant | undefined> {
    return (await this.database.get<{ at: number | null }>(OLDEST_PENDING, [owner, now]))?.at ?? undefined;
  }

  /** The parties that wait for the owner's word through this client, one for each of their requests. */
  async pendingParties(owner: OwnerId, clientId: string, now: Instant): Promise<Party[]> {
    const rows = await this.database.all<Pick<Row, 'party'>>(PENDING_PARTIES, [owner, now, clientId]);
    return rows.map(({ party }) => JSON.parse(party) as Party);
  }

  async page(owner: OwnerId, { limit, after = '' }: PageRequest): Promise<Page<AccessRequest>> {
    const rows = await this.database.all<Row>(PAGE, [owner, after, limit + 1]);
    return toPage(rows, limit, toRequest, (row) => row.id);
  }

  async pagePending(owner: OwnerId, now: Instant, { limit, after = '' }: PageRequest): Promise<Page<AccessRequest>> {
    const [at, id] = parsePosition(after);
    const rows = await this.database.all<Row>(PAGE_PENDING, [owner, now, at, at, id, limit + 1]);
    return toPage(rows, limit, toRequest, (row) => `${row.created_at}-${row.id}`);
  }

  /** Fails as a condition when an equal request is pending already. */
  insert(writes: WriteSet, request: AccessRequest): void {
    writes.add(EXPIRE, [request.createdAt, request.requestKey, request.createdAt]);
    writes.expectOne(INSERT, [
      request.id,
      request.owner,
      request.resourceServerId,
      request.clientId,
      JSON.stringify(request.party),
      request.requestKey,
      JSON.stringify(request.permissions),
      request.createdAt,
      request.expiresAt,
      personKeyOf(request.party),
      request.why ?? null,
      request.vouched ? JSON.stringify(request.vouched) : null,
    ]);
  }

  /** Those that still wait although their time is over, oldest first. */
  async overdue(now: Instant, limit: number): Promise<AccessRequest[]> {
    return (await this.database.all<Row>(OVERDUE, [now, limit])).map(toRequest);
  }

  /** Fails as a condition when it does not wait any more. */
  expire(writes: WriteSet, { id }: Pick<AccessRequest, 'id'>): void {
    writes.expectOne(EXPIRE_ONE, [id]);
  }

  /** Fails as a condition when the owner has no such pending request (any more). */
  decide(writes: WriteSet, { id, owner, state, now, reason, mutedUntil }: Decision): void {
    writes.expectOne(DECIDE, [state, now, reason ?? null, mutedUntil ?? null, id, owner, now]);
  }

  /** Takes a no back. Fails as a condition when it was answered otherwise, its time is over, or an equal one waits meanwhile. */
  reopen(
    writes: WriteSet,
    { id, owner, version }: Pick<AccessRequest, 'id' | 'owner' | 'version'>,
    now: Instant,
  ): void {
    writes.expectOne(REOPEN, [id, owner, version, now]);
  }

  /** The request with whose no the owner wished to hear nothing more of the person; `undefined` when she did not, or time is over. */
  async muting(owner: OwnerId, party: Party, now: Instant): Promise<AccessRequest | undefined> {
    return optional(await this.database.get<Row>(MUTED, [personKeyOf(party), owner, now]));
  }

  async pageAnswered(owner: OwnerId, now: Instant, { limit, after = '' }: PageRequest): Promise<Page<AccessRequest>> {
    const rows = await this.database.all<Row>(PAGE_ANSWERED, [owner, now, after, limit + 1]);
    return toPage(rows, limit, toRequest, (row) => row.id);
  }

  /** What these persons asked of whomever: one page of the fifty first. */
  async pageOfPersons(persons: readonly Party[], { limit, after = '' }: PageRequest): Promise<Page<AccessRequest>> {
    const keys = persons.slice(0, MOST_PERSONS).map(personKeyOf);
    const rows = await allByKeys<Row>(this.database, PAGE_OF_PERSONS, keys, [after, limit + 1]);
    return toPage(rows, limit, toRequest, (row) => row.id);
  }

  /** When each of these persons, by their keys, first asked the owner for anything that is remembered. */
  async firstOfPersons(owner: OwnerId, personKeys: Iterable<string>): Promise<ReadonlyMap<string, Instant>> {
    const rows = await allByKeys<{ person_key: string; at: number }>(this.database, FIRST_OF_PERSONS, personKeys, [
      owner,
    ]);
    return new Map(rows.map((row) => [row.person_key, row.at]));
  }
}

function optional(row: Row | undefined): AccessRequest | undefined {
  return row && toRequest(row);
}

function toRequest(row: Row): AccessRequest {
  return {
    id: row.id,
    owner: row.owner,
    resourceServerId: row.resource_server_id,
    clientId: row.client_id,
    party: JSON.parse(row.party) as Party,
    requestKey: row.request_key,
    permissions: JSON.parse(row.permissions) as RequestedPermission[],
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    version: row.version,
    ...(row.why !== null && { why: row.why }),
    ...(row.vouched !== null && { vouched: JSON.parse(row.vouched) as Vouching[] }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.muted_until !== null && { mutedUntil: row.muted_until }),
  };
}

/** The place behind a request in the order of {@link AccessRequestStore.pagePending}; a text we did not make is the very end. */
function parsePosition(position: string): [createdAt: number, id: string] {
  if (position === '') return [-1, ''];
  const match = /^(\d{1,16})-(.+)$/.exec(position);
  return match?.[1] && match[2] ? [Number(match[1]), match[2]] : [Number.MAX_SAFE_INTEGER, ''];
}
