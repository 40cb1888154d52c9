import type { Duration } from '@valetkey/kernel';
import pg from 'pg';
import { Database } from '../database.js';
import type { SqlValue, Statement, Step, WriteSet } from '../write-set.js';
import { ConditionFailed, hasNul } from '../write-set.js';
import { DURABLE_CONNECTIONS } from './durable-connections.js';
import { asStoreFailure, engineCodeOf } from './engine-failure.js';
import { InsertGroup } from './insert-group.js';
import { isPlainInsert, PreparedStatements } from './prepared-statements.js';
import { MOST_UNDER_WAY, ReadBatches } from './read-batches.js';
import { endSilentConnections } from './silent-connections.js';
import type { BatchStatement, StatementResult } from './statement-batch.js';
import { bind, StatementBatch } from './statement-batch.js';

/** A unique value that is there already, and our own check inside a conditional statement (see `conditional`). */
const CONDITIONS = new Set(['23505', '22012']);
/** What the engine undoes so that another set can go on. The same set is sent again: its conditions are checked anew. */
const CONFLICTS = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;
/** Longest wait for a connection and for a lock, where a query may take longer. */
const LONGEST_WAIT = 5_000;
/** The engine ends a statement before we give its connection up: so it is known what became of it, and nothing goes on alone. */
const ENGINE_SHARE = 0.9;
const LOCK_SHARE = 0.6;

/**
 * PostgreSQL. Each write-set is one short transaction in one packet: a condition that fails raises an error inside the engine,
 * which then keeps nothing of the set. Reads of one turn of the event loop share a packet, too.
 */
export class PostgresDatabase extends Database {
  readonly engine = 'postgres';
  private readonly writers: pg.Pool;
  /** Apart, so that writers that wait for each other's locks never keep a read waiting. */
  private readonly readers: pg.Pool;
  private underWay = 0;
  private whenIdle: (() => void) | undefined;
  private readonly inserts = new InsertGroup({
    together: async (steps) => void (await this.send(steps)),
    alone: (writes) => this.commitAlone(writes),
  });
  private readonly readBatches: ReadBatches;
  private readonly prepared = new PreparedStatements();

  /**
   * @param connections - all of them, three or more
   * @param queryTimeout - the longest a query may go without an answer, by the engine's clock and by ours
   */
  constructor(url: string, connections: number, queryTimeout: Duration) {
    super();
    this.readers = connect(url, MOST_UNDER_WAY, queryTimeout);
    this.writers = connect(url, Math.max(1, connections - MOST_UNDER_WAY), queryTimeout);
    this.readBatches = new ReadBatches((statements) => run(this.readers, statements), queryTimeout);
  }

  async get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined> {
    return (await this.all<R>(statement, values))[0];
  }

  async all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]> {
    if (hasNul(values)) return [];
    const bound = bind(this.prepared.ofRead(statement), values);
    try {
      return (await this.readBatches.read(bound)).rows as R[];
    } catch (cause) {
      throw asStoreFailure(cause);
    }
  }

  async commit(writes: WriteSet): Promise<readonly number[]> {
    if (writes.isEmpty) return [];
    this.underWay += 1;
    try {
      return await (isLoneInsert(writes) ? this.inserts.commit(writes) : this.commitAlone(writes));
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.whenIdle?.();
    }
  }

  private async commitAlone(writes: WriteSet): Promise<readonly number[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.send(writes.steps);
      } catch (cause) {
        const code = engineCodeOf(cause);
        if (CONDITIONS.has(code)) throw new ConditionFailed();
        // The engine undid the set for the sake of another: it is sent again, and its conditions are checked anew.
        if (!CONFLICTS.has(code) || attempt === MOST_ATTEMPTS) throw asStoreFailure(cause);
      }
    }
  }

  async ping(): Promise<void> {
    await this.all({ sql: 'SELECT 1 AS one' }, []);
  }

  async close(): Promise<void> {
    // A pool that ends gives no connection to those who wait for one.
    if (this.underWay > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await Promise.all([this.readers.end(), this.writers.end()]);
  }

  private async send(steps: readonly Step[]): Promise<number[]> {
    const statements = steps.map((step) => bind(this.prepared.ofStep(step), step.values));
    const results = await run(this.writers, statements);
    return steps.map((step, index) => step.rows ?? results[index]?.count ?? 0);
  }
}

function connect(url: string, connections: number, queryTimeout: Duration): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: Math.min(LONGEST_WAIT, queryTimeout),
    statement_timeout: Math.ceil(queryTimeout * ENGINE_SHARE),
    lock_timeout: Math.min(LONGEST_WAIT, Math.ceil(queryTimeout * LOCK_SHARE)),
    idle_in_transaction_session_timeout: 10_000,
    ...DURABLE_CONNECTIONS,
  });
  // A connection lost while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The same for one lost in the middle of its work: its query fails, which is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  endSilentConnections(pool, queryTimeout);
  return pool;
}

/** One transaction on a connection of its own; one on which anything unexpected happened is not used again. */
async function run(pool: pg.Pool, statements: readonly BatchStatement[]): Promise<readonly StatementResult[]> {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    return await client.query(new StatementBatch(statements)).done;
  } catch (cause) {
    const expected = CONDITIONS.has(engineCodeOf(cause)) || CONFLICTS.has(engineCodeOf(cause));
    if (!expected) lost = cause instanceof Error ? cause : new Error(String(cause));
    throw cause;
  } finally {
    client.release(lost);
  }
}

function isLoneInsert({ steps }: WriteSet): boolean {
  const [first] = steps;
  return steps.length === 1 && first?.kind === 'write' && first.rows === 1 && isPlainInsert(first.statement.sql);
}
