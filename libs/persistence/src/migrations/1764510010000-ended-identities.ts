import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Whose word led to tokens of a record, and whom of theirs they named: one issuer may name two who have the same account. */
const VOUCHERS = `CREATE TABLE authorization_voucher (
  authorization_id text NOT NULL, issuer text NOT NULL, subject text NOT NULL DEFAULT '',
  PRIMARY KEY (authorization_id, issuer, subject))`;
/** By whom the party was named of a record that its owner ended, and to whom she was linked then. */
const ENDED = `CREATE TABLE ended_identity (
  authorization_id text NOT NULL, issuer text NOT NULL, subject text NOT NULL,
  PRIMARY KEY (authorization_id, issuer, subject))`;

/** Several issuers count together where they name one account only, so what is linked to it says whom they named. */
const KEEP_VOUCHERS = `INSERT INTO authorization_voucher (authorization_id, issuer, subject)
  SELECT former.authorization_id, former.issuer, coalesce(i.subject, '')
  FROM former_voucher former LEFT JOIN authorization_record r ON r.id = former.authorization_id
    LEFT JOIN account_identity i ON i.account_id = r.party_account AND i.issuer = former.issuer`;
const OF_ENDED = `r.ended_by = 'owner' AND r.state = 'revoked' AND r.resource_server_id IS NOT NULL`;
const KNOW_ENDED = `INSERT INTO ended_identity (authorization_id, issuer, subject)
  SELECT r.id, r.party_issuer, r.party_subject FROM authorization_record r
    WHERE ${OF_ENDED} AND r.party_issuer IS NOT NULL AND r.party_subject IS NOT NULL
  UNION SELECT r.id, i.issuer, i.subject FROM authorization_record r
    JOIN account_identity i ON i.account_id = r.party_account WHERE ${OF_ENDED}`;

/** An owner's end is found under each identity of the party, whatever account that is linked to later. */
export class EndedIdentities1764510010000 implements MigrationInterface {
  name = 'EndedIdentities1764510010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE former_voucher AS SELECT authorization_id, issuer FROM authorization_voucher');
    await runner.query('DROP TABLE authorization_voucher');
    await createKeyOrderedTable(runner, VOUCHERS);
    await runner.query(KEEP_VOUCHERS);
    await runner.query('DROP TABLE former_voucher');
    await runner.query('CREATE INDEX authorization_voucher_issuer ON authorization_voucher (issuer)');
    await createKeyOrderedTable(runner, ENDED);
    await runner.query(KNOW_ENDED);
    await runner.query('CREATE INDEX ended_identity_subject ON ended_identity (issuer, subject)');
  }

  /** What several issuers named is one row each now. */
  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be undone'));
  }
}
