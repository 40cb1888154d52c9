import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A ticket remembers which scopes the client asked for in its process. */
export class RequestedScopes1764270000000 implements MigrationInterface {
  name = 'RequestedScopes1764270000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE permission_ticket ADD COLUMN requested text');
  }

  /** Databases go forward only. */
  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be undone'));
  }
}
