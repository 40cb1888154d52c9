import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['token', 'refresh_token'];
const COLUMNS = ['sign_in', 'confirmation'];

/** What a token tells of the sign-in that it came from, and the key that whoever presents it must hold. */
export class TokenContext1764320000000 implements MigrationInterface {
  name = 'TokenContext1764320000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      for (const column of COLUMNS) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} text`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      for (const column of COLUMNS) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
  }
}
