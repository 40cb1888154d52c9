import { DataSource } from 'typeorm';
import { MIGRATIONS } from './index.js';

/** Where a test keeps a database: a file, or an address. */
interface Place {
  readonly engine: 'sqlite' | 'postgres';
  readonly location: string;
}

/** A database as it was before a migration; to be destroyed before the place is opened. */
export async function formerDatabase(
  { engine, location }: Place,
  migration: (typeof MIGRATIONS)[number],
): Promise<DataSource> {
  const migrations = MIGRATIONS.slice(0, MIGRATIONS.indexOf(migration));
  const dataSource =
    engine === 'sqlite'
      ? new DataSource({ type: 'better-sqlite3', database: location, migrations })
      : new DataSource({ type: 'postgres', url: location, migrations });
  await dataSource.initialize();
  await dataSource.runMigrations({ transaction: 'all' });
  return dataSource;
}
