import pg from 'pg';
import type { SqlValue } from '../write-set.js';
import type { Prepared } from './prepared-statements.js';

/** One statement of a batch, its values in the form in which they are sent. */
export interface BatchStatement {
  readonly prepared: Prepared;
  readonly values: readonly (string | null)[];
}

/** @throws TypeError for a value that no column of ours holds, before anything is sent */
export function bind(prepared: Prepared, values: readonly SqlValue[]): BatchStatement {
  return { prepared, values: values.map(toText) };
}

/** What became of one statement. */
export interface StatementResult {
  readonly rows: Record<string, unknown>[];
  /** Rows that it concerned. */
  count: number;
}

/** The part of the driver's connection that a batch writes to and listens at (its typings tell less). */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(statement: Prepared): void;
  bind(portal: { statement: string; values: readonly (string | null)[] }): void;
  describe(portal: { type: 'P'; name: string }): void;
  execute(portal: { portal: string; rows: number }): void;
  sync(): void;
  on(event: 'parseComplete', listener: () => void): void;
  off(event: 'parseComplete', listener: () => void): void;
}

/** How a column of an answer becomes a value. */
interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** The columns of the statements that a connection has parsed; `undefined` before the first answer. */
type Parsed = Map<string, readonly Column[] | undefined>;

const PARSED = new WeakMap<object, Parsed>();
const INT8 = 20;

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/**
 * Statements that go to the engine in one packet with one Sync at its end, and so are one transaction without BEGIN and COMMIT:
 * when one fails, the engine skips the rest and keeps nothing (PostgreSQL, "Extended Query", "Pipelining"). A query object of
 * the driver; hand it to `client.query` and wait for {@link done}.
 */
export class StatementBatch implements pg.Submittable {
  /** Results in the order of the statements, when the engine has committed them. */
  readonly done: Promise<readonly StatementResult[]>;
  private readonly results: StatementResult[];
  private parsed: Parsed = new Map();
  private stopListening: () => void = () => undefined;
  private at = 0;
  private settle!: { resolve: (results: readonly StatementResult[]) => void; reject: (cause: Error) => void };

  constructor(private readonly statements: readonly BatchStatement[]) {
    this.results = statements.map(() => ({ rows: [], count: 0 }));
    this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    this.parsed = parsedBy(connection);
    const isNew = this.statements.filter(({ prepared }) => !this.parsed.has(prepared.name));
    const news = [...new Map(isNew.map(({ prepared }) => [prepared.name, prepared] as const)).values()];
    wire.stream.cork();
    try {
      for (const prepared of news) wire.parse(prepared);
      for (const { prepared, values } of this.statements) {
        wire.bind({ statement: prepared.name, values });
        if (!this.parsed.get(prepared.name)) wire.describe({ type: 'P', name: '' });
        wire.execute({ portal: '', rows: 0 });
      }
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    if (news.length > 0) this.listen(wire, news);
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.parsed.set(this.current.prepared.name, fields.map(toColumn));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const columns = this.parsed.get(this.current.prepared.name) ?? [];
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as Column;
      const text = fields[index] as string | null;
      row[column.name] = text === null ? null : column.parse(text);
    }
    this.results[this.at]?.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const result = this.results[this.at];
    // "INSERT 0 1", "UPDATE 1", "SELECT 1"
    if (result) result.count = Number(text.slice(text.lastIndexOf(' ') + 1));
    const { name } = this.current.prepared;
    // No description came: it has no columns.
    if (!this.parsed.get(name)) this.parsed.set(name, []);
    this.at += 1;
  }

  /** The engine's own refusal, or the end of the connection. */
  handleError(cause: Error): void {
    this.stopListening();
    this.settle.reject(cause);
  }

  /** The transaction is committed, or undone: then it was rejected before. */
  handleReadyForQuery(): void {
    this.stopListening();
    this.settle.resolve(this.results);
  }

  /** The protocol has these, no statement of ours leads to them. */
  handlePortalSuspended(): void {
    this.handleError(new Error('a statement was suspended'));
  }

  handleEmptyQuery(): void {
    this.handleError(new Error('an empty statement'));
  }

  /** A name stays with the connection even when the batch fails later: only what the engine confirms counts. */
  private listen(wire: Wire, news: readonly Prepared[]): void {
    let confirmed = 0;
    const confirm = (): void => {
      const prepared = news[confirmed];
      confirmed += 1;
      if (prepared) this.parsed.set(prepared.name, undefined);
    };
    wire.on('parseComplete', confirm);
    this.stopListening = () => wire.off('parseComplete', confirm);
  }

  private get current(): BatchStatement {
    return this.statements[this.at] as BatchStatement;
  }
}

function parsedBy(connection: object): Parsed {
  let parsed = PARSED.get(connection);
  if (!parsed) PARSED.set(connection, (parsed = new Map<string, readonly Column[] | undefined>()));
  return parsed;
}

function toText(value: SqlValue): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' || value === null) return value;
  throw new TypeError('neither text nor a number');
}

function toColumn({ name, dataTypeID }: RowDescription['fields'][number]): Column {
  // Instants and counts are far below 2^53: numbers, not the text that bigint would be.
  return { name, parse: dataTypeID === INT8 ? Number : textParser(dataTypeID) };
}

function textParser(dataTypeID: number): Column['parse'] {
  return pg.types.getTypeParser(dataTypeID, 'text') as Column['parse'];
}
