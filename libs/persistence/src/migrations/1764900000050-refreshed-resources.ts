import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All resources that a refresh token is for (RFC 8707 section 2.2). One from before stays for its audience alone. */
export class RefreshedResources1764900000050 implements MigrationInterface {
  name = 'RefreshedResources1764900000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refresh_token ADD COLUMN resources text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE refresh_token DROP COLUMN resources');
  }
}
