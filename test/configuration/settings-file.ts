import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

import type { Server } from '../support/server.js';
import type { Settings } from '../support/world.js';

/** A temporary folder with a `valetkey.yaml`. */
export class SettingsFolder {
  private constructor(readonly path: string) {}

  static async make(settings: Settings | string): Promise<SettingsFolder> {
    const folder = new SettingsFolder(await mkdtemp(join(tmpdir(), 'valetkey-settings-')));
    await writeFile(folder.file, typeof settings === 'string' ? settings : JSON.stringify(settings));
    return folder;
  }

  get file(): string {
    return join(this.path, 'valetkey.yaml');
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** Changes the settings of a server in place, while it is stopped or before it is started again. */
export async function changeSettings(server: Server, change: (settings: Settings) => void): Promise<void> {
  const file = join(server.directory, 'valetkey.yaml');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Settings;
  change(settings);
  await writeFile(file, JSON.stringify(settings));
}

/** One entry of a list such as `clients`. */
export function entryOf(settings: Settings, list: string, member: string, value: string): Settings {
  const entry = (settings[list] as Settings[]).find((one) => one[member] === value);
  if (!entry) throw new Error(`No ${member} ${value} in ${list}`);
  return entry;
}

/** Takes an entry out of a list. */
export function removeEntry(settings: Settings, list: string, member: string, value: string): void {
  settings[list] = (settings[list] as Settings[]).filter((one) => one[member] !== value);
}

/** What the configuration is applied to. */
const TABLES = [
  'client',
  'client_secret',
  'resource_server',
  'account',
  'account_identity',
  'account_password',
  'trusted_issuer',
  'scope_wording',
  'authorization_record',
];

/** Every row of the tables that the configuration fills, in a fixed order. SQLite: while the server is stopped. */
export async function dump(server: Server): Promise<Record<string, string[]>> {
  const settings = JSON.parse(await readFile(join(server.directory, 'valetkey.yaml'), 'utf8')) as {
    database: { type: string };
  };
  const rows = await (settings.database.type === 'sqlite' ? sqliteRows(server) : postgresRows(server));
  return Object.fromEntries(rows.map(([table, list]) => [table, list.map((row) => JSON.stringify(row)).sort()]));
}

async function sqliteRows({ directory }: Server): Promise<[string, unknown[]][]> {
  const database = new Sqlite(join(directory, 'data', 'valetkey.sqlite'), { readonly: true });
  try {
    return TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]);
  } finally {
    database.close();
  }
}

async function postgresRows({ directory }: Server): Promise<[string, unknown[]][]> {
  const client = new pg.Client({ connectionString: await readFile(join(directory, 'database-url'), 'utf8') });
  await client.connect();
  try {
    const rows: [string, unknown[]][] = [];
    for (const table of TABLES) rows.push([table, (await client.query(`SELECT * FROM ${table}`)).rows as unknown[]]);
    return rows;
  } finally {
    await client.end();
  }
}
