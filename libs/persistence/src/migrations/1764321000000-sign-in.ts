import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['name_key', 'email_key'];

/** `hash` and `key` are digests of values that only people and browsers have. */
const TABLES = [
  `CREATE TABLE account_password (
    account_id text NOT NULL PRIMARY KEY, hash text NOT NULL, configured_mark text, changed_at bigint NOT NULL)`,
  `CREATE TABLE sign_in_session (
    hash text NOT NULL PRIMARY KEY, id text NOT NULL UNIQUE, account_id text NOT NULL, auth_time bigint NOT NULL,
    acr text NOT NULL, amr text NOT NULL, rotation integer NOT NULL, created_at bigint NOT NULL, last_seen_at bigint NOT NULL,
    address text NOT NULL, user_agent text NOT NULL, ends_at bigint NOT NULL, expires_at bigint NOT NULL)`,
  `CREATE TABLE attempt_counter (
    key text NOT NULL PRIMARY KEY, attempts integer NOT NULL, wait_until bigint NOT NULL, last text NOT NULL,
    expires_at bigint NOT NULL)`,
  `CREATE TABLE known_place (
    account_id text NOT NULL, place text NOT NULL, expires_at bigint NOT NULL, PRIMARY KEY (account_id, place))`,
  `CREATE TABLE recovery_link (
    hash text NOT NULL PRIMARY KEY, account_id text NOT NULL, created_at bigint NOT NULL, expires_at bigint NOT NULL,
    used_at bigint)`,
  `CREATE TABLE one_time_code_secret (
    account_id text NOT NULL PRIMARY KEY, secret text, last_step bigint, pending_secret text, pending_until bigint)`,
  `CREATE TABLE recovery_code (account_id text NOT NULL, hash text NOT NULL, PRIMARY KEY (account_id, hash))`,
  `CREATE TABLE passkey (
    id text NOT NULL PRIMARY KEY, account_id text NOT NULL, public_key text NOT NULL, counter bigint NOT NULL,
    transports text NOT NULL, name text NOT NULL, synced boolean NOT NULL, created_at bigint NOT NULL,
    last_used_at bigint)`,
  `CREATE TABLE passkey_challenge (
    hash text NOT NULL PRIMARY KEY, account_id text NOT NULL, expires_at bigint NOT NULL)`,
];

const INDEXES = [
  'CREATE INDEX account_name ON account (name_key) WHERE name_key IS NOT NULL',
  'CREATE INDEX account_email ON account (email_key) WHERE email_key IS NOT NULL',
  'CREATE INDEX sign_in_session_account ON sign_in_session (account_id, id)',
  'CREATE INDEX sign_in_session_expiry ON sign_in_session (expires_at)',
  'CREATE INDEX attempt_counter_expiry ON attempt_counter (expires_at)',
  'CREATE INDEX known_place_expiry ON known_place (expires_at)',
  'CREATE INDEX recovery_link_account ON recovery_link (account_id)',
  'CREATE INDEX recovery_link_expiry ON recovery_link (expires_at)',
  'CREATE INDEX passkey_account ON passkey (account_id, id)',
  'CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at)',
];

/** Passwords, sessions, second factors and passkeys of people, and what slows guessing. */
export class SignIn1764321000000 implements MigrationInterface {
  name = 'SignIn1764321000000';

  async up(runner: QueryRunner): Promise<void> {
    // Identifiers compare byte for byte on both engines, whatever the database's locale is.
    const isPostgres = runner.dataSource.options.type === 'postgres';
    const portable = (sql: string) => (isPostgres ? sql.replace(/\btext\b/g, 'text COLLATE "C"') : sql);
    for (const column of COLUMNS) await runner.query(portable(`ALTER TABLE account ADD COLUMN ${column} text`));
    // Applying the configuration writes the exact forms at the next start.
    await runner.query('UPDATE account SET name_key = lower(username), email_key = lower(email)');
    for (const table of TABLES) await runner.query(portable(table));
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${/^CREATE TABLE (\w+)/.exec(table)?.[1] ?? ''}`);
    for (const index of ['account_name', 'account_email']) await runner.query(`DROP INDEX ${index}`);
    for (const column of COLUMNS) await runner.query(`ALTER TABLE account DROP COLUMN ${column}`);
  }
}
