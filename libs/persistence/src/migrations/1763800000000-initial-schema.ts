import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Conventions: portable types only; instants are epoch milliseconds in bigint; JSON and lists are text; `hash` is the
 * time of issue and the SHA-256 of an opaque value, so that rows of one moment share their pages; every row that expires has an index on `expires_at`.
 */
const TABLES = [
  // --- who takes part
  `CREATE TABLE client (
    id text NOT NULL PRIMARY KEY, name text NOT NULL, publisher text, logo_uri text, type text NOT NULL,
    authentication_method text NOT NULL, jwks text, grant_types text NOT NULL, scopes text NOT NULL,
    audiences text NOT NULL, access_token_format text NOT NULL, enabled boolean NOT NULL, managed_by text NOT NULL,
    created_at bigint NOT NULL, updated_at bigint NOT NULL)`,
  `CREATE TABLE client_secret (
    client_id text NOT NULL, hash text NOT NULL, created_at bigint NOT NULL, expires_at bigint,
    PRIMARY KEY (client_id, hash))`,
  `CREATE TABLE resource_server (
    client_id text NOT NULL PRIMARY KEY, resource text NOT NULL UNIQUE, name text NOT NULL, realm text NOT NULL,
    scopes text NOT NULL, partial_grant boolean NOT NULL, enabled boolean NOT NULL)`,
  `CREATE TABLE scope_wording (name text NOT NULL PRIMARY KEY, display_name text NOT NULL, description text NOT NULL)`,
  `CREATE TABLE account (
    id text NOT NULL PRIMARY KEY, username text NOT NULL UNIQUE, name text NOT NULL, email text, locale text,
    zone text, enabled boolean NOT NULL, managed_by text NOT NULL, created_at bigint NOT NULL)`,
  `CREATE TABLE account_identity (
    issuer text NOT NULL, subject text NOT NULL, account_id text NOT NULL, PRIMARY KEY (issuer, subject))`,
  `CREATE TABLE trusted_issuer (
    issuer text NOT NULL PRIMARY KEY, name text NOT NULL, jwks text NOT NULL, audiences text NOT NULL,
    algorithms text NOT NULL, max_age bigint NOT NULL, enabled boolean NOT NULL)`,
  `CREATE TABLE signing_key (
    kid text NOT NULL PRIMARY KEY, algorithm text NOT NULL, state text NOT NULL, public_jwk text NOT NULL,
    private_key text, created_at bigint NOT NULL, current_at bigint, retiring_at bigint, expires_at bigint)`,
  // --- the waist
  `CREATE TABLE authorization_record (
    id text NOT NULL PRIMARY KEY, origin text NOT NULL, owner text NOT NULL, client_id text NOT NULL,
    resource_server_id text, party text, party_key text, label text, scopes text NOT NULL,
    not_before bigint, expires_at bigint, parent_id text, root_id text NOT NULL, depth integer NOT NULL,
    state text NOT NULL, created_at bigint NOT NULL, last_used_at bigint, seen_at bigint NOT NULL, ended_at bigint, ended_by text)`,
  `CREATE TABLE authorization_permission (
    authorization_id text NOT NULL, resource_id text NOT NULL, scopes text NOT NULL, policy_ids text NOT NULL,
    expires_at bigint, PRIMARY KEY (authorization_id, resource_id))`,
  // --- ways out
  `CREATE TABLE token (
    hash text NOT NULL PRIMARY KEY, kind text NOT NULL, authorization_id text NOT NULL, client_id text NOT NULL,
    family_id text, subject text, scopes text NOT NULL, audience text, permissions text,
    issued_at bigint NOT NULL, expires_at bigint NOT NULL, revoked_at bigint)`,
  `CREATE TABLE refresh_token (
    hash text NOT NULL PRIMARY KEY, family_id text NOT NULL, authorization_id text NOT NULL, client_id text NOT NULL,
    subject text, scopes text NOT NULL, audience text, permissions text, issued_at bigint NOT NULL,
    expires_at bigint NOT NULL, successor text, used_at bigint, retried_at bigint, revoked_at bigint)`,
  `CREATE TABLE token_family (
    id text NOT NULL PRIMARY KEY, authorization_id text NOT NULL, permissions text, expires_at bigint NOT NULL,
    revoked_at bigint, refresh_revoked_at bigint)`,
  `CREATE TABLE replay_mark (mark text NOT NULL PRIMARY KEY, expires_at bigint NOT NULL)`,
  // --- UMA
  `CREATE TABLE resource (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, resource_server_id text NOT NULL, name text,
    description text NOT NULL, scopes text NOT NULL, version integer NOT NULL, policy_version integer NOT NULL,
    created_at bigint NOT NULL, updated_at bigint NOT NULL)`,
  `CREATE TABLE policy (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, resource_id text NOT NULL, subject text NOT NULL,
    client_id text, scopes text NOT NULL, not_before bigint, expires_at bigint, max_claims_age bigint,
    request_id text, version integer NOT NULL, created_at bigint NOT NULL, updated_at bigint NOT NULL)`,
  `CREATE TABLE permission_ticket (
    hash text NOT NULL PRIMARY KEY, process_id text NOT NULL, resource_server_id text NOT NULL, owner text NOT NULL,
    permissions text NOT NULL, client_id text, claims text, asked text, request_id text, poll_interval integer,
    poll_after bigint, created_at bigint NOT NULL, expires_at bigint NOT NULL, used_at bigint)`,
  `CREATE TABLE persisted_claims_token (
    hash text NOT NULL PRIMARY KEY, client_id text NOT NULL, claims text NOT NULL, created_at bigint NOT NULL,
    expires_at bigint NOT NULL, revoked_at bigint)`,
  `CREATE TABLE access_request (
    id text NOT NULL PRIMARY KEY, owner text NOT NULL, resource_server_id text NOT NULL, client_id text NOT NULL,
    party text NOT NULL, request_key text NOT NULL, permissions text NOT NULL, state text NOT NULL,
    created_at bigint NOT NULL, expires_at bigint NOT NULL, decided_at bigint)`,
];

