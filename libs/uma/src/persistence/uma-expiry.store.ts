import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const TICKETS = statement(
  `DELETE FROM permission_ticket WHERE hash IN (SELECT hash FROM permission_ticket WHERE expires_at <= ? LIMIT ?)`,
);
const CLAIMS = statement(
  `DELETE FROM persisted_claims_token
   WHERE hash IN (SELECT hash FROM persisted_claims_token WHERE expires_at <= ? LIMIT ?)`,
);
/** Decided requests stay as long as they would have been pending: owners look back, and a denial holds. */
const REQUESTS = statement(
  'DELETE FROM access_request WHERE id IN (SELECT id FROM access_request WHERE expires_at <= ? LIMIT ?)',
);

/** Removes expired UMA artefacts in small batches on an indexed expiry. */
@Injectable()
export class UmaExpiryStore {
  constructor(private readonly database: Database) {}

  /** One batch of each kind. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    let removed = 0;
    for (const expire of [TICKETS, CLAIMS, REQUESTS]) {
      const [rows = 0] = await this.database.commit(new WriteSet().add(expire, [before, batch]));
      removed += rows;
    }
    return removed;
  }
}
