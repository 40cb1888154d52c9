/**
 * Many resources with a policy each. The server makes the first pair over HTTP; the database multiplies it: that takes
 * seconds where a million HTTP requests would take minutes, and knows no column that the server does not know.
 */
import Database from 'better-sqlite3';
import pg from 'pg';
import { succeed } from '../machine/network.mjs';
import { SCOPE } from './valetkey.instance.mjs';

/**
 * Registers resources over HTTP, each with a policy that lets the bench client in.
 * @param {string} origin
 * @param {{ pat: string, owner: string }} tokens
 * @param {number} count
 * @returns {Promise<string[]>} ids of the resources
 */
export async function registerResources(origin, { pat, owner }, count) {
  const ids = [];
  for (let index = 0; index < count; index++) {
    const resource = { name: `Album ${index}`, resource_scopes: [SCOPE, 'print'] };
    const { _id: id } = await succeed(`${origin}/uma/resources/`, { headers: bearer(pat), json: resource });
    const policy = { resource_id: id, subject: { type: 'client' }, client_id: 'bench-uma', scopes: [SCOPE] };
    await succeed(`${origin}/me/policies`, { headers: bearer(owner), json: policy });
    ids.push(id);
  }
  return ids;
}

/** @param {string} token */
export const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** The id of seeded resource n, in both dialects and in load/ticket-to-rpt.lua: spread like random ids, but computable. */
const ID = {
  sqlite: "printf('%08x-bench-%07d', (n * 2654435761) % 4294967296, n)",
  postgres: "lpad(to_hex((n * 2654435761) % 4294967296), 8, '0') || '-bench-' || lpad(n::text, 7, '0')",
};

const NUMBERS = {
  sqlite: (/** @type {number} */ count) =>
    `(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count}) select n from numbers)`,
  postgres: (/** @type {number} */ count) => `(select n from generate_series(1::bigint, ${count}) as n)`,
};

/**
 * A statement that repeats the only row of a table with other ids.
 * @param {'sqlite' | 'postgres'} engine
 * @param {{ table: string, columns: string[], count: number }} what
 */
function multiplication(engine, { table, columns, count }) {
  const idColumns = table === 'policy' ? ['id', 'resource_id'] : ['id'];
  const values = columns.map((column) => (idColumns.includes(column) ? ID[engine] : `original.${column}`));
  const list = columns.join(', ');
  return `insert into ${table} (${list}) select ${values.join(', ')} from (select * from ${table}) as original, ${NUMBERS[engine](count)} as number`;
}

const TABLES = ['resource', 'policy'];

/**
 * Repeats the one resource and the one policy that an installation has. The server must not be running.
 * @param {import('./valetkey.instance.mjs').Instance} instance
 * @param {number} count
 */
export async function multiplyResources({ storage, database }, count) {
  await (storage === 'sqlite' ? multiplyInSqlite(database, count) : multiplyInPostgres(database, count));
}

/** @param {string} file @param {number} count */
function multiplyInSqlite(file, count) {
  const database = new Database(file);
  try {
    for (const table of TABLES) {
      const columns = /** @type {{ name: string }[]} */ (database.pragma(`table_info(${table})`)).map(
        ({ name }) => name,
      );
      database.exec(multiplication('sqlite', { table, columns, count }));
    }
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** @param {string} url @param {number} count */
async function multiplyInPostgres(url, count) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const table of TABLES) {
      const { rows } = await client.query(
        'select column_name from information_schema.columns where table_schema = current_schema and table_name = $1',
        [table],
      );
      const columns = rows.map((row) => row.column_name);
      await client.query(multiplication('postgres', { table, columns, count }));
      await client.query(`vacuum analyze ${table}`); // now, not by the autovacuum in the middle of a measurement
    }
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
