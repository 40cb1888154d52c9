import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type Sqlite from 'better-sqlite3';
import type { Duration } from '@valetkey/kernel';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations/index.js';
import { DURABILITY_SETTINGS, DURABLE_CONNECTIONS, durabilityWarnings } from './postgres/durable-connections.js';
import { migrate } from './schema.js';
import { ExclusiveTurn } from './sqlite/exclusive-turn.js';
import { useExclusiveRunners } from './sqlite/exclusive-query-runner.js';
import { FileOwnership } from './sqlite/file-ownership.js';
import { SqliteDatabase } from './sqlite/sqlite-database.js';

/** Where the data lives. PostgreSQL is for production and for more than one process. */
export type DatabaseOptions = { readonly type: 'sqlite'; readonly path: string } | PostgresOptions;

interface PostgresOptions {
  readonly type: 'postgres';
  readonly url: string;
  /** Most connections of the hot paths. */
  readonly pool: number;
  /** The longest that one of them waits for an answer. */
  readonly queryTimeout: Duration;
}

/** The opened database: hot paths use `database`, administration may use TypeORM by `dataSource`. */
export interface OpenDatabase {
  readonly database: Database;
  readonly dataSource: DataSource;
  /** A line for the operator about each setting of the engine that makes its answers worth less; mostly empty. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @param entities - TypeORM entity classes of the administration stores
 * @throws DatabaseInUse when another process owns the SQLite file
 * @throws Error when the schema is newer than this program
 */
export async function openDatabase(
  options: DatabaseOptions,
  entities: readonly (new () => object)[] = [],
): Promise<OpenDatabase> {
  return options.type === 'sqlite' ? openSqlite(options.path, entities) : openPostgres(options, entities);
}

/** A database that takes connections and says nothing ends the start instead of holding it up. */
const CONNECT_TIMEOUT = 10_000;

type Entities = readonly (new () => object)[];

async function openSqlite(path: string, entities: Entities): Promise<OpenDatabase> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const ownership = FileOwnership.take(path);
  try {
    const turn = new ExclusiveTurn();
    const dataSource = new DataSource({
      type: 'better-sqlite3',
      database: path,
      entities: [...entities],
      migrations: MIGRATIONS,
      prepareDatabase: (connection: Sqlite.Database) => {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = FULL');
        connection.pragma('busy_timeout = 5000');
        // 8 MiB: the pages that a group of commits touches stay in memory.
        connection.pragma('cache_size = -8192');
        connection.pragma('temp_store = MEMORY');
      },
    });
    useExclusiveRunners(dataSource, turn);
    await dataSource.initialize();
    chmodSync(path, 0o600);
    await migrate(dataSource).catch(async (cause: unknown) => {
      await dataSource.destroy();
      throw cause;
    });
    const writer = (dataSource.driver as unknown as { databaseConnection: Sqlite.Database }).databaseConnection;
    const database = new SqliteDatabase(path, writer, turn);
    const close = async (): Promise<void> => {
      await database.close();
      await dataSource.destroy();
      ownership.release();
    };
    return { database, dataSource, warnings: [], close };
  } catch (cause) {
    ownership.release();
    throw cause;
  }
}

async function openPostgres(options: PostgresOptions, entities: Entities): Promise<OpenDatabase> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [...entities],
    migrations: MIGRATIONS,
    // Administration is rare; the hot paths have connections of their own.
    poolSize: 4,
    connectTimeoutMS: CONNECT_TIMEOUT,
    parseInt8: true,
    extra: DURABLE_CONNECTIONS,
  });
  await dataSource.initialize();
  let warnings: readonly string[];
  try {
    await migrate(dataSource);
    warnings = durabilityWarnings(await dataSource.query<{ name: string }[]>(DURABILITY_SETTINGS));
  } catch (cause) {
    await dataSource.destroy();
    throw cause;
  }
  // Its driver is loaded here: a start on SQLite would pay for it.
  const { PostgresDatabase } = await import('./postgres/postgres-database.js');
  const database = new PostgresDatabase(options.url, options.pool, options.queryTimeout);
  const close = async (): Promise<void> => {
    await database.close();
    await dataSource.destroy();
  };
  return { database, dataSource, warnings, close };
}
