import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const TABLES = [
  `CREATE TABLE client_registration (
    client_id text NOT NULL PRIMARY KEY, token_hash text NOT NULL, metadata text NOT NULL, registered_at bigint NOT NULL,
    updated_at bigint NOT NULL, idle_until bigint)`,
  `CREATE TABLE initial_access_token (
    hash text NOT NULL PRIMARY KEY, uses_left integer NOT NULL, expires_at bigint NOT NULL)`,
];
const INDEXES = [
  'CREATE UNIQUE INDEX client_registration_token ON client_registration (token_hash)',
  'CREATE INDEX client_registration_idle ON client_registration (idle_until) WHERE idle_until IS NOT NULL',
  'CREATE INDEX initial_access_token_expiry ON initial_access_token (expires_at)',
  `CREATE INDEX authorization_record_client ON authorization_record (client_id, owner)
    WHERE state IN ('active', 'suspended')`,
];

/** Clients that register themselves (RFC 7591), and what lets them. */
export class ClientRegistrations1764430000000 implements MigrationInterface {
  name = 'ClientRegistrations1764430000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX authorization_record_client');
    await runner.query('DROP TABLE initial_access_token');
    await runner.query('DROP TABLE client_registration');
  }
}
