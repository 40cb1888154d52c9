import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever held a share is told that it ended. Shares that ended before tell their owners alone. */
export class EndedShares1764600000010 implements MigrationInterface {
  name = 'EndedShares1764600000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE removed_access ADD COLUMN holder text');
    await runner.query('CREATE INDEX removed_access_holder ON removed_access (holder, id) WHERE holder IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX removed_access_holder');
    await runner.query('ALTER TABLE removed_access DROP COLUMN holder');
  }
}
