import type { QueryRunner } from 'typeorm';

/**
 * Makes a table whose rows lie in the order of its key: without row numbers on SQLite, and with text in byte order on PostgreSQL,
 * as SQLite has it anyway.
 */
export async function createKeyOrderedTable(runner: QueryRunner, table: string): Promise<void> {
  const isSqlite = runner.dataSource.options.type !== 'postgres';
  await runner.query(isSqlite ? `${table} WITHOUT ROWID` : table.replace(/\btext\b/g, 'text COLLATE "C"'));
}
