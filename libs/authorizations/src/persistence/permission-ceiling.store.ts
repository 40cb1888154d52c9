import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { CeilingSum, PermissionCeiling } from '../domain/authorization.js';

const FIND = statement('SELECT * FROM authorization_permission WHERE authorization_id = ? AND resource_id = ?');
const PAGE = statement(
  'SELECT * FROM authorization_permission WHERE authorization_id = ? AND resource_id > ? ORDER BY resource_id LIMIT ?',
);
/** Where many records are shown, so many resources of each. */
const FIRST = 5;
const FIRST_OF_RECORDS = statement(
  `SELECT authorization_id, resource_id, scopes, policy_ids, expires_at FROM (
     SELECT p.*, row_number() OVER (PARTITION BY authorization_id ORDER BY resource_id) AS place
     FROM authorization_permission p WHERE authorization_id IN ${KEY_LIST}) placed
   WHERE place <= ${FIRST} ORDER BY authorization_id, resource_id`,
);
/** Lists of scopes are few, however many resources there are. */
const SUMS = statement(
  `SELECT authorization_id, scopes, count(*) AS resources, count(expires_at) AS ending, max(expires_at) AS latest
   FROM authorization_permission WHERE authorization_id IN ${KEY_LIST} GROUP BY authorization_id, scopes`,
);
const INSERT = statement(
  `INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids, expires_at)
   VALUES (?, ?, ?, ?, ?)`,
);
const REPLACE = statement(
  `UPDATE authorization_permission SET scopes = ?, policy_ids = ?, expires_at = ?
   WHERE authorization_id = ? AND resource_id = ? AND scopes = ? AND policy_ids = ?`,
);
const WITHDRAW_POLICY = statement('DELETE FROM authorization_permission WHERE resource_id = ? AND policy_ids LIKE ?');
const WITHDRAW_RESOURCE = statement('DELETE FROM authorization_permission WHERE resource_id = ?');

interface Row {
  resource_id: string;
  scopes: string;
  policy_ids: string;
  expires_at: number | null;
}

/** Permissions of one record that have the same scopes. */
interface Group {
  authorization_id: string;
  scopes: string;
  resources: number;
  /** How many of them have an end. */
  ending: number;
  latest: Instant | null;
}

/** What each UMA record allows on each resource: what introspection shows can only be inside it. */
@Injectable()
export class PermissionCeilingStore {
  constructor(private readonly database: Database) {}

  async find(authorizationId: string, resourceId: string): Promise<PermissionCeiling | undefined> {
    const row = await this.database.get<Row>(FIND, [authorizationId, resourceId]);
    return row && toCeiling(row);
  }

  /** What one record allows, in byte order of the resources' ids; an empty page for none. */
  async page(authorizationId: string, { limit, after = '' }: PageRequest): Promise<Page<PermissionCeiling>> {
    const rows = await this.database.all<Row>(PAGE, [authorizationId, after, limit + 1]);
    return toPage(rows, limit, toCeiling, (row) => row.resource_id);
  }

  /** The first few of what each of the records allows. @returns a list for each id, by it */
  async firstOf(authorizationIds: readonly string[]): Promise<ReadonlyMap<string, readonly PermissionCeiling[]>> {
    type Placed = Row & { authorization_id: string };
    const first = new Map<string, PermissionCeiling[]>(authorizationIds.map((id) => [id, []]));
    const rows = await allByKeys<Placed>(this.database, FIRST_OF_RECORDS, authorizationIds);
    for (const row of rows) first.get(row.authorization_id)?.push(toCeiling(row));
    return first;
  }

  /** What each of the records allows on all its resources together. @returns a sum for each id, by it */
  async sumsOf(authorizationIds: readonly string[]): Promise<ReadonlyMap<string, CeilingSum>> {
    const groups = new Map<string, Group[]>(authorizationIds.map((id) => [id, []]));
    for (const group of await allByKeys<Group>(this.database, SUMS, authorizationIds)) {
      groups.get(group.authorization_id)?.push(group);
    }
    return new Map([...groups].map(([id, ofOne]) => [id, toSum(ofOne)]));
  }

  /**
   * Sets the ceiling of one resource. Conditional on `present` being what stands there now: of two decisions at once, the
   * second is taken again and sees the first.
   */
  set(
    writes: WriteSet,
    authorizationId: string,
    ceiling: PermissionCeiling,
    present: PermissionCeiling | undefined,
  ): void {
    const values = [JSON.stringify(ceiling.scopes), JSON.stringify(ceiling.policyIds), ceiling.expiresAt];
    const key = [authorizationId, ceiling.resourceId];
    if (!present) writes.expectOne(INSERT, [...key, ...values]);
    else {
      const was = [JSON.stringify(present.scopes), JSON.stringify(present.policyIds)];
      writes.expectOne(REPLACE, [...values, ...key, ...was]);
    }
  }

  /** Withdraws what a policy permitted on its resource, from every record. */
  withdrawPolicy(writes: WriteSet, resourceId: string, policyId: string): void {
    // Ids have no LIKE wildcard but `_`, which can only match more than meant, and quotes end them.
    writes.add(WITHDRAW_POLICY, [resourceId, `%"${policyId}"%`]);
  }

  /** Withdraws a resource from every record. */
  withdrawResource(writes: WriteSet, resourceId: string): void {
    writes.add(WITHDRAW_RESOURCE, [resourceId]);
  }
}

function toSum(groups: readonly Group[]): CeilingSum {
  const scopes = new Set(groups.flatMap((group) => JSON.parse(group.scopes) as string[]));
  const isEndless = groups.some(({ ending, resources }) => ending < resources);
  return {
    resources: groups.reduce((count, { resources }) => count + resources, 0),
    scopes: [...scopes].sort(),
    expiresAt: isEndless ? null : groups.reduce<Instant | null>(later, null),
  };
}

function later(end: Instant | null, { latest }: Group): Instant | null {
  return latest === null ? end : Math.max(end ?? latest, latest);
}

function toCeiling(row: Row): PermissionCeiling {
  return {
    resourceId: row.resource_id,
    scopes: JSON.parse(row.scopes) as string[],
    policyIds: JSON.parse(row.policy_ids) as string[],
    expiresAt: row.expires_at,
  };
}
