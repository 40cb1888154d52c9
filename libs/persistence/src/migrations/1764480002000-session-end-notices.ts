import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ends of sessions are told client by client. */
export class SessionEndNotices1764480002000 implements MigrationInterface {
  name = 'SessionEndNotices1764480002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX session_client_due_of ON session_client (client_id, due_at) WHERE due_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX session_client_due_of');
  }
}
