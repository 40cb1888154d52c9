import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AuthorizationRecord, OwnerId, Party } from '../domain/authorization.js';
import type { EndedBy } from './record-end.statements.js';
import { endTree } from './record-end.statements.js';
import type { AuthorizationRow } from './authorization-row.js';
import { toAuthorization } from './authorization-row.js';

const FIND = statement('SELECT * FROM authorization_record WHERE id = ?');
const FIND_OF_OWNER = statement('SELECT * FROM authorization_record WHERE id = ? AND owner = ?');
const FIND_OPEN = statement(
  `SELECT * FROM authorization_record WHERE party_key = ? AND state IN ('active', 'suspended')`,
);
/** One row always: whoever decides on a party's access needs both, and from one moment. */
const FIND_OPEN_AND_END = statement(
  `SELECT open.*, (SELECT max(ended_at) FROM authorization_record
     WHERE owner = ? AND resource_server_id = ? AND client_id = ? AND state = 'revoked' AND ended_by = 'owner')
     AS client_ended_at
   FROM (SELECT 1 AS one) always LEFT JOIN authorization_record open
     ON open.party_key = ? AND open.state IN ('active', 'suspended')`,
);
const LAST_END_OF_OWNER = statement(
  `SELECT max(ended_at) AS at FROM authorization_record WHERE owner = ? AND state = 'revoked' AND ended_by = 'owner'`,
);
const NOT_ENDED = `NOT EXISTS (SELECT 1 FROM authorization_record
  WHERE owner = ? AND resource_server_id = ? AND client_id = ? AND ended_by = 'owner' AND ended_at > ?)`;
