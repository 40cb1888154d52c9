import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that are disabled, and what rests because of them, are found without reading all accounts. */
export class DisabledAccounts1764310000000 implements MigrationInterface {
  name = 'DisabledAccounts1764310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX account_disabled ON account (id) WHERE NOT enabled');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX account_disabled');
  }
}
