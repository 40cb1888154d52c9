import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const KEEP = statement(
  `INSERT INTO access_keep (access_id, owner, kept_at) VALUES (?, ?, ?)
   ON CONFLICT (access_id) DO UPDATE SET kept_at = excluded.kept_at`,
);
const KEPT = statement('SELECT access_id, kept_at FROM access_keep WHERE owner = ? AND kept_at > ?');
const REMOVE_OLD = statement(
  'DELETE FROM access_keep WHERE access_id IN (SELECT access_id FROM access_keep WHERE kept_at <= ? LIMIT ?)',
);

/** Which access an owner looked at and kept, so that she is not asked again soon. */
@Injectable()
export class AccessKeepStore {
  constructor(private readonly database: Database) {}

  /** @param accessId - one of the owner's: look it up before */
  async keep(owner: OwnerId, accessId: string, now: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(KEEP, [accessId, owner, now]));
  }

  /** Those that she kept since, with the time. */
  async keptSince(owner: OwnerId, since: Instant): Promise<ReadonlyMap<string, Instant>> {
    const rows = await this.database.all<{ access_id: string; kept_at: Instant }>(KEPT, [owner, since]);
    return new Map(rows.map((row) => [row.access_id, row.kept_at]));
  }

  /** For the job. @returns how many were removed */
  async expire(before: Instant, batch: number): Promise<number> {
    const [removed = 0] = await this.database.commit(
      new WriteSet().add(REMOVE_OLD, [before - 365 * 86_400_000, batch]),
    );
    return removed;
  }
}
