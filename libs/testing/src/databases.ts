import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDatabase } from '@valetkey/persistence';
import { openDatabase } from '@valetkey/persistence';
import { createDatabase } from '../../../test/support/postgres.js';

export type Engine = 'sqlite' | 'postgres';

/** A place for one database of a test: opened as often as the test likes, removed at the end. */
export interface DatabasePlace {
  readonly engine: Engine;
  /** Opens the database; more than once at the same time on PostgreSQL only. The caller closes what it opened. */
  open(entities?: readonly (new () => object)[]): Promise<OpenDatabase>;
  /** The SQLite file or the PostgreSQL address. */
  readonly location: string;
  remove(): Promise<void>;
}

/** Makes an empty place: a temporary folder, or a database on the PostgreSQL of the test run. */
export async function createPlace(engine: Engine): Promise<DatabasePlace> {
  return engine === 'sqlite' ? createFolder() : createOnServer();
}

async function createFolder(): Promise<DatabasePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'valetkey-database-'));
  const path = join(folder, 'data', 'valetkey.sqlite');
  return {
    engine: 'sqlite',
    location: path,
    open: (entities) => openDatabase({ type: 'sqlite', path }, entities),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createOnServer(): Promise<DatabasePlace> {
  const { url, drop } = await createDatabase();
  return {
    engine: 'postgres',
    location: url,
    open: (entities) => openDatabase({ type: 'postgres', url, pool: 8, queryTimeout: 10_000 }, entities),
    remove: drop,
  };
}

/** Declares the same tests for each engine. */
export function describeEngines(title: string, tests: (engine: Engine) => void): void {
  describe.each<Engine>(['sqlite', 'postgres'])(`${title} (%s)`, tests);
}

/**
 * Declares the same tests for each engine, on one empty, migrated database that lives as long as they run. Tests share it,
 * so each uses identifiers of its own.
 */
export function describeDatabases(title: string, tests: (open: () => OpenDatabase) => void): void {
  describeEngines(title, (engine) => {
    let place: DatabasePlace | undefined;
    let opened: OpenDatabase | undefined;
    beforeAll(async () => {
      place = await createPlace(engine);
      opened = await place.open();
    }, 30_000);
    afterAll(async () => {
      await opened?.close();
      await place?.remove();
    });
    tests(() => {
      if (!opened) throw new Error('The database is open inside tests only');
      return opened;
    });
  });
}
