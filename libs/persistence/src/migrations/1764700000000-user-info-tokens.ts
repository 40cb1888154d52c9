import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['token', 'refresh_token'];

/** Which tokens for an API open UserInfo, too (decision 0008). Those from before do not, nor what they are refreshed to. */
export class UserInfoTokens1764700000000 implements MigrationInterface {
  name = 'UserInfoTokens1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD COLUMN opens_user_info boolean`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN opens_user_info`);
  }
}