const INDEXES = [
  'CREATE INDEX account_identity_account ON account_identity (account_id)',
  "CREATE UNIQUE INDEX signing_key_current ON signing_key (algorithm) WHERE state = 'current'",
  "CREATE UNIQUE INDEX signing_key_next ON signing_key (algorithm) WHERE state = 'next'",
  // Owners read the newest use first; `seen_at` is the last use, or the beginning.
  'CREATE INDEX authorization_record_owner ON authorization_record (owner, seen_at, id)',
  'CREATE INDEX authorization_record_parent ON authorization_record (parent_id) WHERE parent_id IS NOT NULL',
  'CREATE INDEX authorization_record_party ON authorization_record (party_key, created_at) WHERE party_key IS NOT NULL',
  // One living record for one owner, resource server, client and party: the second of two makers finds the first.
  `CREATE UNIQUE INDEX authorization_record_living ON authorization_record (party_key)
    WHERE party_key IS NOT NULL AND state = 'active'`,
  `CREATE INDEX authorization_record_ended ON authorization_record (owner, client_id, ended_at)
    WHERE ended_by = 'owner'`,
  'CREATE INDEX authorization_record_expiry ON authorization_record (expires_at) WHERE expires_at IS NOT NULL',
  'CREATE INDEX authorization_permission_resource ON authorization_permission (resource_id)',
  'CREATE INDEX token_expiry ON token (expires_at)',
  'CREATE INDEX token_family_authorization ON token_family (authorization_id)',
  'CREATE INDEX token_family_expiry ON token_family (expires_at)',
  'CREATE INDEX refresh_token_expiry ON refresh_token (expires_at)',
  'CREATE INDEX replay_mark_expiry ON replay_mark (expires_at)',
  'CREATE INDEX resource_owner ON resource (owner, id)',
  'CREATE INDEX resource_server_owner ON resource (resource_server_id, owner, id)',
  'CREATE INDEX policy_resource ON policy (resource_id)',
  'CREATE INDEX policy_owner ON policy (owner, id)',
  'CREATE INDEX policy_expiry ON policy (expires_at) WHERE expires_at IS NOT NULL',
  'CREATE INDEX permission_ticket_process ON permission_ticket (process_id) WHERE process_id <> hash',
  'CREATE INDEX permission_ticket_expiry ON permission_ticket (expires_at)',
  'CREATE INDEX persisted_claims_token_expiry ON persisted_claims_token (expires_at)',
  'CREATE INDEX access_request_owner ON access_request (owner, id)',
  "CREATE UNIQUE INDEX access_request_open ON access_request (request_key) WHERE state = 'pending'",
  'CREATE INDEX access_request_key ON access_request (request_key, created_at)',
  'CREATE INDEX access_request_expiry ON access_request (expires_at)',
];

/** Tables found by the hash of a random value: SQLite keeps their rows in the key's own tree, half the pages to write. */
const KEYED_BY_HASH =
  /^CREATE TABLE (token|token_family|refresh_token|replay_mark|permission_ticket|persisted_claims_token|authorization_permission) /;

export class InitialSchema1763800000000 implements MigrationInterface {
  name = 'InitialSchema1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    const sqlite = runner.dataSource.options.type !== 'postgres';
    for (const table of TABLES) {
      await runner.query(sqlite && KEYED_BY_HASH.test(table) ? `${table} WITHOUT ROWID` : portable(table, sqlite));
    }
    for (const index of INDEXES) await runner.query(index);
  }

  /** There is nothing before the first schema. */
  down(): Promise<void> {
    return Promise.reject(new Error('the first migration cannot be undone'));
  }
}

/** Identifiers and cursors compare byte for byte on both engines, whatever the database's locale is. */
function portable(table: string, sqlite: boolean): string {
  return sqlite ? table : table.replace(/\btext\b/g, 'text COLLATE "C"');
}
