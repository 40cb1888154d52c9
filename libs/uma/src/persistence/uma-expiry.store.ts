import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const TICKETS = statement(
  `DELETE FROM permission_ticket WHERE hash IN (SELECT hash FROM permission_ticket WHERE expires_at <= ? LIMIT ?)`,
);
const CLAIMS = statement(
  `DELETE FROM persisted_claims_token
   WHERE hash IN (SELECT hash FROM persisted_claims_token WHERE expires_at <= ? LIMIT ?)`,
);
/** Owners see for a day what has ended by itself. */
const POLICIES = statement('DELETE FROM policy WHERE id IN (SELECT id FROM policy WHERE expires_at <= ? LIMIT ?)');
/** Decided requests stay as long as they would have been pending, and a day: owners look back, and a denial holds a day. */
const REQUESTS = statement(
  `DELETE FROM access_request WHERE id IN (SELECT id FROM access_request
     WHERE expires_at <= ? AND (decided_at IS NULL OR decided_at <= ?) LIMIT ?)`,
);

const DENIAL_HOLDS = 86_400_000;
const ENDED_POLICY_SHOWN = 86_400_000;

/** Removes expired UMA artefacts in small batches on an indexed expiry. */
@Injectable()
export class UmaExpiryStore {
  constructor(private readonly database: Database) {}

  /** One batch of each kind. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    let removed = 0;
    for (const expire of [TICKETS, CLAIMS]) removed += await this.remove(expire, [before, batch]);
    removed += await this.remove(POLICIES, [before - ENDED_POLICY_SHOWN, batch]);
    return removed + (await this.remove(REQUESTS, [before, before - DENIAL_HOLDS, batch]));
  }

  private async remove(expire: Statement, values: readonly number[]): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(expire, values));
    return rows;
  }
}
