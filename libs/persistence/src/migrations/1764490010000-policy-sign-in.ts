import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['min_acr text', 'max_auth_age bigint'];

/** How surely, and how recently, a requesting party must have signed in here for a policy to permit. */
export class PolicySignIn1764490010000 implements MigrationInterface {
  name = 'PolicySignIn1764490010000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await runner.query(`ALTER TABLE policy ADD COLUMN ${column}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await runner.query(`ALTER TABLE policy DROP COLUMN ${column.replace(/ .*/, '')}`);
  }
}
