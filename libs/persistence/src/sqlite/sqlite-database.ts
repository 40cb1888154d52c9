import Sqlite from 'better-sqlite3';
import { Database } from '../database.js';
import type { SqlValue, Statement, Step, WriteSet } from '../write-set.js';
import { ConditionFailed, hasNul, StoreUnavailable } from '../write-set.js';
import { engineCodeOf, isEngineFailure } from './engine-failure.js';
import type { ExclusiveTurn } from './exclusive-turn.js';
import { WriteAheadLog } from './write-ahead-log.js';

interface Pending {
  readonly writes: WriteSet;
  readonly done: (rows: readonly number[]) => void;
  readonly failed: (cause: unknown) => void;
}

type Outcome = readonly number[] | Error;

/** More sets in one transaction gain nothing and keep the event loop from other work. */
const LARGEST_GROUP = 128;

/**
 * Turns of the event loop that a group waits for company: microseconds when nothing else is to be done, and under load each
 * turn brings the writes of the requests it served. A commit and its sync cost nearly the same for one set as for thirty.
 */
const GATHERING_TURNS = 3;

/**
 * SQLite, embedded. Write-sets that arrive while the last ones are made durable share the next transaction, so that one sync of
 * the log serves all of them before any is answered; one that fails harms no other. Reads use a connection of their own and in
 * WAL mode never wait for writers.
 */
export class SqliteDatabase extends Database {
  readonly engine = 'sqlite';
  private readonly reader: Sqlite.Database;
  private readonly control: ReturnType<typeof prepareControl>;
  private readonly readStatements = new Map<Statement, ReadStatement>();
  private readonly writeStatements = new Map<Statement, Sqlite.Statement>();
  private pending: Pending[] = [];
  private flushing: Promise<void> | undefined;
  private isContended = false;
  private readonly log: Pick<WriteAheadLog, 'sync' | 'assertSound' | 'close'>;

  /**
   * @param writer - the one connection that writes, shared with TypeORM
   * @param turn - the turns on it
   * @param log - for tests of what happens while the disk is slow or fails
   */
  constructor(
    path: string,
    private readonly writer: Sqlite.Database,
    private readonly turn: ExclusiveTurn,
    log: Pick<WriteAheadLog, 'sync' | 'assertSound' | 'close'> = new WriteAheadLog(path),
  ) {
    super();
    this.log = log;
    this.control = prepareControl(writer);
    this.reader = new Sqlite(path, { readonly: true, fileMustExist: true });
    this.reader.pragma('cache_size = -8192');
  }

  async get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined> {
    if (hasNul(values)) return undefined;
    try {
      const { prepared, names } = this.reading(statement);
      const row = prepared.get(...values) as unknown[] | undefined;
      return row && (toObject(names, row) as R);
    } catch (cause) {
      throw asReadFailure(cause);
    }
  }

