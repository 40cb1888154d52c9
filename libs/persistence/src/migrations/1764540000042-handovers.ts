import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const INDEXES = [
  // The same handed over twice at once is handed over once.
  'CREATE UNIQUE INDEX handover_open ON handover (owner, content) WHERE ended_at IS NULL',
  'CREATE INDEX handover_owner ON handover (owner, id)',
  'CREATE INDEX handover_expiry ON handover (expires_at)',
  'CREATE INDEX policy_handover ON policy (handover_id) WHERE handover_id IS NOT NULL',
];

/** What owners hand over while they are away: shares that end together. */
export class Handovers1764540000042 implements MigrationInterface {
  name = 'Handovers1764540000042';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE handover (
        id text NOT NULL PRIMARY KEY, owner text NOT NULL, account_id text NOT NULL, allow text NOT NULL, content text NOT NULL,
        resources integer NOT NULL, not_before bigint, expires_at bigint NOT NULL, note text, created_at bigint NOT NULL,
        ended_at bigint)`,
    );
    await runner.query('ALTER TABLE policy ADD COLUMN handover_id text');
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX policy_handover');
    await runner.query('ALTER TABLE policy DROP COLUMN handover_id');
    await runner.query('DROP TABLE handover');
  }
}
