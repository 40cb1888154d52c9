import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const INSERT = statement('INSERT INTO recovery_link (hash, account_id, created_at, expires_at) VALUES (?, ?, ?, ?)');
const FIND = statement(
  `SELECT l.account_id FROM recovery_link l JOIN account a ON a.id = l.account_id
   WHERE l.hash = ? AND l.used_at IS NULL AND l.expires_at > ? AND a.enabled`,
);
const USE = statement('UPDATE recovery_link SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?');
const VOID = statement('UPDATE recovery_link SET used_at = ? WHERE account_id = ? AND used_at IS NULL');

/** One-time links to set a new password, found by the key of their value. */
@Injectable()
export class RecoveryLinkStore {
  constructor(private readonly database: Database) {}

  insert(writes: WriteSet, link: { hash: string; accountId: string; now: Instant; expiresAt: Instant }): void {
    writes.expectOne(INSERT, [link.hash, link.accountId, link.now, link.expiresAt]);
  }

  /** The account of a link that can still be used, or `undefined`. Uses nothing up. */
  async find(hash: string, now: Instant): Promise<string | undefined> {
    return (await this.database.get<{ account_id: string }>(FIND, [hash, now]))?.account_id;
  }

  /** The check and the mark in one statement: of concurrent uses one succeeds. */
  use(writes: WriteSet, hash: string, now: Instant): void {
    writes.expectOne(USE, [now, hash, now]);
  }

  /** Ends every link of an account that was not used. */
  voidAll(writes: WriteSet, accountId: string, now: Instant): void {
    writes.add(VOID, [now, accountId]);
  }
}
