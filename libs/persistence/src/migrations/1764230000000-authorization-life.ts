import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['party_account', 'party_issuer', 'party_subject'];

/** Issuers besides the party's own whose word about her led to tokens of a record. */
const VOUCHERS = (text: string) => `CREATE TABLE authorization_voucher (authorization_id ${text} NOT NULL,
  issuer ${text} NOT NULL, PRIMARY KEY (authorization_id, issuer))`;

/** Of records of one party key the youngest stays, and a suspended one yields to an active one. */
const END_TWINS = (
  now: number,
) => `UPDATE authorization_record SET state = 'revoked', ended_at = ${now}, ended_by = 'server'
  WHERE state = 'suspended' AND party_key IS NOT NULL AND EXISTS (SELECT 1 FROM authorization_record twin
    WHERE twin.party_key = authorization_record.party_key AND (twin.state = 'active' OR (twin.state = 'suspended'
      AND (twin.created_at > authorization_record.created_at
        OR (twin.created_at = authorization_record.created_at AND twin.id > authorization_record.id)))))`;

const REMOVE_PERMISSIONS_OF_ENDED = `DELETE FROM authorization_permission WHERE authorization_id IN
  (SELECT id FROM authorization_record WHERE state IN ('revoked', 'expired'))`;

const INDEXES = [
  'CREATE INDEX authorization_voucher_issuer ON authorization_voucher (issuer)',
  // One record that is not over for one owner, resource server, client and party: a suspended one can always be resumed.
  'DROP INDEX authorization_record_living',
  `CREATE UNIQUE INDEX authorization_record_living ON authorization_record (party_key)
    WHERE party_key IS NOT NULL AND state IN ('active', 'suspended')`,
  // Whose word a record rests on; each leaves its index when the record is suspended or ends.
  `CREATE INDEX authorization_record_party_account ON authorization_record (party_account)
    WHERE party_account IS NOT NULL AND state = 'active'`,
  `CREATE INDEX authorization_record_party_identity ON authorization_record (party_issuer, party_subject)
    WHERE party_issuer IS NOT NULL AND state = 'active'`,
  `CREATE INDEX authorization_record_suspended ON authorization_record (id) WHERE state = 'suspended'`,
  // What ends by itself, and what is over: both are worked off from the oldest.
  'DROP INDEX authorization_record_expiry',
  `CREATE INDEX authorization_record_expiry ON authorization_record (expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('active', 'suspended')`,
  `CREATE INDEX authorization_record_over ON authorization_record (ended_at) WHERE ended_by <> 'owner'`,
  `CREATE INDEX authorization_permission_expiry ON authorization_permission (expires_at) WHERE expires_at IS NOT NULL`,
  // Whether an owner has policies that are older than an end of hers.
  'CREATE INDEX policy_age ON policy (owner, updated_at)',
];

/** Records know their party in columns, and leave when they are over. */
export class AuthorizationLife1764230000000 implements MigrationInterface {
  name = 'AuthorizationLife1764230000000';

  async up(runner: QueryRunner): Promise<void> {
    const sqlite = runner.dataSource.options.type !== 'postgres';
    const text = sqlite ? 'text' : 'text COLLATE "C"';
    for (const column of COLUMNS) await runner.query(`ALTER TABLE authorization_record ADD COLUMN ${column} ${text}`);
    await runner.query(VOUCHERS(text));
    await runner.query(backfill(sqlite));
    await runner.query(END_TWINS(Date.now()));
    await runner.query(REMOVE_PERMISSIONS_OF_ENDED);
    for (const index of INDEXES) await runner.query(index);
  }

  /** What was removed with records that had ended does not come back. */
  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be undone'));
  }
}

/** PostgreSQL reads no JSON with escapes that its text cannot hold (names as others wrote them): such a record is left out. */
function backfill(sqlite: boolean): string {
  const party = sqlite ? 'party' : 'party::json';
  const readable = sqlite ? '' : `AND strpos(party, '\\u0000') = 0 AND strpos(party, '\\ud') = 0`;
  return `UPDATE authorization_record SET party_account = ${party} ->> 'accountId', party_issuer = ${party} ->> 'issuer',
    party_subject = ${party} ->> 'subject' WHERE party IS NOT NULL ${readable}`;
}
