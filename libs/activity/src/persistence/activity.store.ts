import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { Clock, newId, toPage } from '@valetkey/kernel';
import type { ActivityKind } from '@valetkey/owner-contract';
import type { SqlValue } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { ActivityEntry, ActivityFilter, ActivityLine, ActivityResource } from '../domain/activity-line.js';
import { positionOf } from '../domain/activity-line.js';

const INSERT = statement(
  `INSERT INTO activity (id, owner, at, kind, actor, holder, holder_name, client_id, resources, scopes, ends_at, access_id,
     request_id, reference, invited, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
);
/** Nothing for a line that was there already. */
const INSERT_RESOURCE = statement(
  `INSERT INTO activity_resource (resource_id, activity_id) SELECT CAST(? AS text), id FROM activity WHERE id = ?
   ON CONFLICT DO NOTHING`,
);

const NARROWED = `(CAST(? AS text) = '' OR holder = ?) AND (CAST(? AS text) = '' OR client_id = ?)
  AND (CAST(? AS text) = '' OR access_id = ?) AND (CAST(? AS text) = '' OR kind = ?)`;
const IN_TIME = 'activity.id < ? AND activity.id >= ?';
const NEWEST = 'ORDER BY activity.id DESC LIMIT ?';
/** By the condition that leaves the fewest lines; the others are looked at line by line. */
const PAGE = {
  owner: statement(`SELECT * FROM activity WHERE owner = ? AND ${IN_TIME} AND ${NARROWED} ${NEWEST}`),
  accessId: statement(
    `SELECT * FROM activity WHERE owner = ? AND access_id = ? AND ${IN_TIME} AND ${NARROWED} ${NEWEST}`,
  ),
  resourceId: statement(
    `SELECT activity.* FROM activity_resource JOIN activity ON activity.id = activity_id
     WHERE owner = ? AND resource_id = ? AND activity_id < ? AND activity_id >= ? AND ${NARROWED}
     ORDER BY activity_id DESC LIMIT ?`,
  ),
  holder: statement(`SELECT * FROM activity WHERE owner = ? AND holder = ? AND ${IN_TIME} AND ${NARROWED} ${NEWEST}`),
  clientId: statement(
    `SELECT * FROM activity WHERE owner = ? AND client_id = ? AND ${IN_TIME} AND ${NARROWED} ${NEWEST}`,
  ),
  kind: statement(`SELECT * FROM activity WHERE owner = ? AND kind = ? AND ${IN_TIME} AND ${NARROWED} ${NEWEST}`),
};
const NARROWEST = ['accessId', 'resourceId', 'holder', 'clientId', 'kind'] as const;
const AFTER = statement('SELECT * FROM activity WHERE id > ? ORDER BY id LIMIT ?');
const OVER = '(SELECT id FROM activity WHERE id < ? ORDER BY id LIMIT ?)';
const REMOVE_RESOURCES = statement(`DELETE FROM activity_resource WHERE activity_id IN ${OVER}`);
const REMOVE = statement(`DELETE FROM activity WHERE id IN ${OVER}`);

/** Behind every line. */
const LAST = 'f';

interface Row {
  id: string;
  owner: string;
  at: number;
  kind: ActivityKind;
  actor: string | null;
  holder: string | null;
  holder_name: string | null;
  client_id: string | null;
  resources: string;
  scopes: string;
  ends_at: number | null;
  access_id: string | null;
  request_id: string | null;
  reference: string | null;
  invited: string | null;
}

/** What happened to what owners own, for the owners' eyes; nobody else's lines are ever found. */
@Injectable()
export class ActivityStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Adds a line to the write-set of the change that it tells of: it is there exactly when the change is. */
  note(writes: WriteSet, line: ActivityLine): void {
    this.insert(writes, line, null);
  }

  /**
   * Adds a line that is told once, however often and by whichever server.
   * @param once - equal for equal lines
   */
  noteOnce(writes: WriteSet, line: ActivityLine, once: string): void {
    this.insert(writes, line, once);
  }

  /** Lines of an owner, newest first. A cursor that was not made here is the position that it compares as. */
  async page(owner: string, filter: ActivityFilter, { limit, after }: PageRequest): Promise<Page<ActivityEntry>> {
    const base = NARROWEST.find((one) => filter[one] !== undefined) ?? 'owner';
    const to = filter.to === undefined ? LAST : positionOf(filter.to);
    const before = after === undefined || after > to ? to : after;
    const values: SqlValue[] = [
      ...(base === 'owner' ? [owner] : [owner, filter[base] ?? '']),
      before,
      filter.from === undefined ? '' : positionOf(filter.from),
      ...[filter.holder, filter.clientId, filter.accessId, filter.kind].flatMap((one = '') => [one, one]),
      limit + 1,
    ];
    return toPage(await this.database.all<Row>(PAGE[base], values), limit, toEntry, ({ id }) => id);
  }

  /**
   * Lines of all owners behind a position, oldest first: for those who wait for news. Servers write at the same time, and a line
   * is there once its change is committed: look some seconds back, and pass over what was seen.
   */
  async after(position: string, limit: number): Promise<ActivityEntry[]> {
    return (await this.database.all<Row>(AFTER, [position, limit])).map(toEntry);
  }

  /** Removes up to `batch` of the lines that were written before. @returns how many were removed */
  async removeOld(before: Instant, batch: number): Promise<number> {
    const values = [positionOf(before), batch];
    const [, removed = 0] = await this.database.commit(
      new WriteSet().add(REMOVE_RESOURCES, values).add(REMOVE, values),
    );
    return removed;
  }

  private insert(writes: WriteSet, line: ActivityLine, once: string | null): void {
    const id = positionOf(this.clock.now()) + newId('');
    writes.add(INSERT, [id, ...valuesOf(line), once]);
    for (const resource of line.resources ?? []) writes.add(INSERT_RESOURCE, [resource.id, id]);
  }
}

function valuesOf(line: ActivityLine): SqlValue[] {
  const { resources = [], scopes = [] } = line;
  const about = [line.actor, line.holder, line.holderName, line.clientId];
  const led = [line.endsAt, line.accessId, line.requestId, line.reference, line.invited];
  return [
    ...[line.owner, line.at, line.kind],
    ...about.map((one) => one ?? null),
    ...[JSON.stringify(resources), JSON.stringify(scopes)],
    ...led.map((one) => one ?? null),
  ];
}

function toEntry(row: Row): ActivityEntry {
  return {
    id: row.id,
    owner: row.owner,
    at: row.at,
    kind: row.kind,
    ...(row.actor !== null && { actor: row.actor }),
    ...(row.holder !== null && { holder: row.holder }),
    ...(row.holder_name !== null && { holderName: row.holder_name }),
    ...(row.client_id !== null && { clientId: row.client_id }),
    resources: JSON.parse(row.resources) as ActivityResource[],
    scopes: JSON.parse(row.scopes) as string[],
    ...(row.ends_at !== null && { endsAt: row.ends_at }),
    ...(row.access_id !== null && { accessId: row.access_id }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    ...(row.reference !== null && { reference: row.reference }),
    ...(row.invited !== null && { invited: row.invited }),
  };
}
