import { likenessOf } from '@valetkey/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only those of the operator are looked for. */
const INDEX = `CREATE INDEX client_likeness ON client (likeness) WHERE managed_by <> 'registration'`;
const BATCH = 500;

/** What people take the names of clients for: no stranger registers one that is taken for an application of the operator. */
export class ClientLikeness1764800000010 implements MigrationInterface {
  name = 'ClientLikeness1764800000010';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.dataSource.options.type === 'postgres' ? 'text COLLATE "C"' : 'text';
    await runner.query(`ALTER TABLE client ADD COLUMN likeness ${text} NOT NULL DEFAULT ''`);
    await noteAll(runner);
    await runner.query(INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX client_likeness');
    await runner.query('ALTER TABLE client DROP COLUMN likeness');
  }
}

/** That of the clients that are there, as the store writes it for new ones. */
async function noteAll(runner: QueryRunner): Promise<void> {
  const mark = (position: number) => (runner.dataSource.options.type === 'postgres' ? `$${position}` : '?');
  for (let after = ''; ;) {
    const rows = (await runner.query(`SELECT id, name FROM client WHERE id > ${mark(1)} ORDER BY id LIMIT ${BATCH}`, [
      after,
    ])) as { id: string; name: string }[];
    for (const { id, name } of rows) {
      await runner.query(`UPDATE client SET likeness = ${mark(1)} WHERE id = ${mark(2)}`, [likenessOf(name), id]);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
