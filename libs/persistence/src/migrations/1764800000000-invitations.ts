import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const INDEXES = [
  // Bounds how many of an owner's wait: each of them has a place of its own.
  'CREATE UNIQUE INDEX invitation_place ON invitation (owner, place) WHERE place IS NOT NULL',
  'CREATE UNIQUE INDEX invitation_link ON invitation (hash) WHERE hash IS NOT NULL',
  'CREATE INDEX invitation_owner ON invitation (owner, id)',
  'CREATE INDEX invitation_mail ON invitation (mail_at) WHERE mail_at IS NOT NULL',
  'CREATE INDEX invitation_end ON invitation (ends_at)',
];

/** What owners offer to e-mail addresses, and which shares came of it. */
export class Invitations1764800000000 implements MigrationInterface {
  name = 'Invitations1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE invitation (
        id text NOT NULL PRIMARY KEY, owner text NOT NULL, address text NOT NULL, resources text NOT NULL, scopes text NOT NULL,
        not_before bigint, expires_at bigint, note text, state text NOT NULL, account_id text, place integer, hash text,
        mail_at bigint, mailed_at bigint, created_at bigint NOT NULL, ends_at bigint NOT NULL)`,
    );
    for (const index of INDEXES) await runner.query(index);
    await runner.query('ALTER TABLE policy ADD COLUMN invitation_id text');
    await runner.query('ALTER TABLE activity ADD COLUMN invited text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE activity DROP COLUMN invited');
    await runner.query('ALTER TABLE policy DROP COLUMN invitation_id');
    await runner.query('DROP TABLE invitation');
  }
}
