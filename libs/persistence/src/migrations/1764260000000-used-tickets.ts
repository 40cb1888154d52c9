import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // How many tickets of its process came before it.
  'ALTER TABLE permission_ticket ADD COLUMN position integer NOT NULL DEFAULT 0',
  // Only what is still open is looked for by its process; a process that polls for days leaves many used tickets.
  'DROP INDEX permission_ticket_process',
  `CREATE INDEX permission_ticket_process ON permission_ticket (process_id) WHERE process_id <> hash AND used_at IS NULL`,
];

/** Used tickets are remembered for as long as their process lives. */
export class UsedTickets1764260000000 implements MigrationInterface {
  name = 'UsedTickets1764260000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Databases go forward only. */
  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be undone'));
  }
}
