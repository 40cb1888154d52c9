import pg from 'pg';
import { Database } from '../database.js';
import type { SqlValue, Statement, Step, WriteSet } from '../write-set.js';
import { ConditionFailed, hasNul, StoreUnavailable } from '../write-set.js';
import { InsertGroup } from './insert-group.js';

interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** The part of a pooled client's options that its typings do not know yet. */
interface PipelinedPoolConfig extends pg.PoolConfig {
  readonly pipeline: boolean;
}

/** A unique value that is there already, and our own check inside a conditional statement (see `conditional`). */
const CONDITIONS = new Set(['23505', '22012']);
/** What the engine undoes so that another set can go on. The same set is sent again: its conditions are checked anew. */
const CONFLICTS = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;

const INT8 = 20;

/**
 * PostgreSQL. Each write-set is one short transaction in one round trip: all its statements are sent at once, and a condition
 * that fails raises an error inside the engine, so that the commit at the end undoes the set.
 */
export class PostgresDatabase extends Database {
  readonly engine = 'postgres';
  private readonly pool: pg.Pool;
  private underWay = 0;
  private whenIdle: (() => void) | undefined;
  private readonly inserts = new InsertGroup({
    together: async (steps) => void (await this.withClient((client) => this.send(client, steps))),
    alone: (writes) => this.commitAlone(writes),
  });
  private readonly names = new Map<string, Prepared>();
  private readonly reads = new WeakMap<Statement, Prepared>();
  private readonly steps = new WeakMap<Statement, Map<string, Prepared>>();

  constructor(url: string, connections: number) {
    super();
    const options: PipelinedPoolConfig = {
      connectionString: url,
      max: connections,
      pipeline: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
      types: { getTypeParser: parserOf },
    };
    this.pool = new pg.Pool(options);
    // A connection lost while idle is replaced at the next use; without a listener it would end the process.
    this.pool.on('error', () => undefined);
    // The same for one lost in the middle of its work: its query fails, which is enough.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async get<R>(statement: Statement, values: readonly SqlValue[]): Promise<R | undefined> {
    return (await this.all<R>(statement, values))[0];
  }

  async all<R>(statement: Statement, values: readonly SqlValue[]): Promise<R[]> {
    if (hasNul(values)) return [];
    try {
      const result = await this.pool.query({ ...this.preparedRead(statement), values: values as SqlValue[] });
      return result.rows as R[];
    } catch (cause) {
      throw new StoreUnavailable(cause);
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
        return await this.withClient((client) => this.send(client, writes.steps));
      } catch (cause) {
        const code = codeOf(cause);
        if (CONDITIONS.has(code)) throw new ConditionFailed();
        // The engine undid the set for the sake of another: it is sent again, and its conditions are checked anew.
        if (!CONFLICTS.has(code) || attempt === MOST_ATTEMPTS) throw new StoreUnavailable(cause);
      }
    }
  }

  /** A connection for one transaction; one on which anything unexpected happened is not used again. */
  private async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let lost: Error | undefined;
    try {
      return await work(client);
    } catch (cause) {
      const expected = CONDITIONS.has(codeOf(cause)) || CONFLICTS.has(codeOf(cause));
      if (!expected) lost = cause instanceof Error ? cause : new Error(String(cause));
      throw cause;
    } finally {
      client.release(lost);
    }
  }

  async ping(): Promise<void> {
    await this.all({ sql: 'SELECT 1 AS one' }, []);
  }

  async close(): Promise<void> {
    // A pool that ends gives no connection to those who wait for one.
    if (this.underWay > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await this.pool.end();
  }

  private async send(client: pg.PoolClient, steps: readonly Step[]): Promise<number[]> {
    const [first] = steps;
    if (steps.length === 1 && first) return [await this.sendStep(client, first)];
    const { results, ends } = asOneWrite(client, () => {
      const begin = client.query('BEGIN');
      const results = steps.map((step) => this.sendStep(client, step));
      return { results, ends: [begin, client.query('COMMIT')] };
    });
    // Every promise is waited for, so that a late failure of a later statement is never an unhandled rejection.
    const settled = await Promise.allSettled([...results, ...ends]);
    const failure = settled.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
    return Promise.all(results);
  }

  private async sendStep(client: pg.PoolClient, step: Step): Promise<number> {
    const prepared = this.preparedStep(step);
    const result = await client.query({ ...prepared, values: step.values as SqlValue[] });
    return step.rows ?? result.rowCount ?? 0;
  }

  private preparedRead(statement: Statement): Prepared {
    let prepared = this.reads.get(statement);
    if (!prepared) this.reads.set(statement, (prepared = this.prepare(statement.sql)));
    return prepared;
  }

  private preparedStep(step: Step): Prepared {
    let variants = this.steps.get(step.statement);
    if (!variants) this.steps.set(step.statement, (variants = new Map<string, Prepared>()));
    const variant = `${step.kind}${step.rows ?? ''}`;
    let prepared = variants.get(variant);
    if (!prepared) variants.set(variant, (prepared = this.prepare(conditional(step))));
    return prepared;
  }

  /** Same text, same name: the engine keeps the plan for the life of the connection. */
  private prepare(sql: string): Prepared {
    let position = 0;
    const text = sql.replace(/\?/g, () => `$${(position += 1)}`);
    let prepared = this.names.get(text);
    if (!prepared) this.names.set(text, (prepared = { name: `v${this.names.size}`, text }));
    return prepared;
  }
}

/** Instants and counts are far below 2^53: numbers, not the text that bigint would be. */
function parserOf(oid: number, format?: unknown): (text: string) => unknown {
  return oid === INT8 ? Number : (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown);
}

/** A statement that fails inside the engine (division by zero) when it does not concern as many rows as it must. */
function conditional(step: Step): string {
  // An insert of values concerns one row or fails by itself.
  if (step.rows === undefined || isPlainInsert(step.statement.sql)) return step.statement.sql;
  const check = `SELECT 1 / (CASE WHEN count(*) = ${step.rows} THEN 1 ELSE 0 END) AS held FROM step`;
  return step.kind === 'guard'
    ? `WITH step AS (${step.statement.sql} FOR SHARE) ${check}`
    : `WITH step AS (${step.statement.sql} RETURNING 1) ${check}`;
}

function isLoneInsert({ steps }: WriteSet): boolean {
  const [first] = steps;
  return steps.length === 1 && first?.kind === 'write' && first.rows === 1 && isPlainInsert(first.statement.sql);
}

function codeOf(cause: unknown): string {
  return cause instanceof pg.DatabaseError ? (cause.code ?? '') : '';
}

function isPlainInsert(sql: string): boolean {
  return /^INSERT INTO \S+ \([^)]*\) VALUES \([^)]*\)$/.test(sql);
}

/** The part of a client that can hold back what is written, so that many statements leave in one packet. */
interface Corkable {
  readonly connection?: { readonly stream?: { cork(): void; uncork(): void } };
}

function asOneWrite<T>(client: pg.PoolClient, send: () => T): T {
  const stream = (client as unknown as Corkable).connection?.stream;
  stream?.cork();
  try {
    return send();
  } finally {
    stream?.uncork();
  }
}
