import { searchWords } from '@valetkey/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

const MOST_WORDS = 16;
const BATCH = 500;
const UMA_TICKET = '"urn:ietf:params:oauth:grant-type:uma-ticket"';

interface Named {
  readonly id: string;
  readonly texts: readonly (string | null)[];
}

/** Whose names begin with what somebody types: one row for each word of each account and client. */
export class Directory1764540000031 implements MigrationInterface {
  name = 'Directory1764540000031';

  async up(runner: QueryRunner): Promise<void> {
    for (const who of ['account', 'client']) {
      const table = `CREATE TABLE ${who}_word (word text NOT NULL, ${who}_id text NOT NULL, PRIMARY KEY (word, ${who}_id))`;
      await createKeyOrderedTable(runner, table);
      await runner.query(`CREATE INDEX ${who}_word_of ON ${who}_word (${who}_id, word)`);
    }
    await note(runner, 'account', 'id, username AS one, email AS two, name AS three', "username NOT LIKE ' %'");
    await note(
      runner,
      'client',
      'id, name AS one, publisher AS two, NULL AS three',
      `grant_types LIKE '%${UMA_TICKET}%'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE client_word');
    await runner.query('DROP TABLE account_word');
  }
}

/** The words of all that are there already, batch by batch. */
async function note(runner: QueryRunner, of: 'account' | 'client', columns: string, which: string): Promise<void> {
  const mark = runner.dataSource.options.type === 'postgres' ? (index: number) => `$${String(index)}` : () => '?';
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows = (await runner.query(
      `SELECT ${columns} FROM ${of} WHERE id > ${mark(1)} AND ${which} ORDER BY id LIMIT ${String(BATCH)}`,
      [after],
    )) as { id: string; one: string | null; two: string | null; three: string | null }[];
    for (const { id, one, two, three } of rows) await insert(runner, of, { id, texts: [one, two, three] }, mark);
    after = rows.at(-1)?.id;
  }
}

async function insert(
  runner: QueryRunner,
  of: string,
  { id, texts }: Named,
  mark: (index: number) => string,
): Promise<void> {
  const words = [...new Set(texts.flatMap((text) => searchWords(text ?? '')))].slice(0, MOST_WORDS);
  if (words.length === 0) return;
  const rows = words.map((_, index) => `(${mark(2 * index + 1)}, ${mark(2 * index + 2)})`);
  const values = words.flatMap((word) => [word, id]);
  await runner.query(`INSERT INTO ${of}_word (word, ${of}_id) VALUES ${rows.join(', ')}`, values);
}
