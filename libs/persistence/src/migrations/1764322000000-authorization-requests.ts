import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Found by the hash of a random value: SQLite keeps their rows in the key's own tree. */
const TABLES = [
  `CREATE TABLE pushed_request (
    hash text NOT NULL PRIMARY KEY, client_id text NOT NULL, request text NOT NULL, valid_until bigint NOT NULL,
    expires_at bigint NOT NULL, used_at bigint)`,
  `CREATE TABLE authorization_code (
    hash text NOT NULL PRIMARY KEY, client_id text NOT NULL, authorization_id text NOT NULL, content text NOT NULL,
    valid_until bigint NOT NULL, expires_at bigint NOT NULL, used_at bigint, family_id text)`,
  `CREATE TABLE authorization_consent (
    authorization_id text NOT NULL PRIMARY KEY, resources text NOT NULL, details text NOT NULL,
    version integer NOT NULL, given_at bigint NOT NULL)`,
];

const INDEXES = [
  'CREATE INDEX pushed_request_expiry ON pushed_request (expires_at)',
  'CREATE INDEX authorization_code_expiry ON authorization_code (expires_at)',
];

/** What clients ask of people: metadata of clients, pushed requests, consents and codes, and details in tokens. */
export class AuthorizationRequests1764322000000 implements MigrationInterface {
  name = 'AuthorizationRequests1764322000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client ADD COLUMN metadata text');
    for (const table of ['token', 'refresh_token']) await runner.query(`ALTER TABLE ${table} ADD COLUMN details text`);
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['authorization_consent', 'authorization_code', 'pushed_request']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    for (const table of ['token', 'refresh_token']) await runner.query(`ALTER TABLE ${table} DROP COLUMN details`);
    await runner.query('ALTER TABLE client DROP COLUMN metadata');
  }
}
