import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** What people are to hear of changes in how they sign in, until it is sent. */
export class AccountNotices1764480001000 implements MigrationInterface {
  name = 'AccountNotices1764480001000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE account_notice (
      id text NOT NULL PRIMARY KEY, account_id text NOT NULL, change text NOT NULL, called text NOT NULL,
      changed_at bigint NOT NULL, attempts integer NOT NULL, due_at bigint NOT NULL)`;
    await createKeyOrderedTable(runner, table);
    await runner.query('CREATE INDEX account_notice_due ON account_notice (due_at, account_id)');
    await runner.query('CREATE INDEX account_notice_account ON account_notice (account_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE account_notice');
  }
}
