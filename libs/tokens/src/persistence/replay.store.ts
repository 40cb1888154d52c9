import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { sha256 } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const FIND = statement('SELECT 1 AS one FROM replay_mark WHERE mark = ?');
const CLAIM = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');

/** Remembers single-use identifiers (`jti`) of what others signed, on every node and across restarts. */
@Injectable()
export class ReplayStore {
  constructor(private readonly database: Database) {}

  /**
   * Marks an identifier as used. Atomic: of concurrent calls with one (issuer, id), exactly one gets `true`.
   * Keep the mark until `expiresAt`; after that the time check refuses the assertion anyway. RFC 7523 section 3 item 7.
   */
  async claim(issuer: string, id: string, expiresAt: Instant): Promise<boolean> {
    const writes = new WriteSet();
    this.claimWith(writes, { issuer, id, expiresAt });
    return this.database.tryCommit(writes);
  }

  /** Whether the identifier is marked already. Tells nothing about the next moment: mark it in the same write-set. */
  async isMarked(issuer: string, id: string): Promise<boolean> {
    return (await this.database.get(FIND, [markOf(issuer, id)])) !== undefined;
  }

  /** The same inside a larger write-set, whose condition then fails for a repeated identifier. */
  claimWith(writes: WriteSet, mark: { issuer: string; id: string; expiresAt: Instant }): void {
    // A NumericDate may have fractions (RFC 7519 section 2); a column of instants has none.
    writes.expectOne(CLAIM, [markOf(mark.issuer, mark.id), Math.ceil(mark.expiresAt)]);
  }
}

function markOf(issuer: string, id: string): string {
  return sha256(`${issuer}\n${id}`);
}
