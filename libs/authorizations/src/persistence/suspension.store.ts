import { Injectable } from '@nestjs/common';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const DISABLED_ISSUERS = 'SELECT issuer FROM trusted_issuer WHERE NOT enabled';

const activeWhere = (ground: string): Statement =>
  statement(`SELECT id FROM authorization_record WHERE state = 'active' AND ${ground} LIMIT ?`);

/**
 * What a record rests on: its owner, and whoever vouches for its requesting party. Each is looked up in its own index. A cross
 * join has SQLite begin with the few accounts that are disabled.
 */
const GROUNDLESS: readonly Statement[] = [
  activeWhere(`owner IN (SELECT 'account:' || id FROM account WHERE NOT enabled)`),
  activeWhere(`owner IN (SELECT 'client:' || id FROM client WHERE NOT enabled)`),
  activeWhere('party_account IS NOT NULL AND party_account IN (SELECT id FROM account WHERE NOT enabled)'),
  activeWhere(
    `party_issuer IS NOT NULL AND (party_issuer, party_subject) IN (SELECT i.issuer, i.subject
       FROM account a CROSS JOIN account_identity i WHERE i.account_id = a.id AND NOT a.enabled)`,
  ),
  activeWhere(`party_issuer IS NOT NULL AND party_issuer IN (${DISABLED_ISSUERS})`),
  activeWhere(`id IN (SELECT authorization_id FROM authorization_voucher WHERE issuer IN (${DISABLED_ISSUERS}))`),
];
const ACTIVE_BELOW_SUSPENDED = statement(
  `WITH RECURSIVE below (id, state) AS (
     SELECT child.id, child.state FROM authorization_record node JOIN authorization_record child ON child.parent_id = node.id
       WHERE node.state = 'suspended'
     UNION SELECT child.id, child.state FROM authorization_record child JOIN below ON child.parent_id = below.id)
   SELECT id FROM below WHERE state = 'active' LIMIT ?`,
);
const SUSPEND = statement(`UPDATE authorization_record SET state = 'suspended' WHERE id = ? AND state = 'active'`);

const GROUND_IS_THERE = `
  NOT EXISTS (SELECT 1 FROM account a WHERE a.id = substr(owner, 9) AND owner LIKE 'account:%' AND NOT a.enabled)
  AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = substr(owner, 8) AND owner LIKE 'client:%' AND NOT c.enabled)
  AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = party_account AND NOT a.enabled)
  AND NOT EXISTS (SELECT 1 FROM account_identity i JOIN account a ON a.id = i.account_id
    WHERE i.issuer = party_issuer AND i.subject = party_subject AND NOT a.enabled)
  AND NOT EXISTS (SELECT 1 FROM trusted_issuer t WHERE t.issuer = party_issuer AND NOT t.enabled)
  AND NOT EXISTS (SELECT 1 FROM authorization_voucher v JOIN trusted_issuer t ON t.issuer = v.issuer
    WHERE v.authorization_id = authorization_record.id AND NOT t.enabled)
  AND (parent_id IS NULL OR EXISTS (SELECT 1 FROM authorization_record parent
    WHERE parent.id = authorization_record.parent_id AND parent.state = 'active'))`;
const SUSPENDED = statement(
  `SELECT id, CASE WHEN ${GROUND_IS_THERE} THEN 1 ELSE 0 END AS resumable
   FROM authorization_record WHERE state = 'suspended' AND id > ? ORDER BY id LIMIT ?`,
);
const RESUME = statement(
  `UPDATE authorization_record SET state = 'active' WHERE id = ? AND state = 'suspended' AND ${GROUND_IS_THERE}`,
);

/**
 * Suspends and resumes records as accounts, clients and trusted issuers are now. Records are found first and changed by their keys, in
 * one order everywhere: safe to run twice at once, and fast whatever the engine knows of the tables.
 */
@Injectable()
export class SuspensionStore {
  constructor(private readonly database: Database) {}

  /** One batch of each kind of ground that is gone. @returns how many records were found */
  async suspend(batch: number): Promise<number> {
    let found = 0;
    for (const groundless of GROUNDLESS) found += await this.suspendFound(groundless, batch);
    return found;
  }

  /**
   * What stands below suspended records rests with them. A child that is being born while its parent is suspended is seen by
   * the next call. @returns how many were found
   */
  async suspendBelow(batch: number): Promise<number> {
    return this.suspendFound(ACTIVE_BELOW_SUSPENDED, batch);
  }

  /**
   * Resumes, of the next `batch` suspended records behind `after`, those whose whole ground is there again.
   * @returns how many may go on, and where to continue; no `last` when none is left
   */
  async resume(after: string, batch: number): Promise<{ resumed: number; last?: string }> {
    const seen = await this.database.all<{ id: string; resumable: number }>(SUSPENDED, [after, batch]);
    const resumable = seen.filter((row) => row.resumable === 1).map(({ id }) => id);
    await this.change(RESUME, resumable);
    const last = seen.at(-1)?.id;
    return { resumed: resumable.length, ...(last !== undefined && { last }) };
  }

  private async suspendFound(find: Statement, batch: number): Promise<number> {
    const ids = (await this.database.all<{ id: string }>(find, [batch])).map(({ id }) => id);
    await this.change(SUSPEND, ids);
    return ids.length;
  }

  private async change(one: Statement, ids: readonly string[]): Promise<void> {
    const writes = new WriteSet();
    for (const id of [...ids].sort()) writes.add(one, [id]);
    await this.database.commit(writes);
  }
}
