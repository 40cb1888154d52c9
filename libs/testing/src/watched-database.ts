import type { SqlValue, Statement, WriteSet } from '@valetkey/persistence';
import { Database } from '@valetkey/persistence';

/** A database behind which a test sees what is read. */
export class WatchedDatabase extends Database {
  readonly engine: Database['engine'];
  /** SQL of all reads, oldest first. */
  readonly reads: string[] = [];
  /** The next read fails with it, once. */
  failure: Error | undefined;

  constructor(private readonly database: Database) {
    super();
    this.engine = database.engine;
  }

  async get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined> {
    this.note(statement);
    return this.database.get<R>(statement, values);
  }

  async all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]> {
    this.note(statement);
    return this.database.all<R>(statement, values);
  }

  commit(writes: WriteSet): Promise<readonly number[]> {
    return this.database.commit(writes);
  }

  ping(): Promise<void> {
    return this.database.ping();
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private note({ sql }: Statement): void {
    this.reads.push(sql);
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }
}
