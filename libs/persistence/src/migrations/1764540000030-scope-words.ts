import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Scopes as sentences: the words of the file, and those that an operator writes while the server runs. */
export class ScopeWords1764540000030 implements MigrationInterface {
  name = 'ScopeWords1764540000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE scope_wording ADD COLUMN words text');
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE scope_wording_edit (
        name text NOT NULL PRIMARY KEY, published text, draft text, version integer NOT NULL, updated_at bigint NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE scope_wording_edit');
    await runner.query('ALTER TABLE scope_wording DROP COLUMN words');
  }
}
