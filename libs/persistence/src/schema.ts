import type { DataSource, QueryRunner } from 'typeorm';

/** Any constant: the key of the advisory lock under which one process at a time migrates. */
const MIGRATION_LOCK = 7_605_001;

/**
 * Brings the schema up to date, all pending migrations in one transaction. Several processes may call it at once on
 * PostgreSQL; one works, the others wait and find nothing left to do.
 * @returns the names of the migrations that ran
 * @throws Error when the database holds a migration that this program does not know
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  if (dataSource.options.type !== 'postgres') return runMigrations(dataSource);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await runMigrations(dataSource);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}

async function runMigrations(dataSource: DataSource): Promise<string[]> {
  await refuseNewerSchema(dataSource);
  const done = await dataSource.runMigrations({ transaction: 'all' });
  return done.map((migration) => migration.name);
}

async function refuseNewerSchema(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const known = new Set(dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name));
    const unknown = (await executedMigrations(runner)).filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new Error(`the database schema is newer than this program (${unknown.join(', ')}): use the newer program`);
    }
  } finally {
    await runner.release();
  }
}

async function executedMigrations(runner: QueryRunner): Promise<string[]> {
  if (!(await runner.hasTable('migrations'))) return [];
  const rows = (await runner.query('SELECT name FROM migrations ORDER BY id')) as { name: string }[];
  return rows.map((row) => row.name);
}
