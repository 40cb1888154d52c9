import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const TABLES = [
  // `once`: what would say the same of the same hour is written once, whichever server notices it.
  `CREATE TABLE activity (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, at bigint NOT NULL, kind text NOT NULL, actor text, holder text,
    holder_name text, client_id text, resources text NOT NULL, scopes text NOT NULL, ends_at bigint, access_id text,
    request_id text, reference text, once text)`,
  `CREATE TABLE activity_resource (
    resource_id text NOT NULL, activity_id text NOT NULL, PRIMARY KEY (resource_id, activity_id))`,
  `CREATE TABLE access_use (
    access_id text NOT NULL, client_id text NOT NULL, holder text NOT NULL, first_used_at bigint NOT NULL,
    last_used_at bigint NOT NULL, PRIMARY KEY (access_id, client_id, holder))`,
  `CREATE TABLE last_refusal (
    owner text NOT NULL, holder text NOT NULL, client_id text NOT NULL, resource_id text NOT NULL, scopes text NOT NULL,
    refused_at bigint NOT NULL, PRIMARY KEY (owner, holder, client_id, resource_id))`,
];

const INDEXES = [
  'CREATE INDEX activity_owner ON activity (owner, id)',
  'CREATE INDEX activity_kind ON activity (owner, kind, id)',
  'CREATE INDEX activity_holder ON activity (owner, holder, id) WHERE holder IS NOT NULL',
  'CREATE INDEX activity_client ON activity (owner, client_id, id) WHERE client_id IS NOT NULL',
  'CREATE INDEX activity_access ON activity (owner, access_id, id) WHERE access_id IS NOT NULL',
  'CREATE UNIQUE INDEX activity_once ON activity (once) WHERE once IS NOT NULL',
  'CREATE INDEX activity_resource_line ON activity_resource (activity_id)',
  'CREATE INDEX last_refusal_age ON last_refusal (refused_at)',
];

/** What happened to what owners own, when access was last used, and when it was last refused. */
export class Activity1764540000020 implements MigrationInterface {
  name = 'Activity1764540000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['last_refusal', 'access_use', 'activity_resource', 'activity']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
