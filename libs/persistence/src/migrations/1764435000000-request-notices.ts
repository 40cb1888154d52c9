import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const TABLES = [
  `CREATE TABLE request_notice (
    request_id text NOT NULL, kind text NOT NULL, account_id text NOT NULL, created_at bigint NOT NULL,
    PRIMARY KEY (request_id, kind))`,
  'CREATE TABLE notice_recipient (account_id text NOT NULL PRIMARY KEY, next_at bigint NOT NULL)',
];
const INDEXES = [
  'CREATE INDEX request_notice_account ON request_notice (kind, account_id)',
  'CREATE INDEX notice_recipient_next ON notice_recipient (next_at)',
];

/** Messages to people about requests, until they are sent. */
export class RequestNotices1764435000000 implements MigrationInterface {
  name = 'RequestNotices1764435000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notice_recipient');
    await runner.query('DROP TABLE request_notice');
  }
}
