import { sha256 } from '@valetkey/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  'version integer NOT NULL DEFAULT 1',
  "person_key text NOT NULL DEFAULT ''",
  'why text',
  'reason text',
  'muted_until bigint',
];
const INDEXES = [
  'CREATE INDEX access_request_person ON access_request (person_key, id)',
  'CREATE INDEX policy_subject ON policy (subject, id)',
  'CREATE INDEX policy_request ON policy (request_id) WHERE request_id IS NOT NULL',
];
const BATCH = 1000;

interface Party {
  readonly issuer: string;
  readonly subject: string;
  readonly accountId?: string;
}

/** Requests are found by who asks, and remember what was said with a no. */
export class DecidedRequests1764540000041 implements MigrationInterface {
  name = 'DecidedRequests1764540000041';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await runner.query(`ALTER TABLE access_request ADD COLUMN ${column}`);
    await keyAll(runner);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['policy_request', 'policy_subject', 'access_request_person'])
      await runner.query(`DROP INDEX ${index}`);
    for (const column of COLUMNS)
      await runner.query(`ALTER TABLE access_request DROP COLUMN ${column.replace(/ .*/, '')}`);
  }
}

/** Who asked with the requests that are there, as the store writes it for new ones. */
async function keyAll(runner: QueryRunner): Promise<void> {
  const mark = (position: number) => (runner.dataSource.options.type === 'postgres' ? `$${position}` : '?');
  for (let after = ''; ;) {
    const rows = (await runner.query(
      `SELECT id, party FROM access_request WHERE id > ${mark(1)} ORDER BY id LIMIT ${BATCH}`,
      [after],
    )) as { id: string; party: string }[];
    for (const { id, party } of rows) {
      const values = [personKey(JSON.parse(party) as Party), id];
      await runner.query(`UPDATE access_request SET person_key = ${mark(1)} WHERE id = ${mark(2)}`, values);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function personKey({ issuer, subject, accountId }: Party): string {
  return sha256(accountId === undefined ? `partner:${issuer}\n${subject}` : `account:${accountId}`);
}
