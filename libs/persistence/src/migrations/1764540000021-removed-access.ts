import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** The owner's words with a share, what its holder was called, and that its end was told. */
const COLUMNS = ['note text', 'subject_name text', 'end_told_at bigint'];

const TABLES = [
  `CREATE TABLE removed_access (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, access_id text NOT NULL, terms text NOT NULL, ended_at bigint NOT NULL,
    ended_by text NOT NULL, give_back_until bigint, given_back_at bigint, expires_at bigint NOT NULL)`,
  // All of an owner, or what one holder has; begun, and worked off page by page whatever happens meanwhile.
  `CREATE TABLE owner_stop (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, holder text, begun_at bigint NOT NULL, done_at bigint,
    result text NOT NULL)`,
  'CREATE TABLE access_keep (access_id text NOT NULL PRIMARY KEY, owner text NOT NULL, kept_at bigint NOT NULL)',
];

const INDEXES = [
  'CREATE INDEX removed_access_owner ON removed_access (owner, id)',
  'CREATE INDEX removed_access_access ON removed_access (access_id)',
  `CREATE INDEX authorization_record_consent ON authorization_record (owner, id)
     WHERE origin <> 'uma' AND state IN ('active', 'suspended')`,
  'CREATE INDEX removed_access_expiry ON removed_access (expires_at)',
  'CREATE INDEX policy_end ON policy (expires_at) WHERE expires_at IS NOT NULL AND end_told_at IS NULL',
  'CREATE INDEX owner_stop_open ON owner_stop (id) WHERE done_at IS NULL',
  'CREATE INDEX owner_stop_done ON owner_stop (done_at) WHERE done_at IS NOT NULL',
  'CREATE INDEX access_keep_owner ON access_keep (owner)',
  'CREATE INDEX access_keep_age ON access_keep (kept_at)',
];

/** What ended may come back on the same terms for some days; everything can be ended at once. */
export class RemovedAccess1764540000021 implements MigrationInterface {
  name = 'RemovedAccess1764540000021';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await runner.query(`ALTER TABLE policy ADD COLUMN ${column}`);
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX policy_end');
    await runner.query('DROP INDEX authorization_record_consent');
    for (const table of ['access_keep', 'owner_stop', 'removed_access']) await runner.query(`DROP TABLE ${table}`);
    for (const column of COLUMNS) await runner.query(`ALTER TABLE policy DROP COLUMN ${column.replace(/ .*/, '')}`);
  }
}
