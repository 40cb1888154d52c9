import { StoreUnavailable } from '../write-set.js';

/** Asked for the writing connection for longer than this, the caller very likely waits for itself. */
const WAIT_LIMIT = 10_000;

/**
 * First-come-first-served turns on the one writing connection of SQLite, taken by ordinary TypeORM transactions and by the
 * committer. A flow that waits for a turn while it holds one would wait for ever; the time limit names that mistake.
 */
export class ExclusiveTurn {
  private held = false;
  private closedBy: unknown;
  private readonly waiting: (() => void)[] = [];

  /** True when nobody holds a turn or waits for one: a synchronous flow may then use the connection at once. */
  get isFree(): boolean {
    return !this.held && this.waiting.length === 0;
  }

  /** Gives no turn any more: nothing that is written from now on could be trusted to last. */
  close(cause: unknown): void {
    this.closedBy = cause;
  }

  /**
   * Waits for the turn. Call the result once to give it back.
   * @throws StoreUnavailable when turns have ended
   * @throws Error after ten seconds
   */
  async take(): Promise<() => void> {
    if (this.held) await this.wait();
    this.held = true;
    if (this.closedBy !== undefined) {
      this.pass();
      throw new StoreUnavailable(this.closedBy);
    }
    let returned = false;
    return () => {
      if (returned) return;
      returned = true;
      this.pass();
    };
  }

  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.held = false;
  }

  private wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(new Error('no turn on the SQLite connection: is a repository used outside its own transaction?'));
      }, WAIT_LIMIT);
      this.waiting.push(go);
    });
  }
}
