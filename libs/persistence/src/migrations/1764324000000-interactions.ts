import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** What waits for a person at a browser. */
export class Interactions1764324000000 implements MigrationInterface {
  name = 'Interactions1764324000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE interaction (
      hash text NOT NULL PRIMARY KEY, kind text NOT NULL, browser text NOT NULL, content text NOT NULL,
      first_factor text, created_at bigint NOT NULL, expires_at bigint NOT NULL, done_at bigint)`;
    await createKeyOrderedTable(runner, table);
    await runner.query('CREATE INDEX interaction_expiry ON interaction (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE interaction');
  }
}
