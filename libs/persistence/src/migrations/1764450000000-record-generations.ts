import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['authorization_record', 'token_family'];

/** Which generation of a record's tokens counts, and of which one a family is: ending all earlier ones is one row. */
export class RecordGenerations1764450000000 implements MigrationInterface {
  name = 'RecordGenerations1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN generation integer NOT NULL DEFAULT 0`);
    }
    // Those that are active have one already.
    await runner.query(
      `CREATE INDEX authorization_record_party_suspended ON authorization_record (party_account)
         WHERE party_account IS NOT NULL AND state = 'suspended'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX authorization_record_party_suspended');
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN generation`);
  }
}
