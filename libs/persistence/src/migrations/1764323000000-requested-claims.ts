import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['token', 'refresh_token'];

/** Claims about the person that a client asked for by name (OpenID Connect Core section 5.5). */
export class RequestedClaims1764323000000 implements MigrationInterface {
  name = 'RequestedClaims1764323000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD COLUMN claims text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN claims`);
  }
}
