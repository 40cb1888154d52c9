import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims that a person gave one by one: whoever was asked for none gave none. */
export class ConsentClaims1764530000010 implements MigrationInterface {
  name = 'ConsentClaims1764530000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_consent ADD COLUMN claims text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE authorization_consent DROP COLUMN claims');
  }
}