  async all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]> {
    if (hasNul(values)) return [];
    try {
      const { prepared, names } = this.reading(statement);
      return (prepared.all(...values) as unknown[][]).map((row) => toObject(names, row) as R);
    } catch (cause) {
      throw asReadFailure(cause);
    }
  }

  commit(writes: WriteSet): Promise<readonly number[]> {
    if (writes.isEmpty) return Promise.resolve([]);
    return new Promise((done, failed) => {
      this.pending.push({ writes, done, failed });
      this.flushing ??= this.flushSoon();
    });
  }

  async ping(): Promise<void> {
    this.log.assertSound();
    try {
      this.reader.prepare('SELECT 1').get();
    } catch (cause) {
      throw new StoreUnavailable(cause);
    }
  }

  async close(): Promise<void> {
    while (this.flushing) await this.flushing;
    this.reader.close();
    this.log.close();
  }

  private async flushSoon(): Promise<void> {
    while (this.pending.length > 0) {
      // Sets that fought over a row come again at once, and the more of them meet in one group, the more fail again.
      if (!this.isContended) await gathering();
      const group = this.pending.splice(0, LARGEST_GROUP);
      await this.settle(group).catch((cause: unknown) => {
        for (const member of group) member.failed(new StoreUnavailable(cause));
      });
    }
    this.flushing = undefined;
  }

  /** Nobody is answered before the whole group is durable, one whose condition failed because of another neither. */
  private async settle(group: readonly Pending[]): Promise<void> {
    this.log.assertSound();
    const outcomes = await this.inTurn(() => this.commitGroup(group));
    this.isContended = outcomes.some((outcome) => outcome instanceof Error);
    await this.makeDurable();
    group.forEach((member, index) => {
      const outcome = outcomes[index] as Outcome;
      if (outcome instanceof Error) member.failed(outcome);
      else member.done(outcome);
    });
  }

  /** After a failed sync nobody writes here any more: what follows a hole in the log is lost with it. */
  private async makeDurable(): Promise<void> {
    try {
      await this.log.sync();
    } catch (cause) {
      this.turn.close(cause);
      throw cause;
    }
  }

  private async inTurn<T>(work: () => T): Promise<T> {
    // `work` is synchronous, so with a free turn nobody can come between.
    if (this.turn.isFree) return work();
    const giveBack = await this.turn.take();
    try {
      return work();
    } finally {
      giveBack();
    }
  }

  private commitGroup(group: readonly Pending[]): Outcome[] {
    // The engine leaves the sync of the log to us, for this one commit.
    this.writer.pragma('synchronous = NORMAL');
    try {
      return this.applyGroup(group);
    } finally {
      this.writer.pragma('synchronous = FULL');
    }
  }

  /**
   * Conditions seldom fail, so a group is first tried as a whole; only when a set of it fails is it done again with a savepoint
   * around each, at twice the cost.
   */
  private applyGroup(group: readonly Pending[]): Outcome[] {
    try {
      return this.inTransaction(() => group.map(({ writes }) => writes.steps.map((step) => this.run(step))));
    } catch (cause) {
      if (isEngineFailure(cause)) throw cause;
      return this.inTransaction(() => group.map(({ writes }) => this.apply(writes)));
    }
  }

  private inTransaction(work: () => Outcome[]): Outcome[] {
    this.control.begin.run();
    try {
      const outcomes = work();
      this.control.commit.run();
      return outcomes;
    } catch (cause) {
      if (this.writer.inTransaction) this.writer.exec('ROLLBACK');
      throw cause;
    }
  }

  /** Applies one set inside the group's transaction; a failed one leaves nothing behind and harms no other. */
  private apply(writes: WriteSet): Outcome {
    this.control.savepoint.run();
    try {
      const rows = writes.steps.map((step) => this.run(step));
      this.control.release.run();
      return rows;
    } catch (cause) {
      // A full disk or a lost file concerns the whole group; anything else is this set's own, and its savepoint undoes it.
      if (!this.writer.inTransaction || isEngineFailure(cause)) throw cause;
      this.writer.exec('ROLLBACK TO unit; RELEASE unit');
      return asOutcome(cause);
    }
  }

  private run(step: Step): number {
    const prepared = this.writing(step.statement);
    const rows = step.kind === 'guard' ? prepared.all(...step.values).length : prepared.run(...step.values).changes;
    if (step.rows !== undefined && rows !== step.rows) throw new ConditionFailed(step.statement);
    return rows;
  }

  private writing(statement: Statement): Sqlite.Statement {
    let prepared = this.writeStatements.get(statement);
    if (!prepared) {
      prepared = this.writer.prepare(statement.sql);
      // Of a guard the rows are counted: no objects are made of them.
      this.writeStatements.set(statement, prepared.reader ? prepared.pluck() : prepared);
    }
    return prepared;
  }

  private reading(statement: Statement): ReadStatement {
    let reading = this.readStatements.get(statement);
    if (!reading) {
      const prepared = this.reader.prepare(statement.sql).raw();
      const names = prepared.columns().map((column) => column.name);
      this.readStatements.set(statement, (reading = { prepared, names }));
    }
    return reading;
  }
}

/** Rows come as arrays: making objects of them here takes half the time that the driver takes for it. */
interface ReadStatement {
  readonly prepared: Sqlite.Statement;
  readonly names: readonly string[];
}

async function gathering(): Promise<void> {
  for (let turn = 0; turn < GATHERING_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function toObject(names: readonly string[], row: readonly unknown[]): object {
  const object: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index += 1) object[names[index] as string] = row[index];
  return object;
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

/** What to throw for a read that failed: a mistake of the program stays what it is. */
function asReadFailure(cause: unknown): unknown {
  return isEngineFailure(cause) ? new StoreUnavailable(cause) : cause;
}

function asOutcome(cause: unknown): Error {
  if (/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(engineCodeOf(cause))) return new ConditionFailed();
  return cause instanceof Error ? cause : new Error(String(cause), { cause });
}
