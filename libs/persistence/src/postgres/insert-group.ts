import type { Step, WriteSet } from '../write-set.js';
import { asStoreFailure, concernsAll } from './engine-failure.js';

interface Pending {
  readonly writes: WriteSet;
  readonly done: (rows: readonly number[]) => void;
  readonly failed: (cause: unknown) => void;
}

/** What a group needs of the database. */
export interface GroupSender {
  /** Commits all of these inserts in one transaction, or none. */
  together(steps: readonly Step[]): Promise<void>;
  alone(writes: WriteSet): Promise<readonly number[]>;
}

/** Larger transactions gain nothing more. */
const LARGEST_GROUP = 64;

/**
 * Lone inserts that arrive during one turn of the event loop share a transaction, as they do on SQLite: one flush of the log
 * for all of them. Only inserts: they wait for nobody's lock, so no group can stand in another's way. When the engine refuses
 * one of a group, each is sent alone, so that it harms no other; a time-out or a lost connection ends them all at once.
 */
export class InsertGroup {
  private pending: Pending[] = [];

  constructor(private readonly sender: GroupSender) {}

  commit(writes: WriteSet): Promise<readonly number[]> {
    return new Promise((done, failed) => {
      if (this.pending.push({ writes, done, failed }) === 1) setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    const all = this.pending;
    this.pending = [];
    for (let start = 0; start < all.length; start += LARGEST_GROUP) {
      void this.sendGroup(all.slice(start, start + LARGEST_GROUP));
    }
  }

  private async sendGroup(group: readonly Pending[]): Promise<void> {
    if (group.length > 1 && (await this.sendTogether(group))) return;
    for (const member of group) this.sender.alone(member.writes).then(member.done, member.failed);
  }

  /** @returns whether every member has its answer */
  private async sendTogether(group: readonly Pending[]): Promise<boolean> {
    try {
      await this.sender.together(group.flatMap((member) => member.writes.steps));
    } catch (cause) {
      // Refused by the engine, so nothing of it was written. Without an answer it may be: sent again, an honest single use
      // would meet itself. After a time-out each would wait as long once more.
      if (!concernsAll(cause)) return false;
      for (const member of group) member.failed(asStoreFailure(cause));
      return true;
    }
    for (const member of group) member.done([1]);
    return true;
  }
}
