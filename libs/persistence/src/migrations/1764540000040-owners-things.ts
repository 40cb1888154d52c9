import { foldText } from '@valetkey/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const COLUMNS = ['search_text', 'sort_name'];
const TABLES = [
  'CREATE TABLE resource_star (owner text NOT NULL, resource_id text NOT NULL, PRIMARY KEY (owner, resource_id))',
  `CREATE TABLE resource_label (owner text NOT NULL, label text NOT NULL, resource_id text NOT NULL,
     PRIMARY KEY (owner, label, resource_id))`,
];
const INDEXES = [
  'CREATE INDEX resource_listed ON resource (owner, resource_server_id, sort_name, id)',
  'CREATE INDEX resource_star_resource ON resource_star (resource_id)',
  'CREATE INDEX resource_label_resource ON resource_label (resource_id)',
];
const BATCH = 1000;
const TEXT_MEMBERS = /^(name|description)(#|$)/;

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly description: string;
}

/** How owners find and mark their resources: by words, in the order of names, by stars and labels. */
export class OwnersThings1764540000040 implements MigrationInterface {
  name = 'OwnersThings1764540000040';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.dataSource.options.type === 'postgres' ? 'text COLLATE "C"' : 'text';
    for (const column of COLUMNS) {
      await runner.query(`ALTER TABLE resource ADD COLUMN ${column} ${text} NOT NULL DEFAULT ''`);
    }
    await foldAll(runner);
    for (const table of TABLES) await createKeyOrderedTable(runner, table);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX resource_listed');
    for (const table of ['resource_label', 'resource_star']) await runner.query(`DROP TABLE ${table}`);
    for (const column of COLUMNS) await runner.query(`ALTER TABLE resource DROP COLUMN ${column}`);
  }
}

/** The words of the resources that are there, as the store writes them for new ones. */
async function foldAll(runner: QueryRunner): Promise<void> {
  const mark = (position: number) => (runner.dataSource.options.type === 'postgres' ? `$${position}` : '?');
  for (let after = ''; ;) {
    const rows = (await runner.query(
      `SELECT id, name, description FROM resource WHERE id > ${mark(1)} ORDER BY id LIMIT ${BATCH}`,
      [after],
    )) as Row[];
    for (const row of rows) {
      await runner.query(`UPDATE resource SET search_text = ${mark(1)}, sort_name = ${mark(2)} WHERE id = ${mark(3)}`, [
        searchText(row),
        cut(foldText(row.name ?? ''), 60),
        row.id,
      ]);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function searchText({ description }: Row): string {
  const members = Object.entries(JSON.parse(description) as Record<string, unknown>);
  const texts = members.filter(([name, text]) => TEXT_MEMBERS.test(name) && typeof text === 'string');
  return cut(foldText(texts.map(([, text]) => text).join('\n')), 2000);
}

const cut = (text: string, longest: number) => [...text].slice(0, longest).join('');
