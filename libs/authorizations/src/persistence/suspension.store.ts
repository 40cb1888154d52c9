import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { sha256 } from '@valetkey/kernel';
import type { SqlValue, Statement } from '@valetkey/persistence';
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
];
const VOUCHED_FOR = statement(
  `SELECT v.authorization_id AS id, r.state FROM (SELECT authorization_id FROM authorization_voucher
     WHERE issuer = ? AND authorization_id > ? ORDER BY authorization_id LIMIT ?) v
   LEFT JOIN authorization_record r ON r.id = v.authorization_id ORDER BY v.authorization_id`,
);
const LAST_OF_SUSPENDED = statement(
  `SELECT max(id) AS last FROM (SELECT id FROM authorization_record WHERE state = 'suspended' AND id > ?
     ORDER BY id LIMIT ?) page`,
);
/** Below one page of suspended records, at any depth. */
const ACTIVE_BELOW_SUSPENDED = statement(
  `WITH RECURSIVE below (id, state) AS (
     SELECT child.id, child.state FROM authorization_record node JOIN authorization_record child ON child.parent_id = node.id
       WHERE node.state = 'suspended' AND node.id > ? AND node.id <= ?
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

/** Accounts with the identities that they vouch for. */
const DISABLED_ACCOUNTS = statement(
  `SELECT a.id, i.issuer, i.subject FROM (SELECT id FROM account WHERE NOT enabled AND id > ? ORDER BY id LIMIT ?) a
   LEFT JOIN account_identity i ON i.account_id = a.id ORDER BY a.id, i.issuer, i.subject`,
);
const DISABLED_CLIENTS = statement('SELECT id FROM client WHERE NOT enabled ORDER BY id');
const ALL_DISABLED_ISSUERS = statement(`${DISABLED_ISSUERS} ORDER BY issuer`);
const ACCOUNTS_AT_ONCE = 1_000;

/** A page that was worked off: how many of its records were changed, and where to go on; no `last` when none is left. */
export interface SweptPage {
  readonly changed: number;
  readonly last?: string;
}

/**
 * Suspends and resumes records as accounts, clients and trusted issuers are now. Records are found first and changed by their keys, in
 * one order everywhere: safe to run twice at once, and fast whatever the engine knows of the tables.
 */
@Injectable()
export class SuspensionStore {
  constructor(private readonly database: Database) {}

  /** One batch of each kind of ground that is gone, further issuers apart. @returns how many records were found */
  async suspend(batch: number): Promise<number> {
    let found = 0;
    for (const groundless of GROUNDLESS) found += await this.suspendFound(groundless, [batch]);
    return found;
  }

  /** Of the next `batch` records behind `after` for which the issuer vouched besides the party's own, those that are active. */
  async suspendVouchedFor(issuer: string, after: string, batch: number): Promise<SweptPage> {
    const seen = await this.database.all<{ id: string; state: string | null }>(VOUCHED_FOR, [issuer, after, batch]);
    const active = seen.filter(({ state }) => state === 'active').map(({ id }) => id);
    await this.change(SUSPEND, active);
    return toSwept(active.length, seen.at(-1)?.id);
  }

  /**
   * What stands below the next `batch` suspended records behind `after` rests with them. A page with something to do is looked at
   * again: a child that is being born while its parent is suspended is seen by the next call.
   */
  async suspendBelow(after: string, batch: number): Promise<SweptPage> {
    const row = await this.database.get<{ last: string | null }>(LAST_OF_SUSPENDED, [after, batch]);
    const last = row?.last ?? undefined;
    if (last === undefined) return { changed: 0 };
    const changed = await this.suspendFound(ACTIVE_BELOW_SUSPENDED, [after, last, batch]);
    return { changed, last: changed > 0 ? after : last };
  }

  /** Resumes, of the next `batch` suspended records behind `after`, those whose whole ground is there again. */
  async resume(after: string, batch: number): Promise<SweptPage> {
    const seen = await this.database.all<{ id: string; resumable: number }>(SUSPENDED, [after, batch]);
    const resumable = seen.filter((row) => row.resumable === 1).map(({ id }) => id);
    await this.change(RESUME, resumable);
    return toSwept(resumable.length, seen.at(-1)?.id);
  }

  /**
   * Who is disabled now: all that records can rest because of.
   * @returns the issuers among them, and a digest of everybody, equal as long as they are the same
   */
  async disabled(): Promise<{ digest: string; issuers: readonly string[] }> {
    const clients = await this.database.all<{ id: string }>(DISABLED_CLIENTS, []);
    const rows = await this.database.all<{ issuer: string }>(ALL_DISABLED_ISSUERS, []);
    const issuers = rows.map(({ issuer }) => issuer);
    let digest = sha256(JSON.stringify([clients.map(({ id }) => id), issuers]));
    for (let after: string | undefined = ''; after !== undefined;) {
      const values = [after, ACCOUNTS_AT_ONCE];
      const accounts: { id: string }[] = await this.database.all<{ id: string }>(DISABLED_ACCOUNTS, values);
      digest = sha256(digest + JSON.stringify(accounts));
      after = accounts.at(-1)?.id;
      await giveWay();
    }
    return { digest, issuers };
  }

  private async suspendFound(find: Statement, values: readonly SqlValue[]): Promise<number> {
    const ids = (await this.database.all<{ id: string }>(find, values)).map(({ id }) => id);
    await this.change(SUSPEND, ids);
    return ids.length;
  }

  private async change(one: Statement, ids: readonly string[]): Promise<void> {
    const writes = new WriteSet();
    for (const id of [...ids].sort()) writes.add(one, [id]);
    await this.database.commit(writes);
  }
}

function toSwept(changed: number, last: string | undefined): SweptPage {
  return last === undefined ? { changed } : { changed, last };
}
