import type { SqlValue, Statement, WriteSet } from './write-set.js';
import { ConditionFailed } from './write-set.js';

/**
 * The hot paths' access to the database: prepared reads and conditional, shared commits. Two engines implement it and pass
 * one contract suite (`database.contract.ts`). Nest injects it by this class.
 */
export abstract class Database {
  abstract readonly engine: 'sqlite' | 'postgres';

  /** The first row, or `undefined` when there is none. Sees every commit that was answered before the call. */
  abstract get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined>;

  /** All rows, in the statement's order; an empty list when there are none. */
  abstract all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]>;

  /**
   * Makes a write-set durable as a whole. Of concurrent sets that need the same row as it was, exactly one succeeds.
   * @returns the number of rows each step concerned, in order
   * @throws ConditionFailed - nothing was written, decide again
   * @throws StoreUnavailable - the engine cannot take it
   */
  abstract commit(writes: WriteSet): Promise<readonly number[]>;

  /**
   * Commits where a failed condition is an answer rather than a reason to decide again.
   * @returns whether the conditions held; when not, nothing was written
   * @throws StoreUnavailable - the engine cannot take it
   */
  async tryCommit(writes: WriteSet): Promise<boolean> {
    try {
      await this.commit(writes);
      return true;
    } catch (cause) {
      if (cause instanceof ConditionFailed) return false;
      throw cause;
    }
  }

  /** Resolves when the engine answers a trivial query. @throws StoreUnavailable */
  abstract ping(): Promise<void>;

  /** Waits for commits under way, then closes every connection of its own. */
  abstract close(): Promise<void>;
}
