import { foldText } from '@valetkey/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `suspended_at`: since when an operator lets it have nothing; apart from `enabled`, which the configuration sets at every start.
 * `registered`: what an operator registered, with the names of RFC 7591.
 */
const COLUMNS = (text: string) => [
  'suspended_at bigint',
  'version integer NOT NULL DEFAULT 1',
  `registered ${text}`,
  `search_text ${text} NOT NULL DEFAULT ''`,
  `sort_name ${text} NOT NULL DEFAULT ''`,
];
/** When what a client holds was used last. */
const INDEX = `CREATE INDEX authorization_record_client_use ON authorization_record (client_id, last_used_at)
  WHERE last_used_at IS NOT NULL AND state IN ('active', 'suspended')`;
const BATCH = 500;

/** Clients that operators register, look for and suspend. */
export class OperatedClients1764600000020 implements MigrationInterface {
  name = 'OperatedClients1764600000020';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.dataSource.options.type === 'postgres' ? 'text COLLATE "C"' : 'text';
    for (const column of COLUMNS(text)) await runner.query(`ALTER TABLE client ADD COLUMN ${column}`);
    await foldAll(runner);
    await runner.query(INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX authorization_record_client_use');
    for (const column of COLUMNS('')) await runner.query(`ALTER TABLE client DROP COLUMN ${column.replace(/ .*/, '')}`);
  }
}

/** The words of the clients that are there, as the store writes them for new ones. */
async function foldAll(runner: QueryRunner): Promise<void> {
  const mark = (position: number) => (runner.dataSource.options.type === 'postgres' ? `$${position}` : '?');
  for (let after = ''; ;) {
    const rows = (await runner.query(
      `SELECT id, name, publisher FROM client WHERE id > ${mark(1)} ORDER BY id LIMIT ${BATCH}`,
      [after],
    )) as { id: string; name: string; publisher: string | null }[];
    for (const { id, name, publisher } of rows) {
      await runner.query(`UPDATE client SET search_text = ${mark(1)}, sort_name = ${mark(2)} WHERE id = ${mark(3)}`, [
        cut(foldText([name, publisher ?? '', id].join('\n')), 2000),
        cut(foldText(name), 60),
        id,
      ]);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

const cut = (text: string, longest: number) => [...text].slice(0, longest).join('');
