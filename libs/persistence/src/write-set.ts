/** A value that both engines store: portable columns are text, integer, bigint and boolean (as 0 or 1 towards SQLite). */
export type SqlValue = string | number | null;

/**
 * A prepared statement with `?` placeholders, the same text on both engines. Make it once, at module level: engines keep
 * what they prepare by this object.
 */
export interface Statement {
  readonly sql: string;
}

export function statement(sql: string): Statement {
  return Object.freeze({ sql: sql.replace(/\s+/g, ' ').trim() });
}

/** Text with a NUL character, which PostgreSQL cannot hold: it is never written on either engine, and so never found. */
export function hasNul(values: readonly SqlValue[]): boolean {
  return values.some((value) => typeof value === 'string' && value.includes('\0'));
}

/** One step of a write-set: what runs, and how many rows it must concern (`undefined`: any number). */
export interface Step {
  readonly kind: 'write' | 'guard';
  readonly statement: Statement;
  readonly values: readonly SqlValue[];
  readonly rows: number | undefined;
}

/**
 * A unit of work: an ordered list of conditional writes, and of guards for what the decision relied on. The committer makes
 * it durable as a whole or not at all. A step whose number of rows differs, or that meets a unique value already there,
 * undoes the whole set with {@link ConditionFailed}: decide again on fresh reads.
 */
export class WriteSet {
  readonly steps: Step[] = [];

  /** A write that may concern any number of rows. */
  add(statement: Statement, values: readonly SqlValue[]): this {
    return this.push({ kind: 'write', statement, values, rows: undefined });
  }

  /** A write that must concern exactly one row: the check and the mark of every single use in one statement. */
  expectOne(statement: Statement, values: readonly SqlValue[]): this {
    return this.push({ kind: 'write', statement, values, rows: 1 });
  }

  /** A select that must find exactly one row. On PostgreSQL its rows stay share-locked until the set is committed. */
  guard(statement: Statement, values: readonly SqlValue[]): this {
    return this.push({ kind: 'guard', statement, values, rows: 1 });
  }

  get isEmpty(): boolean {
    return this.steps.length === 0;
  }

  private push(step: Step): this {
    if (hasNul(step.values)) throw new TypeError('a text with a NUL character cannot be stored');
    this.steps.push(step);
    return this;
  }
}

/** What a decision relied on is no longer so; nothing of the set was written. */
export class ConditionFailed extends Error {
  constructor(readonly statement?: Statement) {
    super('a condition of the write-set does not hold any more');
    this.name = 'ConditionFailed';
  }
}

/** The store cannot answer now (stopped, disk full, connection lost, time-out); nothing is known to be written. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database is not available', { cause });
    this.name = 'StoreUnavailable';
  }
}
