import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

/** As long as the owner has room for it; also in the place of one that is over, which the job did not come to yet. */
const CLAIM = statement(
  `INSERT INTO kept_answer (owner, key_hash, request, begun_at, answer, expires_at)
   SELECT ?, ?, ?, ?, NULL, ? WHERE (SELECT count(*) FROM kept_answer WHERE owner = ?) < CAST(? AS bigint)
   ON CONFLICT (owner, key_hash) DO UPDATE SET request = excluded.request, begun_at = excluded.begun_at, answer = NULL,
     expires_at = excluded.expires_at WHERE kept_answer.expires_at <= excluded.begun_at`,
);
const FIND = statement(
  'SELECT request, begun_at, answer FROM kept_answer WHERE owner = ? AND key_hash = ? AND expires_at > ?',
);
const COUNT = statement('SELECT count(*) AS many FROM kept_answer WHERE owner = ?');
const MINE = 'owner = ? AND key_hash = ? AND begun_at = ? AND answer IS NULL';
const KEEP = statement(`UPDATE kept_answer SET answer = ? WHERE ${MINE}`);
const DOUBT = statement(`UPDATE kept_answer SET begun_at = 0 WHERE ${MINE}`);
const RELEASE = statement(`DELETE FROM kept_answer WHERE ${MINE}`);
const EXPIRE = statement(
  `DELETE FROM kept_answer WHERE (owner, key_hash) IN
   (SELECT owner, key_hash FROM kept_answer WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
);

/** Names a change that may be sent again: keys are the owner's own. */
export interface ChangeKey {
  readonly owner: string;
  /** Of the key that was sent. */
  readonly keyHash: string;
}

/** A change that somebody makes now. */
export interface Claim extends ChangeKey {
  readonly begunAt: Instant;
}

export interface FoundChange {
  /** Digest of all that makes the request what it is. */
  readonly request: string;
  /** 0: it is not known what came of it. */
  readonly begunAt: Instant;
  /** `null` as long as there is none. */
  readonly answer: string | null;
}

/** What was answered to changes with a key. */
@Injectable()
export class KeptAnswerStore {
  constructor(private readonly database: Database) {}

  /**
   * @param most - so many are kept of one owner
   * @returns whether the change is the caller's to make: of several at once, on any node, it is so for one
   */
  async claim(
    { owner, keyHash, begunAt }: Claim,
    request: string,
    { expiresAt, most }: { readonly expiresAt: Instant; readonly most: number },
  ): Promise<boolean> {
    const values = [owner, keyHash, request, begunAt, expiresAt, owner, most];
    const [rows = 0] = await this.database.commit(new WriteSet().add(CLAIM, values));
    return rows > 0;
  }

  async find({ owner, keyHash }: ChangeKey, now: Instant): Promise<FoundChange | undefined> {
    const row = await this.database.get<{ request: string; begun_at: number; answer: string | null }>(FIND, [
      owner,
      keyHash,
      now,
    ]);
    return row && { request: row.request, begunAt: row.begun_at, answer: row.answer };
  }

  /** How many changes of the owner are kept. */
  async count(owner: string): Promise<number> {
    const row = await this.database.get<{ many: number }>(COUNT, [owner]);
    return Number(row?.many ?? 0);
  }

  async keep(claim: Claim, answer: string): Promise<void> {
    await this.database.commit(new WriteSet().add(KEEP, [answer, ...valuesOf(claim)]));
  }

  /** Nothing was changed: the key is free again. */
  async release(claim: Claim): Promise<void> {
    await this.database.commit(new WriteSet().add(RELEASE, valuesOf(claim)));
  }

  /** It is not known whether something was changed. */
  async doubt(claim: Claim): Promise<void> {
    await this.database.commit(new WriteSet().add(DOUBT, valuesOf(claim)));
  }

  /** For the job. @returns how many were removed */
  async expire(before: Instant, batch: number): Promise<number> {
    const [removed = 0] = await this.database.commit(new WriteSet().add(EXPIRE, [before, batch]));
    return removed;
  }
}

function valuesOf({ owner, keyHash, begunAt }: Claim): [string, string, number] {
  return [owner, keyHash, begunAt];
}
