import type { Duration } from '@valetkey/kernel';
import { concernsAll } from './engine-failure.js';
import type { BatchStatement, StatementResult } from './statement-batch.js';

interface Pending {
  readonly statement: BatchStatement;
  readonly since: number;
  readonly done: (result: StatementResult) => void;
  readonly failed: (cause: unknown) => void;
}

/** Batches on their way at the same moment: more than one, so that a slow read does not keep all others waiting. */
export const MOST_UNDER_WAY = 2;
const LARGEST_BATCH = 64;

/**
 * Reads that arrive during one turn of the event loop, or while earlier ones are under way, go to the engine in one packet: a
 * packet costs both sides much more than a look-up by key. Each read sees what was committed when the engine came to it.
 */
export class ReadBatches {
  private pending: Pending[] = [];
  private underWay = 0;
  private isScheduled = false;

  /**
   * @param send - sends the statements in one packet
   * @param patience - reads that have waited so long when one finds the engine silent or stuck fail with it
   */
  constructor(
    private readonly send: (statements: readonly BatchStatement[]) => Promise<readonly StatementResult[]>,
    private readonly patience: Duration,
  ) {}

  read(statement: BatchStatement): Promise<StatementResult> {
    return new Promise((done, failed) => {
      this.pending.push({ statement, since: performance.now(), done, failed });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled || this.underWay >= MOST_UNDER_WAY) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      while (this.pending.length > 0 && this.underWay < MOST_UNDER_WAY) void this.sendNext();
    });
  }

  private async sendNext(): Promise<void> {
    const batch = this.pending.splice(0, LARGEST_BATCH);
    this.underWay += 1;
    try {
      if (batch.length > 1 && (await this.sendTogether(batch))) return;
      // One that the engine refuses fails the packet: alone, it harms no other.
      await Promise.all(batch.map((member) => this.sendAlone(member)));
    } finally {
      this.underWay -= 1;
      if (this.pending.length > 0) this.schedule();
    }
  }

  /** @returns whether every member has its answer */
  private async sendTogether(batch: readonly Pending[]): Promise<boolean> {
    try {
      const results = await this.send(batch.map(({ statement }) => statement));
      batch.forEach((member, index) => member.done(results[index] as StatementResult));
      return true;
    } catch (cause) {
      if (!concernsAll(cause)) return false;
      this.giveUp(batch, cause);
      return true;
    }
  }

  /** Those that have waited too long in the queue meanwhile go as well, or an engine that is stuck would make it grow without end. */
  private giveUp(batch: readonly Pending[], cause: unknown): void {
    const latest = performance.now() - this.patience;
    const isLate = (member: Pending) => member.since <= latest;
    const late = this.pending.filter(isLate);
    if (late.length > 0) this.pending = this.pending.filter((member) => !isLate(member));
    for (const member of [...batch, ...late]) member.failed(cause);
  }

  private async sendAlone({ statement, done, failed }: Pending): Promise<void> {
    try {
      done((await this.send([statement]))[0] as StatementResult);
    } catch (cause) {
      failed(cause);
      if (concernsAll(cause)) this.giveUp([], cause);
    }
  }
}
