import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when the first tokens of what a person gave can be fetched; nothing once they were, and for all from before. */
export class UnfetchedGrants1764490020000 implements MigrationInterface {
  name = 'UnfetchedGrants1764490020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_consent ADD COLUMN pending_until bigint');
    await runner.query(
      'CREATE INDEX authorization_consent_pending ON authorization_consent (pending_until) WHERE pending_until IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX authorization_consent_pending');
    await runner.query('ALTER TABLE authorization_consent DROP COLUMN pending_until');
  }
}
