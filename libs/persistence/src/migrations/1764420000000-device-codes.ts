import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Devices that wait for a person (RFC 8628). */
export class DeviceCodes1764420000000 implements MigrationInterface {
  name = 'DeviceCodes1764420000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE device_code (
      hash text NOT NULL PRIMARY KEY, user_code text NOT NULL, client_id text NOT NULL, request text NOT NULL,
      state text NOT NULL, authorization_id text, content text, poll_interval bigint NOT NULL, polled_at bigint,
      asked_at bigint NOT NULL, valid_until bigint NOT NULL, expires_at bigint NOT NULL)`;
    await createKeyOrderedTable(runner, table);
    await runner.query('CREATE UNIQUE INDEX device_code_user_code ON device_code (user_code)');
    await runner.query('CREATE INDEX device_code_expiry ON device_code (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE device_code');
  }
}
