import type { OpenDatabase, Statement } from '@valetkey/persistence';

/** How a database is asked for its plans. */
export interface ScanSearch {
  readonly statements: Iterable<Statement>;
  /** Tables that stay small: reading all of one is fine. */
  readonly small: readonly string[];
}

/** Enough for PostgreSQL to prefer an index where there is one. */
const ROWS = 10_000;

/**
 * What reads the whole of a table that grows, or nearly: the engine's own plan of each statement shows a scan of the table,
 * or of an index from end to end. A partial index holds only what is looked for, and may be read as a whole. On PostgreSQL the
 * tables are filled first, so that the plans are those of a database with content.
 * @returns a line each, empty when there is none
 */
export async function fullScans(open: OpenDatabase, search: ScanSearch): Promise<string[]> {
  return open.database.engine === 'sqlite' ? onSqlite(open, search) : onPostgres(open, search);
}

const line = (what: string, { sql }: Statement): string => `${what}: ${sql}`;

/** What many rows have in common narrows nothing: one resource server may have all resources. */
const COARSE = /\((resource_server_id|client_id|state)=\?\)$/;

async function onSqlite({ dataSource }: OpenDatabase, { statements, small }: ScanSearch): Promise<string[]> {
  const schema = await dataSource.query<{ type: string; name: string; sql: string | null }[]>(
    'SELECT type, name, sql FROM sqlite_master',
  );
  const tables = schema.filter(({ type, name }) => type === 'table' && !small.includes(name)).map(({ name }) => name);
  const partial = schema
    .filter(({ type, sql }) => type === 'index' && sql?.includes(' WHERE '))
    .map(({ name }) => name);
  const found: string[] = [];
  for (const statement of statements) {
    const values = Array.from(statement.sql.matchAll(/\?/g), () => null);
    const plan = await dataSource.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${statement.sql}`, values);
    const details = plan.map(({ detail }) => detail);
    const made = details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(detail)?.[1] ?? []);
    const reads = (name: string) => !made.includes(name) && tables.includes(tableOf(name, statement));
    const scans = details.filter((detail) => isScan(detail, reads, partial));
    found.push(...scans.map((detail) => line(detail, statement)));
  }
  return found;
}

/** @param reads - whether a name of the plan is that of a table that grows */
function isScan(detail: string, reads: (name: string) => boolean, partial: readonly string[]): boolean {
  const step = /^(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail);
  if (!step || !reads(step[2] ?? '')) return false;
  if (step[1] === 'SCAN') return !partial.includes(step[3] ?? '');
  return (COARSE.test(detail) && !partial.includes(step[3] ?? '')) || detail.includes('AUTOMATIC');
}

/** The plan has the name that a statement gives the table. */
function tableOf(name: string, { sql }: Statement): string {
  return new RegExp(`(?:FROM|JOIN|UPDATE) (\\w+) (?:AS )?${name}\\b`).exec(sql)?.[1] ?? name;
}

/** A node of PostgreSQL's plan. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

async function onPostgres({ dataSource }: OpenDatabase, { statements, small }: ScanSearch): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  const query = <R>(sql: string) => runner.query(sql) as Promise<R[]>;
  try {
    await fill(query, small);
    // As with tables of millions, where a row by an index is much cheaper than all rows.
    await query('SET random_page_cost = 1; SET plan_cache_mode = force_custom_plan');
    const whole = await query<{ index: string }>(
      `SELECT class.relname AS index FROM pg_index JOIN pg_class class ON class.oid = indexrelid
         JOIN pg_class of ON of.oid = indrelid
       WHERE indpred IS NULL AND of.relname NOT IN (${small.map((name) => `'${name}'`).join()})`,
    );
    const indexes = whole.map(({ index }) => index);
    const isScan = (node: PlanNode): boolean =>
      node['Node Type'] === 'Seq Scan'
        ? !small.includes(node['Relation Name'] ?? '')
        : node['Index Cond'] === undefined && indexes.includes(node['Index Name'] ?? '');
    const found: string[] = [];
    for (const statement of statements) {
      const scans = nodesOf(await planOf(query, statement)).filter(isScan);
      for (const node of scans) {
        found.push(line(`${node['Node Type']} of ${node['Index Name'] ?? node['Relation Name']}`, statement));
      }
    }
    return found;
  } finally {
    // Its connection keeps these settings: the caller closes the database.
    await runner.release();
  }
}

type Query = <R>(sql: string) => Promise<R[]>;

/** Rows that are all different, but for what marks them as living. */
async function fill(query: Query, small: readonly string[]): Promise<void> {
  const columns = await query<{ table: string; name: string; type: string }>(
    `SELECT table_name AS table, column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public'`,
  );
  const value = ({ name, type }: { name: string; type: string }): string => {
    if (name === 'state') return `'active'`;
    if (type === 'boolean') return 'n % 1000 <> 0';
    return type === 'text' ? `'v' || n` : 'n';
  };
  for (const table of new Set(columns.map((column) => column.table))) {
    if (small.includes(table)) continue;
    const own = columns.filter((column) => column.table === table);
    const names = own.map(({ name }) => name).join();
    await query(
      `INSERT INTO ${table} (${names}) SELECT ${own.map(value).join()} FROM generate_series(1, ${ROWS}) AS n`,
    );
  }
  await query('ANALYZE');
}

const VALUES: Readonly<Record<string, string>> = { text: `'v20'`, boolean: 'false' };

async function planOf(query: Query, { sql }: Statement): Promise<PlanNode> {
  let position = 0;
  await query(`PREPARE probe AS ${sql.replace(/\?/g, () => `$${(position += 1)}`)}`);
  const [probe] = await query<{ types: string[] }>(
    `SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'probe'`,
  );
  // Of numbers, 20 is a limit, an instant with few rows before it, and one row's own value.
  const values = (probe?.types ?? []).map((type) => VALUES[type] ?? '20').join();
  const [row] = await query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) EXECUTE probe${values && `(${values})`}`,
  );
  await query('DEALLOCATE probe');
  if (!row) throw new Error(`no plan for ${sql}`);
  return row['QUERY PLAN'][0].Plan;
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