/** No table, one row: that the owner has ended nothing of the client's later than it was known. */
const GUARD_NOT_ENDED = statement(`SELECT 1 WHERE ${NOT_ENDED}`);
/** Nor the record itself. Nothing is locked: an end at the same moment ends the new token, too. */
const GUARD_LIVING = statement(
  `SELECT 1 WHERE ${NOT_ENDED} AND EXISTS (SELECT 1 FROM authorization_record WHERE id = ? AND state = 'active')`,
);
const INSERT = statement(
  `INSERT INTO authorization_record (id, origin, owner, client_id, resource_server_id, party, party_account, party_issuer,
     party_subject, party_key, label, scopes, not_before, expires_at, parent_id, root_id, depth, state, created_at, seen_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const PAGE = statement(
  `SELECT * FROM authorization_record WHERE owner = ? AND state IN ('active', 'suspended')
     AND (seen_at < ? OR (seen_at = ? AND id < ?))
   ORDER BY seen_at DESC, id DESC LIMIT ?`,
);
const END = statement(
  `UPDATE authorization_record SET state = 'revoked', ended_at = ?, ended_by = ?
   WHERE id = ? AND owner = ? AND state IN ('active', 'suspended')`,
);
const ROOT = statement('SELECT 1 FROM authorization_record WHERE id = ?');
const GUARD = statement(`SELECT 1 FROM authorization_record WHERE id = ? AND state = 'active'`);
const GUARD_GENERATION = statement(
  `SELECT 1 FROM authorization_record WHERE id = ? AND state = 'active' AND generation = ?`,
);
/** The scopes are those that were read: of two changes at once, the second decides again. */
const CHANGE_SCOPES = statement(
  `UPDATE authorization_record SET scopes = ? WHERE id = ? AND scopes = ? AND state = 'active'`,
);
const CHANGE_END = statement(`UPDATE authorization_record SET expires_at = ? WHERE id = ? AND state = 'active'`);
/** Only ever nearer. Tokens under it live no longer than the record; who looks sees it at once. */
const NARROW = statement(
  `UPDATE authorization_record SET expires_at = ? WHERE id = ? AND owner = ? AND state IN ('active', 'suspended')
     AND (expires_at IS NULL OR expires_at > ?)`,
);
const USED = statement('UPDATE authorization_record SET last_used_at = ?, seen_at = ? WHERE id = ? AND seen_at <= ?');
const ENABLED_ACCOUNT = statement('SELECT 1 FROM account WHERE id = ? AND enabled');
const ENABLED_CLIENT = statement('SELECT 1 FROM client WHERE id = ? AND enabled');
const HOLD_ACCOUNT = statement('UPDATE account SET id = id WHERE id = ?');
const HOLD_CLIENT = statement('UPDATE client SET id = id WHERE id = ?');
const ENABLED_ISSUER = statement('SELECT 1 FROM trusted_issuer WHERE issuer = ? AND enabled');
const ADD_VOUCHER = statement(
  'INSERT INTO authorization_voucher (authorization_id, issuer, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
);
const ACCOUNT = 'account:';
const CLIENT = 'client:';

/** A client at one resource server of an owner. */
export interface ClientOfOwner {
  readonly owner: OwnerId;
  readonly resourceServerId: string;
  readonly clientId: string;
}

/** Authorization records. Ids are looked up together with their owner wherever an owner asks. */
@Injectable()
export class AuthorizationStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<AuthorizationRecord | undefined> {
    return optional(await this.database.get<AuthorizationRow>(FIND, [id]));
  }

  /** The owner's record, or `undefined` when there is none or it is somebody else's (IR-41). */
  async findOfOwner(id: string, owner: OwnerId): Promise<AuthorizationRecord | undefined> {
    return optional(await this.database.get<AuthorizationRow>(FIND_OF_OWNER, [id, owner]));
  }

  /** When the owner last ended any record of hers; `undefined` when never. */
  async lastEndOf(owner: OwnerId): Promise<Instant | undefined> {
    return (await this.database.get<{ at: number | null }>(LAST_END_OF_OWNER, [owner]))?.at ?? undefined;
  }

  /** The one record of a party key that is not over, living or suspended, or `undefined`. */
  async findOpen(partyKey: string): Promise<AuthorizationRecord | undefined> {
    return optional(await this.database.get<AuthorizationRow>(FIND_OPEN, [partyKey]));
  }

  /**
   * The record of a party key that is not over, and when the owner last ended any record of the client at that resource server,
   * whoever used it (`undefined` when never).
   */
  async findOpenAndEnd(
    partyKey: string,
    of: ClientOfOwner,
  ): Promise<{ open: AuthorizationRecord | undefined; clientEndedAt: Instant | undefined }> {
    const values = [of.owner, of.resourceServerId, of.clientId, partyKey];
    type Joined = Omit<AuthorizationRow, 'id'> & { id: string | null; client_ended_at: number | null };
    const row = await this.database.get<Joined>(FIND_OPEN_AND_END, values);
    const open = row && row.id !== null ? toAuthorization({ ...row, id: row.id }) : undefined;
    return { open, clientEndedAt: row?.client_ended_at ?? undefined };
  }

  /** The owner's living and suspended records, newest use first. A record used meanwhile moves to the front. */
  async page(owner: OwnerId, { limit, after }: PageRequest): Promise<Page<AuthorizationRecord>> {
    const [seenAt, id] = after === undefined ? [Number.MAX_SAFE_INTEGER, ''] : parsePosition(after);
    const rows = await this.database.all<AuthorizationRow>(PAGE, [owner, seenAt, seenAt, id, limit + 1]);
    return toPage(rows, limit, toAuthorization, (row) => `${row.seen_at}-${row.id}`);
  }

  /**
   * Fails as a condition when a record of the same party key is not over, or when the parent is not active. The root's row
   * stands for its tree: births share it, an end holds it alone, so that one of the two always sees the other.
   */
  insert(writes: WriteSet, record: AuthorizationRecord): void {
    if (record.parentId !== null) writes.guard(ROOT, [record.rootId]).guard(GUARD, [record.parentId]);
    writes.expectOne(INSERT, [
      record.id,
      record.origin,
      record.owner,
      record.clientId,
      record.resourceServerId,
      record.party && JSON.stringify(record.party),
      record.party?.accountId ?? null,
      record.party?.issuer ?? null,
      record.party?.subject ?? null,
      record.partyKey,
      record.label,
      JSON.stringify(record.scopes),
      record.notBefore,
      record.expiresAt,
      record.parentId,
      record.rootId,
      record.depth,
      record.state,
      record.createdAt,
      record.lastUsedAt ?? record.createdAt,
    ]);
  }

  /** Ends the record and everything below it, with what they allowed; fails as a condition when the owner has no such record. */
  end(writes: WriteSet, step: { id: string; owner: OwnerId; by: EndedBy; now: Instant }): void {
    const { id, owner, by, now } = step;
    endTree(writes, { id, state: 'revoked', by, now }, () => writes.expectOne(END, [now, by, id, owner]));
  }

  /**
   * Holds the owner's row: decisions about her that guard it ({@link guardOwner}) are over, and seen by what follows in the
   * write-set, or wait and see what it did.
   */
  holdOwner(writes: WriteSet, owner: OwnerId): void {
    if (owner.startsWith(ACCOUNT)) writes.add(HOLD_ACCOUNT, [owner.slice(ACCOUNT.length)]);
    if (owner.startsWith(CLIENT)) writes.add(HOLD_CLIENT, [owner.slice(CLIENT.length)]);
  }

  /** The decision relies on the owner being enabled, and on nothing that she ends at the same moment. Comes before other guards. */
  guardOwner(writes: WriteSet, owner: OwnerId): void {
    if (owner.startsWith(ACCOUNT)) writes.guard(ENABLED_ACCOUNT, [owner.slice(ACCOUNT.length)]);
    if (owner.startsWith(CLIENT)) writes.guard(ENABLED_CLIENT, [owner.slice(CLIENT.length)]);
  }

  /**
   * The decision relies on owner, requesting party and her issuer being enabled when it is committed: a record that begins
   * while one of them is disabled would be suspended by nobody.
   * @param ownIssuer - this server's own issuer: a party who signed in here needs no other
   */
  guardGround(
    writes: WriteSet,
    { owner, party }: Pick<AuthorizationRecord, 'owner' | 'party'>,
    ownIssuer?: string,
  ): void {
    this.guardOwner(writes, owner);
    if (party?.accountId !== undefined) writes.guard(ENABLED_ACCOUNT, [party.accountId]);
    if (party && party.issuer !== ownIssuer) writes.guard(ENABLED_ISSUER, [party.issuer]);
  }

  /**
   * Tokens of the record rest on the word of these issuers, too: it is suspended with any of them, and its end holds for whom
   * they named. Fails as a condition when one is disabled already.
   */
  restOn(
    writes: WriteSet,
    { id, party }: Pick<AuthorizationRecord, 'id' | 'party'>,
    vouching: readonly Pick<Party, 'issuer' | 'subject'>[],
  ): void {
    for (const { issuer, subject } of vouching) {
      const isOwn = issuer === party?.issuer;
      if (!isOwn) writes.guard(ENABLED_ISSUER, [issuer]);
      if (!isOwn || subject !== party.subject) writes.add(ADD_VOUCHER, [id, issuer, subject]);
    }
  }

  /** The decision relies on this record being active when it is committed; on PostgreSQL it cannot end before. */
  guardActive(writes: WriteSet, id: string): void {
    writes.guard(GUARD, [id]);
  }

  /** The same, and that nothing voided meanwhile what was given under it so far. */
  guardGeneration(writes: WriteSet, { id, generation }: Pick<AuthorizationRecord, 'id' | 'generation'>): void {
    writes.guard(GUARD_GENERATION, [id, generation]);
  }

  /**
   * The decision relies on the owner having ended nothing of the client's at that server after `since`, and on the record, where
   * one lived, still being active.
   */
  guardNotEnded(
    writes: WriteSet,
    ground: ClientOfOwner & { since: Instant | undefined; living: AuthorizationRecord | undefined },
  ): void {
    const { owner, resourceServerId, clientId, since = 0, living } = ground;
    const values = [owner, resourceServerId, clientId, since];
    if (living) writes.guard(GUARD_LIVING, [...values, living.id]);
    else writes.guard(GUARD_NOT_ENDED, values);
  }

  /** Gives a record other scopes than were read; fails as a condition when it changed or ended meanwhile. */
  changeScopes(writes: WriteSet, record: AuthorizationRecord, scopes: readonly string[]): void {
    writes.expectOne(CHANGE_SCOPES, [JSON.stringify(scopes), record.id, JSON.stringify(record.scopes)]);
  }

  /** Gives a record another end; fails as a condition when it ended meanwhile. */
  changeEnd(writes: WriteSet, { id }: Pick<AuthorizationRecord, 'id'>, expiresAt: Instant | null): void {
    writes.expectOne(CHANGE_END, [expiresAt, id]);
  }

  /** Gives the owner's record a nearer end; fails as a condition when it has that or a nearer one, is over, or is somebody else's. */
  narrowEnd(writes: WriteSet, { id, owner }: Pick<AuthorizationRecord, 'id' | 'owner'>, expiresAt: Instant): void {
    writes.expectOne(NARROW, [expiresAt, id, owner, expiresAt]);
  }

  /** Notes the latest use; an older one changes nothing. */
  noteUse(writes: WriteSet, id: string, at: Instant): void {
    writes.add(USED, [at, at, id, at]);
  }
}

/** The place behind a record in the order of {@link AuthorizationStore.page}; a text we did not make is the very end. */
function parsePosition(position: string): [seenAt: number, id: string] {
  const match = /^(\d{1,16})-(.+)$/.exec(position);
  return match?.[1] && match[2] ? [Number(match[1]), match[2]] : [-1, ''];
}

function optional(row: AuthorizationRow | undefined): AuthorizationRecord | undefined {
  return row && toAuthorization(row);
}
