import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import pg from 'pg';

import type { Engine, Server } from './server.js';

/** Every row of every table, as a dump of the database would show it. Stop the server first: SQLite has one process only. */
export async function storedRows(engine: Engine, { directory }: Server): Promise<Map<string, object[]>> {
  return engine === 'sqlite'
    ? ofSqlite(join(directory, 'data/valetkey.sqlite'))
    : ofPostgres(join(directory, 'database-url'));
}

function ofSqlite(file: string): Map<string, object[]> {
  const database = new Database(file, { readonly: true });
  try {
    const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    return new Map(names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all() as object[]]));
  } finally {
    database.close();
  }
}

async function ofPostgres(urlFile: string): Promise<Map<string, object[]>> {
  const client = new pg.Client({ connectionString: await readFile(urlFile, 'utf8') });
  await client.connect();
  try {
    const tables = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    );
    const rows = new Map<string, object[]>();
    for (const { tablename: name } of tables.rows)
      rows.set(name, (await client.query<object>(`SELECT * FROM "${name}"`)).rows);
    return rows;
  } finally {
    await client.end();
  }
}
