import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Optional scopes that a person left out: she is not asked for them each time. */
export class DeclinedScopes1764440000000 implements MigrationInterface {
  name = 'DeclinedScopes1764440000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_consent ADD COLUMN declined text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_consent DROP COLUMN declined');
  }
}
