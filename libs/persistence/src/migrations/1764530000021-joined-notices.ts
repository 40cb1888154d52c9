import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When what a notice tells of happened last: equal ones that wait are one. 0 for those from before. */
export class JoinedNotices1764530000021 implements MigrationInterface {
  name = 'JoinedNotices1764530000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account_notice ADD COLUMN last_changed_at bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account_notice DROP COLUMN last_changed_at');
  }
}
