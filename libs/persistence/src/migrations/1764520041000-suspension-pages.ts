import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What rests leaves it: an owner whose records all rest has nothing here that would be read again and again.
  `CREATE INDEX authorization_record_owner_active ON authorization_record (owner) WHERE state = 'active'`,
  // Read page by page.
  'DROP INDEX authorization_voucher_issuer',
  'CREATE INDEX authorization_voucher_issuer ON authorization_voucher (issuer, authorization_id)',
];

/** Records of somebody who was disabled are found in pages, however many rest already. */
export class SuspensionPages1764520041000 implements MigrationInterface {
  name = 'SuspensionPages1764520041000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  /** Databases go forward only. */
  down(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be undone'));
  }
}
