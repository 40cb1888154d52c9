import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs';
import { StoreUnavailable } from '../write-set.js';

/**
 * The write-ahead log of the open database, made durable without keeping the event loop. SQLite would wait for the disk inside
 * COMMIT; here the same sync runs on a thread of libuv's pool, and requests go on meanwhile.
 */
export class WriteAheadLog {
  private descriptor: number | undefined;
  private lost: unknown;

  /**
   * @param path - of the database file
   * @param flush - for tests of what is made durable
   */
  constructor(
    private readonly path: string,
    private readonly flush: Flush = fdatasync,
  ) {}

  /**
   * Resolves when everything committed so far has reached the disk. A failed sync is final: the kernel may have dropped what it
   * could not write, and a later sync would not tell (so every later one fails, too, until the program starts anew). So is a log
   * that somebody removed: SQLite goes on writing to what no later start finds.
   * @throws StoreUnavailable
   */
  async sync(): Promise<void> {
    if (this.lost !== undefined) throw new StoreUnavailable(this.lost);
    try {
      // It is there from the first write on, and stays as long as a connection is open.
      this.descriptor ??= openSync(`${this.path}-wal`, 'r');
      await this.flushed(this.descriptor);
      if (fstatSync(this.descriptor).nlink === 0)
        throw new Error('the write-ahead log was removed while it was in use');
    } catch (cause) {
      this.lost = cause;
      throw new StoreUnavailable(cause);
    }
  }

  /** @throws StoreUnavailable when a sync has failed before */
  assertSound(): void {
    if (this.lost !== undefined) throw new StoreUnavailable(this.lost);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private flushed(descriptor: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.flush(descriptor, (cause) => (cause ? reject(cause) : resolve()));
    });
  }
}

type Flush = (descriptor: number, done: (cause: Error | null) => void) => void;
