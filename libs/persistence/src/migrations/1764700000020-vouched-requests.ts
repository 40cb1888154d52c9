import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests remember who vouched for whoever asked. Of those that are there nothing is known. */
export class VouchedRequests1764700000020 implements MigrationInterface {
  name = 'VouchedRequests1764700000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access_request ADD COLUMN vouched text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access_request DROP COLUMN vouched');
  }
}
