import { Injectable } from '@nestjs/common';
import type { Duration, Instant, Page, PageRequest } from '@valetkey/kernel';
import { encodeTime, newId, toPage } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { EndReason } from '@valetkey/owner-contract';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { PolicySubject } from '../domain/policy.js';
import type { RemovedShare, RemovedTerms } from '../domain/removed-access.js';
import { holderKeyOf } from '../domain/removed-access.js';

/** For so long what the owner ended comes back with one click. */
export const GIVE_BACK_FOR: Duration = 7 * 86_400_000;
const KEPT: Duration = 30 * 86_400_000;

const INSERT = statement(
  `INSERT INTO removed_access (id, owner, access_id, terms, ended_at, ended_by, give_back_until, expires_at, holder, request_id)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const FIND = statement('SELECT * FROM removed_access WHERE id = ? AND owner = ?');
const LATEST = statement('SELECT * FROM removed_access WHERE access_id = ? AND owner = ? ORDER BY id DESC LIMIT 1');
const PAGE = statement(
  `SELECT * FROM removed_access WHERE owner = ? AND id < ? AND id >= ? AND given_back_at IS NULL
   ORDER BY id DESC LIMIT ?`,
);
/** As many as one statement takes: a page cannot be put together from several. */
const MOST_SUBJECTS = 50;
const PAGE_OF_HOLDER = statement(
  `SELECT * FROM removed_access WHERE holder IN ${KEY_LIST} AND id < ? AND given_back_at IS NULL ORDER BY id DESC LIMIT ?`,
);
const OF_REQUESTS = statement(
  `SELECT * FROM removed_access WHERE request_id IN ${KEY_LIST} AND owner = ? AND given_back_at IS NULL`,
);
/** Given back once: of two at the same time, one concerns a row. */
const GIVE_BACK = statement(
  `UPDATE removed_access SET given_back_at = ?
   WHERE id = ? AND owner = ? AND given_back_at IS NULL AND give_back_until > ?`,
);
/** What was over, as it was. */
export interface RemovedAccess {
  readonly id: string;
  readonly owner: OwnerId;
  readonly accessId: string;
  readonly terms: RemovedTerms;
  readonly endedAt: Instant;
  readonly endedBy: EndReason;
  readonly giveBackUntil: Instant | null;
  readonly givenBackAt: Instant | null;
}

/** A share that was over. */
export type EndedShare = RemovedAccess & { readonly terms: RemovedShare };

export type NewRemovedAccess = Pick<RemovedAccess, 'owner' | 'accessId' | 'terms' | 'endedAt' | 'endedBy'> & {
  readonly mayComeBack: boolean;
};

interface Row {
  id: string;
  owner: OwnerId;
  access_id: string;
  terms: string;
  ended_at: number;
  ended_by: EndReason;
  give_back_until: number | null;
  given_back_at: number | null;
}

/** What ended, for thirty days: how it was, why it ended, and until when it may come back. */
@Injectable()
export class RemovedAccessStore {
  constructor(private readonly database: Database) {}

  /** In the write-set of the end. @returns the handle by which it may come back */
  insert(writes: WriteSet, { owner, accessId, terms, endedAt, endedBy, mayComeBack }: NewRemovedAccess): string {
    const id = `x${encodeTime(endedAt)}${newId('')}`;
    const until = mayComeBack ? endedAt + GIVE_BACK_FOR : null;
    writes.expectOne(INSERT, [
      ...[id, owner, accessId, JSON.stringify(terms)],
      ...[endedAt, endedBy, until, endedAt + KEPT, holderKeyOf(terms) ?? null],
      terms.kind === 'share' ? terms.policy.requestId : null,
    ]);
    return id;
  }

  /** The owner's, or `undefined` when there is none or it is somebody else's. */
  async find(id: string, owner: OwnerId): Promise<RemovedAccess | undefined> {
    const row = await this.database.get<Row>(FIND, [id, owner]);
    return row && toRemoved(row);
  }

  /** The last end of an access; `undefined` where it has not ended lately, or is another owner's. */
  async latestOf(accessId: string, owner: OwnerId): Promise<RemovedAccess | undefined> {
    const row = await this.database.get<Row>(LATEST, [accessId, owner]);
    return row && toRemoved(row);
  }

  /** Those that ended since, and did not come back; newest first. */
  async page(owner: OwnerId, since: Instant, { limit, after = 'y' }: PageRequest): Promise<Page<RemovedAccess>> {
    const rows = await this.database.all<Row>(PAGE, [owner, after, `x${encodeTime(since)}`, limit + 1]);
    return toPage(rows, limit, toRemoved, ({ id }) => id);
  }

  /**
   * Shares that ended in the last thirty days and did not come back, of whoever they were for; newest first.
   * @param subjects - who somebody is: the fifty first
   */
  async pageOfHolder(
    subjects: readonly PolicySubject[],
    { limit, after = 'y' }: PageRequest,
  ): Promise<Page<EndedShare>> {
    const keys = subjects.slice(0, MOST_SUBJECTS).map((subject) => JSON.stringify(subject));
    const rows = await allByKeys<Row>(this.database, PAGE_OF_HOLDER, keys, [after, limit + 1]);
    return toPage(rows, limit, toEndedShare, ({ id }) => id);
  }

  /** What these answers of the owner had given, and is over. */
  async ofRequests(owner: OwnerId, requestIds: Iterable<string>): Promise<EndedShare[]> {
    return (await allByKeys<Row>(this.database, OF_REQUESTS, requestIds, [owner])).map(toEndedShare);
  }

  /** Fails as a condition when it came back already, or its time is over. */
  giveBack(writes: WriteSet, { id, owner }: Pick<RemovedAccess, 'id' | 'owner'>, now: Instant): void {
    writes.expectOne(GIVE_BACK, [now, id, owner, now]);
  }
}

/** Of a row with a holder: {@link holderKeyOf}. */
function toEndedShare(row: Row): EndedShare {
  return { ...toRemoved(row), terms: JSON.parse(row.terms) as RemovedShare };
}

function toRemoved(row: Row): RemovedAccess {
  return {
    id: row.id,
    owner: row.owner,
    accessId: row.access_id,
    terms: JSON.parse(row.terms) as RemovedTerms,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    giveBackUntil: row.give_back_until,
    givenBackAt: row.given_back_at,
  };
}
