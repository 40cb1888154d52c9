import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which parameters passwords are kept by, is asked at every start: hashes begin with them. */
export class PasswordPolicies1764530000080 implements MigrationInterface {
  name = 'PasswordPolicies1764530000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX account_password_hash ON account_password (hash)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX account_password_hash');
  }
}
