import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** In which zones the devices of people were last: their days, where they chose no zone. */
export class SeenZones1764700000021 implements MigrationInterface {
  name = 'SeenZones1764700000021';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      'CREATE TABLE seen_zone (account_id text NOT NULL PRIMARY KEY, time_zone text NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE seen_zone');
  }
}
