import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** How people want the console: languages and zones, usual durations. */
export class OwnerSettings1764540000043 implements MigrationInterface {
  name = 'OwnerSettings1764540000043';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE owner_settings (
        account_id text NOT NULL PRIMARY KEY, language text, time_zone text, default_days integer, shortcuts integer NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE owner_settings');
  }
}
