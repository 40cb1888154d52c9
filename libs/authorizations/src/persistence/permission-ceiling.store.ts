import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { PermissionCeiling } from '../domain/authorization.js';

const FIND = statement('SELECT * FROM authorization_permission WHERE authorization_id = ? AND resource_id = ?');
/** Owners see the first hundred resources of one record; the resource pages tell the rest. */
const OF_RECORD = statement(
  'SELECT * FROM authorization_permission WHERE authorization_id = ? ORDER BY resource_id LIMIT 100',
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

/** What each UMA record allows on each resource: what introspection shows can only be inside it. */
@Injectable()
export class PermissionCeilingStore {
  constructor(private readonly database: Database) {}

  async find(authorizationId: string, resourceId: string): Promise<PermissionCeiling | undefined> {
    const row = await this.database.get<Row>(FIND, [authorizationId, resourceId]);
    return row && toCeiling(row);
  }

  async ofRecord(authorizationId: string): Promise<PermissionCeiling[]> {
    return (await this.database.all<Row>(OF_RECORD, [authorizationId])).map(toCeiling);
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

function toCeiling(row: Row): PermissionCeiling {
  return {
    resourceId: row.resource_id,
    scopes: JSON.parse(row.scopes) as string[],
    policyIds: JSON.parse(row.policy_ids) as string[],
    expiresAt: row.expires_at,
  };
}
