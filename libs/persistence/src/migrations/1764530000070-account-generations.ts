import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sign-ins of an account count: what remembers a generation before the present one came of a sign-in that is void. */
export class AccountGenerations1764530000070 implements MigrationInterface {
  name = 'AccountGenerations1764530000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account ADD COLUMN generation integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN generation');
  }
}
