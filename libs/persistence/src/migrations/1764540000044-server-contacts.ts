import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** When resource servers were last asked whether they are there, and when they last were. */
export class ServerContacts1764540000044 implements MigrationInterface {
  name = 'ServerContacts1764540000044';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE server_contact (
        client_id text NOT NULL PRIMARY KEY, asked_at bigint NOT NULL, answered_at bigint, failures integer NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE server_contact');
  }
}
