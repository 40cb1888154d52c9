import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which passkey a session began with: it ends with it. Of earlier ones that is not known. */
export class PasskeySessions1764530000081 implements MigrationInterface {
  name = 'PasskeySessions1764530000081';

  async up(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.dataSource.options.type !== 'postgres';
    const type = isSqlite ? 'text' : 'text COLLATE "C"';
    await runner.query(`ALTER TABLE sign_in_session ADD COLUMN passkey ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sign_in_session DROP COLUMN passkey');
  }
}
