import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

import type { Server } from './server.js';

type Row = Readonly<Record<string, unknown>>;

/** Runs one statement on the database of a server. On SQLite the server must be stopped for one that writes. */
export async function query(server: Server, sql: string): Promise<Row[]> {
  const sqlite = join(server.directory, 'data', 'valetkey.sqlite');
  return existsSync(sqlite) ? querySqlite(sqlite, sql) : queryPostgres(await databaseUrl(server), sql);
}

/**
 * Changes what is stored: on PostgreSQL beside the server, which runs on, on SQLite while it does not run. Wait afterwards
 * for what the change leads to: a server that runs on may remember what was, for a moment.
 */
export async function changeStored(server: Server, ...statements: readonly string[]): Promise<void> {
  const isSqlite = !existsSync(join(server.directory, 'database-url'));
  // All of it at once, or a job of a server that runs on would come by in between.
  if (!isSqlite) return void (await query(server, statements.join(';\n')));
  await server.stop();
  for (const statement of statements) await query(server, statement);
  await server.restart();
}

/** Address of the PostgreSQL database that the harness made for this server. */
export const databaseUrl = async ({ directory }: Server): Promise<string> =>
  (await readFile(join(directory, 'database-url'), 'utf8')).trim();

function querySqlite(path: string, sql: string): Row[] {
  const database = new Sqlite(path);
  try {
    const prepared = database.prepare(sql);
    if (prepared.reader) return prepared.all() as Row[];
    prepared.run();
    return [];
  } finally {
    database.close();
  }
}

async function queryPostgres(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const TABLES = {
  sqlite: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  postgres: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
};

/** Names of all tables. */
export async function tablesOf(server: Server): Promise<string[]> {
  const isSqlite = existsSync(join(server.directory, 'data', 'valetkey.sqlite'));
  return (await query(server, TABLES[isSqlite ? 'sqlite' : 'postgres'])).map(({ name }) => String(name)).sort();
}

/** Every row of every table as text: what a dump would show. */
export async function databaseDump(server: Server): Promise<string> {
  const rows = [];
  for (const table of await tablesOf(server)) rows.push([table, await query(server, `SELECT * FROM ${table}`)]);
  return JSON.stringify(rows);
}

/** How many rows each table has. */
export async function rowCounts(server: Server): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tablesOf(server))
    counts[table] = Number((await query(server, `SELECT count(*) AS rows FROM ${table}`))[0]?.rows);
  return counts;
}
