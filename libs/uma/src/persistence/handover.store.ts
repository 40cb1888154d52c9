import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Handover } from '../domain/handover.js';
import type { Policy } from '../domain/policy.js';
import type { PolicyRow } from './policy.store.js';
import { toPolicy } from './policy.store.js';

const FIND = statement('SELECT * FROM handover WHERE id = ? AND owner = ?');
const PAGE = statement('SELECT * FROM handover WHERE owner = ? AND id > ? ORDER BY id LIMIT ?');
const SAME = statement('SELECT * FROM handover WHERE owner = ? AND content = ? AND ended_at IS NULL');
const OVERLAPPING = statement(
  `SELECT * FROM handover WHERE owner = ? AND ended_at IS NULL AND expires_at > ? AND coalesce(not_before, created_at) < ?
   ORDER BY expires_at DESC LIMIT 1`,
);
/** One that is over by itself is nobody's reason not to hand over the same again. */
const CLOSE = statement(
  `UPDATE handover SET ended_at = expires_at WHERE owner = ? AND content = ? AND ended_at IS NULL AND expires_at <= ?`,
);
const INSERT = statement(
  `INSERT INTO handover (id, owner, account_id, allow, content, resources, not_before, expires_at, note, created_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const END = statement(
  'UPDATE handover SET ended_at = ? WHERE id = ? AND owner = ? AND ended_at IS NULL AND expires_at > ?',
);
const POLICIES = statement('SELECT * FROM policy WHERE handover_id = ? AND owner = ? ORDER BY resource_id, id');
// Ids have no LIKE wildcard but `_`, which can only match more than meant, and quotes end them.
const TOKENS = statement(
  `SELECT count(DISTINCT family.id) AS alive FROM policy
     JOIN authorization_permission given ON given.resource_id = policy.resource_id
       AND given.policy_ids LIKE '%"' || policy.id || '"%'
     JOIN token_family family ON family.authorization_id = given.authorization_id
   WHERE policy.handover_id = ? AND policy.owner = ? AND family.revoked_at IS NULL AND family.expires_at > ?`,
);

interface Row {
  id: string;
  owner: OwnerId;
  account_id: string;
  allow: Handover['allow'];
  resources: number;
  not_before: number | null;
  expires_at: number;
  note: string | null;
  created_at: number;
  ended_at: number | null;
}

/** Handovers of owners: those that come, those in force, and for thirty days those that are over. */
@Injectable()
export class HandoverStore {
  constructor(private readonly database: Database) {}

  /** The owner's, or `undefined` when there is none or it is somebody else's. */
  async find(id: string, owner: OwnerId): Promise<Handover | undefined> {
    return optional(await this.database.get<Row>(FIND, [id, owner]));
  }

  async page(owner: OwnerId, { limit, after = '' }: PageRequest): Promise<Page<Handover>> {
    const rows = await this.database.all<Row>(PAGE, [owner, after, limit + 1]);
    return toPage(rows, limit, toHandover, (row) => row.id);
  }

  /** The one with this content that was not ended; it may be over by itself. */
  async same(owner: OwnerId, content: string): Promise<Handover | undefined> {
    return optional(await this.database.get<Row>(SAME, [owner, content]));
  }

  /** The last one of the owner's own in that time: she is away then; `undefined` when she is not. */
  async overlapping(owner: OwnerId, from: Instant, until: Instant): Promise<Handover | undefined> {
    return optional(await this.database.get<Row>(OVERLAPPING, [owner, from, until]));
  }

  /** Fails as a condition when the same is handed over already. */
  insert(writes: WriteSet, handover: Handover, content: string): void {
    writes.add(CLOSE, [handover.owner, content, handover.createdAt]);
    writes.expectOne(INSERT, [
      ...[handover.id, handover.owner, handover.accountId, handover.allow, content, handover.resources],
      ...[handover.notBefore, handover.expiresAt, handover.note, handover.createdAt],
    ]);
  }

  /** Fails as a condition when it is over, or there is none of that owner. */
  end(writes: WriteSet, { id, owner }: Pick<Handover, 'id' | 'owner'>, now: Instant): void {
    writes.expectOne(END, [now, id, owner, now]);
  }

  /** What of it was not taken back yet. */
  async policiesOf({ id, owner }: Pick<Handover, 'id' | 'owner'>): Promise<Policy[]> {
    return (await this.database.all<PolicyRow>(POLICIES, [id, owner])).map(toPolicy);
  }

  /** How many living sets of tokens it has led to. */
  async tokensOf({ id, owner }: Pick<Handover, 'id' | 'owner'>, now: Instant): Promise<number> {
    return Number((await this.database.get<{ alive: number }>(TOKENS, [id, owner, now]))?.alive ?? 0);
  }
}

function optional(row: Row | undefined): Handover | undefined {
  return row && toHandover(row);
}

function toHandover(row: Row): Handover {
  return {
    id: row.id,
    owner: row.owner,
    accountId: row.account_id,
    allow: row.allow,
    resources: row.resources,
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    note: row.note,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
