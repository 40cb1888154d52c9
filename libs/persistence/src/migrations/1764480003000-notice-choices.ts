import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Messages that people have switched off. */
export class NoticeChoices1764480003000 implements MigrationInterface {
  name = 'NoticeChoices1764480003000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE notice_opt_out (
      account_id text NOT NULL, kind text NOT NULL, PRIMARY KEY (account_id, kind))`;
    await createKeyOrderedTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notice_opt_out');
  }
}
