import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const INSERT = statement('INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)');
const USE = statement('DELETE FROM recovery_code WHERE account_id = ? AND hash = ?');
const REMOVE_ALL = statement('DELETE FROM recovery_code WHERE account_id = ?');
const COUNT = statement('SELECT count(*) AS left_over FROM recovery_code WHERE account_id = ?');

/** Codes for the day when the authenticator app is lost, as digests. */
@Injectable()
export class RecoveryCodeStore {
  constructor(private readonly database: Database) {}

  async count(accountId: string): Promise<number> {
    return Number((await this.database.get<{ left_over: number | string }>(COUNT, [accountId]))?.left_over ?? 0);
  }

  /** In the place of all that there were. */
  replaceAll(writes: WriteSet, accountId: string, hashes: readonly string[]): void {
    this.removeAll(writes, accountId);
    for (const hash of hashes) writes.expectOne(INSERT, [accountId, hash]);
  }

  /** The code is gone with its use: of concurrent uses one succeeds. */
  use(writes: WriteSet, accountId: string, hash: string): void {
    writes.expectOne(USE, [accountId, hash]);
  }

  removeAll(writes: WriteSet, accountId: string): void {
    writes.add(REMOVE_ALL, [accountId]);
  }
}
