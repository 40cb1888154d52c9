import type { MigrationInterface, QueryRunner } from 'typeorm';
import { noteLikenesses } from './note-likenesses.js';

/** Only those of the operator are looked for. */
const INDEX = `CREATE INDEX client_likeness ON client (likeness) WHERE managed_by <> 'registration'`;

/** What people take the names of clients for: no stranger registers one that is taken for an application of the operator. */
export class ClientLikeness1764800000010 implements MigrationInterface {
  name = 'ClientLikeness1764800000010';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.dataSource.options.type === 'postgres' ? 'text COLLATE "C"' : 'text';
    await runner.query(`ALTER TABLE client ADD COLUMN likeness ${text} NOT NULL DEFAULT ''`);
    await noteLikenesses(runner);
    await runner.query(INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX client_likeness');
    await runner.query('ALTER TABLE client DROP COLUMN likeness');
  }
}
