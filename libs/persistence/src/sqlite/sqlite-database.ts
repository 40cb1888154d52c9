import Sqlite from 'better-sqlite3';
import { Database } from '../database.js';
import type { SqlValue, Statement, Step, WriteSet } from '../write-set.js';
import { ConditionFailed, hasNul, StoreUnavailable } from '../write-set.js';
import type { ExclusiveTurn } from './exclusive-turn.js';

interface Pending {
  readonly writes: WriteSet;
  readonly done: (rows: readonly number[]) => void;
  readonly failed: (cause: unknown) => void;
}

type Outcome = readonly number[] | Error;

/** More sets in one transaction gain nothing and keep the event loop from other work. */
const LARGEST_GROUP = 128;

/**
 * SQLite, embedded. Write-sets that arrive while the event loop turns share the next transaction, so that one fsync
 * (`synchronous=FULL`) makes all of them durable before any is answered; each that holds several writes has its own
 * savepoint. Reads use a connection of their own and in WAL mode never wait for writers.
 */
export class SqliteDatabase extends Database {
  readonly engine = 'sqlite';
  private readonly reader: Sqlite.Database;
  private readonly control: ReturnType<typeof prepareControl>;
  private readonly readStatements = new Map<Statement, Sqlite.Statement>();
  private readonly writeStatements = new Map<Statement, Sqlite.Statement>();
  private pending: Pending[] = [];
  private flushing: Promise<void> | undefined;

  /**
   * @param writer - the one connection that writes, shared with TypeORM
   * @param turn - the turns on it
   */
  constructor(
    path: string,
    private readonly writer: Sqlite.Database,
    private readonly turn: ExclusiveTurn,
  ) {
    super();
    this.control = prepareControl(writer);
    this.reader = new Sqlite(path, { readonly: true, fileMustExist: true });
    this.reader.pragma('cache_size = -16384');
  }

  async get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined> {
    if (hasNul(values)) return undefined;
    return this.prepared(this.readStatements, this.reader, statement).get(...values) as R | undefined;
  }

  async all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]> {
    if (hasNul(values)) return [];
    return this.prepared(this.readStatements, this.reader, statement).all(...values) as R[];
  }

  commit(writes: WriteSet): Promise<readonly number[]> {
    if (writes.isEmpty) return Promise.resolve([]);
    return new Promise((done, failed) => {
      this.pending.push({ writes, done, failed });
      this.flushing ??= this.flushSoon();
    });
  }

  async ping(): Promise<void> {
    try {
      this.reader.prepare('SELECT 1').get();
    } catch (cause) {
      throw new StoreUnavailable(cause);
    }
  }

  async close(): Promise<void> {
    while (this.flushing) await this.flushing;
    this.reader.close();
  }

  private async flushSoon(): Promise<void> {
    // One turn of the event loop: requests that are already here join the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.pending.length > 0) {
      const group = this.pending.splice(0, LARGEST_GROUP);
      await this.inTurn(() => this.commitGroup(group)).catch((cause: unknown) => {
        for (const member of group) member.failed(new StoreUnavailable(cause));
      });
    }
    this.flushing = undefined;
  }

  private async inTurn(work: () => void): Promise<void> {
    // `work` is synchronous, so with a free turn nobody can come between.
    if (this.turn.isFree) return work();
    const giveBack = await this.turn.take();
    try {
      work();
    } finally {
      giveBack();
    }
  }

  private commitGroup(group: readonly Pending[]): void {
    this.control.begin.run();
    const outcomes: Outcome[] = [];
    try {
      for (const { writes } of group) outcomes.push(this.apply(writes));
      this.control.commit.run();
    } catch (cause) {
      if (this.writer.inTransaction) this.writer.exec('ROLLBACK');
      if (cause instanceof TooManyRows) return this.commitEachAlone(group, cause);
      throw cause;
    }
    group.forEach((member, index) => {
      const outcome = outcomes[index] as Outcome;
      if (outcome instanceof Error) member.failed(outcome);
      else member.done(outcome);
    });
  }

  /** A lone statement concerned more rows than it may, and only the transaction can undo it: nobody shares it then. */
  private commitEachAlone(group: readonly Pending[], cause: TooManyRows): void {
    if (group.length === 1) group[0]?.failed(cause);
    else for (const member of group) this.commitGroup([member]);
  }

  /** Applies one set inside the group's transaction; a failed one leaves nothing behind and harms no other. */
  private apply(writes: WriteSet): Outcome {
    const single = writes.steps.length === 1;
    if (!single) this.control.savepoint.run();
    try {
      const rows = writes.steps.map((step) => this.run(step));
      if (!single) this.control.release.run();
      return rows;
    } catch (cause) {
      // A full disk or a lost file concerns the whole group; anything else is this set's own, and its savepoint undoes it.
      const needsRollback = single && cause instanceof TooManyRows;
      if (!this.writer.inTransaction || isEngineFailure(cause) || needsRollback) throw cause;
      if (!single) this.writer.exec('ROLLBACK TO unit; RELEASE unit');
      return asOutcome(cause);
    }
  }

  private run(step: Step): number {
    const prepared = this.prepared(this.writeStatements, this.writer, step.statement);
    const rows = step.kind === 'guard' ? prepared.all(...step.values).length : prepared.run(...step.values).changes;
    if (step.rows !== undefined && rows !== step.rows) {
      const changed = step.kind === 'write' && rows > 0;
      throw changed ? new TooManyRows(step.statement) : new ConditionFailed(step.statement);
    }
    return rows;
  }

  private prepared(
    cache: Map<Statement, Sqlite.Statement>,
    connection: Sqlite.Database,
    statement: Statement,
  ): Sqlite.Statement {
    let prepared = cache.get(statement);
    if (!prepared) cache.set(statement, (prepared = connection.prepare(statement.sql)));
    return prepared;
  }
}

/** The frame of every group, prepared once: parsing it each time would cost as much as a small write. */
function prepareControl(writer: Sqlite.Database) {
  return {
    begin: writer.prepare('BEGIN IMMEDIATE'),
    commit: writer.prepare('COMMIT'),
    savepoint: writer.prepare('SAVEPOINT unit'),
    release: writer.prepare('RELEASE unit'),
  };
}

/** A condition that failed after rows were changed already. */
class TooManyRows extends ConditionFailed {}

const ENGINE_FAILURES = /^SQLITE_(FULL|IOERR|CORRUPT|READONLY|NOTADB|CANTOPEN|NOMEM)/;

function isEngineFailure(cause: unknown): boolean {
  return ENGINE_FAILURES.test(codeOf(cause));
}

function asOutcome(cause: unknown): Error {
  if (/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(codeOf(cause))) return new ConditionFailed();
  return cause instanceof Error ? cause : new Error(String(cause), { cause });
}

/** The engine's code, whichever copy of the driver's error class this is; empty for other errors. */
function codeOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}
