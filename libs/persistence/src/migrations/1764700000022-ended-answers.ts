import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of a share that ended, which answer of its owner gave it. Of those that ended before it is not known. */
export class EndedAnswers1764700000022 implements MigrationInterface {
  name = 'EndedAnswers1764700000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE removed_access ADD COLUMN request_id text');
    await runner.query(
      'CREATE INDEX removed_access_request ON removed_access (request_id) WHERE request_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX removed_access_request');
    await runner.query('ALTER TABLE removed_access DROP COLUMN request_id');
  }
}
