import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Which clients have to hear of a session's end; `due_at` is empty while the session lives. */
export class SessionClients1764340000000 implements MigrationInterface {
  name = 'SessionClients1764340000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE session_client (
      session_id text NOT NULL, client_id text NOT NULL, account_id text NOT NULL, attempts integer NOT NULL, due_at bigint,
      PRIMARY KEY (session_id, client_id))`;
    await createKeyOrderedTable(runner, table);
    await runner.query('CREATE INDEX session_client_account ON session_client (account_id) WHERE due_at IS NULL');
    await runner.query('CREATE INDEX session_client_due ON session_client (due_at) WHERE due_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_client');
  }
}
