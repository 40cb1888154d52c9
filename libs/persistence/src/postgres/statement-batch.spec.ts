import pg from 'pg';
import type { SqlValue } from '@valetkey/persistence';
import { statement, WriteSet } from '@valetkey/persistence';
import { createDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { PreparedStatements } from './prepared-statements.js';
import type { BatchStatement, StatementResult } from './statement-batch.js';
import { bind, StatementBatch } from './statement-batch.js';

const INSERT = statement('INSERT INTO item (id, amount) VALUES (?, ?)');
const SET = statement('UPDATE item SET amount = ? WHERE id = ?');
const FIND = statement('SELECT id, amount FROM item WHERE id = ?');
const COUNT = statement('SELECT count(*) AS items FROM item');
const WRONG = statement('SELECT nothing FROM item');

describe('a batch of statements on PostgreSQL', () => {
  let target: TestDatabase;
  let client: pg.Client;
  let prepared: PreparedStatements;
  beforeAll(async () => {
    target = await createDatabase();
  });
  afterAll(() => target?.drop());
  beforeEach(async () => {
    prepared = new PreparedStatements();
    client = new pg.Client({ connectionString: target.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('DROP TABLE IF EXISTS item');
    await client.query('CREATE TABLE item (id text PRIMARY KEY, amount bigint)');
  });
  afterEach(() => client.end());

  const of = (one: { sql: string }, values: readonly SqlValue[] = []) => bind(prepared.ofRead(one), values);
  /** The steps in the form in which the engine itself checks their conditions. */
  const conditional = (fill: (writes: WriteSet) => WriteSet) =>
    fill(new WriteSet()).steps.map((step) => bind(prepared.ofStep(step), step.values));
  const run = (statements: readonly BatchStatement[]): Promise<readonly StatementResult[]> =>
    client.query(new StatementBatch(statements)).done;
  const items = async () => (await client.query<{ id: string; amount: string }>('SELECT * FROM item ORDER BY id')).rows;

  it('gives each statement its own rows and count, in their order', async () => {
    const results = await run([
      of(INSERT, ['a', 1]),
      of(INSERT, ['b', 2]),
      of(FIND, ['b']),
      of(SET, [3, 'none']),
      of(statement('UPDATE item SET amount = amount + 10'), []),
      of(FIND, ['a']),
      of(FIND, ['none']),
    ]);
    expect(results.map(({ count }) => count)).toEqual([1, 1, 1, 0, 2, 1, 0]);
    const rows = results.map((result) => result.rows);
    expect(rows).toEqual([[], [], [{ id: 'b', amount: 2 }], [], [], [{ id: 'a', amount: 11 }], []]);
  });

  it('gives the same the second time, when the connection knows the statements and describes nothing', async () => {
    const batch = () => [
      of(FIND, ['a']),
      of(COUNT),
      of(FIND, ['b']),
      of(INSERT, [`${Math.random()}`, null]),
      of(COUNT),
    ];
    await run([of(INSERT, ['a', 1])]);
    const counts = (results: readonly StatementResult[]) => [results[1]?.rows, results[4]?.rows];
    const first = await run(batch());
    const second = await run(batch());
    expect(counts(first)).toEqual([[{ items: 1 }], [{ items: 2 }]]);
    expect(counts(second)).toEqual([[{ items: 2 }], [{ items: 3 }]]);
    expect([second[0]?.rows, second[2]?.rows]).toEqual([[{ id: 'a', amount: 1 }], []]);
  });

  it('without statements is answered with none, and the connection goes on', async () => {
    expect(await run([])).toEqual([]);
    expect((await run([of(COUNT)]))[0]?.rows).toEqual([{ items: 0 }]);
  });

  it.each<[string, string, (writes: WriteSet) => WriteSet]>([
    ['a write that concerns no row', '22012', (writes) => writes.expectOne(SET, [9, 'none'])],
    [
      'a guard that finds nothing',
      '22012',
      (writes) => writes.guard(statement('SELECT 1 FROM item WHERE id = ?'), ['none']),
    ],
    ['a unique value that is there', '23505', (writes) => writes.expectOne(INSERT, ['present', 9])],
    [
      'more rows than one',
      '22012',
      (writes) => writes.expectOne(statement('UPDATE item SET amount = ? WHERE id >= ?'), [9, '']),
    ],
    ['a statement that is wrong', '42703', (writes) => writes.add(WRONG, [])],
  ])('is undone as a whole by %s, wherever it stands, and the connection goes on', async (_what, code, bad) => {
    await run([of(INSERT, ['present', 1]), of(INSERT, ['second', 1])]);
    const before = await items();
    const good = (id: string) => (writes: WriteSet) => writes.expectOne(INSERT, [id, 1]).expectOne(SET, [2, 'present']);
    for (const at of [0, 1, 2]) {
      const batches = [conditional(good('x')), conditional(good('y'))];
      batches.splice(at, 0, conditional(bad));
      await expect(run(batches.flat())).rejects.toMatchObject({ code });
      expect(await items()).toEqual(before);
    }
    expect((await run([of(COUNT), of(FIND, ['present'])])).map(({ rows }) => rows)).toEqual([
      [{ items: 2 }],
      [{ id: 'present', amount: 1 }],
    ]);
  });

  it('names that the engine had parsed before a failure are known, those behind it are sent again', async () => {
    await expect(run([of(COUNT), of(WRONG), of(FIND, ['a'])])).rejects.toMatchObject({ code: '42703' });
    const names = async () => (await client.query<{ name: string }>('SELECT name FROM pg_prepared_statements')).rows;
    expect(await names()).toHaveLength(1);
    expect((await run([of(FIND, ['a']), of(COUNT)])).map(({ count }) => count)).toEqual([0, 1]);
    expect(await names()).toHaveLength(2);
  });

  it('has no limit of its own: a thousand statements, a megabyte in one value, ten thousand rows', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`);
    const results = await run(ids.flatMap((id) => [of(INSERT, [id, Number(id)]), of(FIND, [id])]));
    expect(results).toHaveLength(2_000);
    expect(results.filter((_, index) => index % 2 === 1).map(({ rows }) => rows[0]?.['amount'])).toEqual(
      ids.map(Number),
    );
    const [long, many] = await run([
      of(statement('SELECT length(?) AS size'), ['x'.repeat(1_000_000)]),
      of(statement('SELECT n FROM generate_series(1, 10000) AS n'), []),
    ]);
    expect(long?.rows).toEqual([{ size: 1_000_000 }]);
    expect([many?.count, many?.rows.length, many?.rows.at(-1)]).toEqual([10_000, 10_000, { n: 10_000 }]);
  });

  it('writes text, numbers and nothing, and reads instants and counts as numbers', async () => {
    const row = await run([
      of(
        statement(`SELECT CAST(? AS bigint) AS big, CAST(? AS integer) AS small, ? || '' AS text, CAST(? AS text) AS none,
        CAST(? AS bigint) < 0 AS below`),
        [Number.MAX_SAFE_INTEGER, 7, "it's; -- ü😀", null, -1],
      ),
    ]);
    const expected = { big: Number.MAX_SAFE_INTEGER, small: 7, text: "it's; -- ü😀", none: null, below: true };
    expect(row[0]?.rows).toEqual([expected]);
  });

  it.each([[true], [{}], [undefined], [1n]])('%s is no value: refused before anything is sent', (value) => {
    expect(() => of(FIND, [value as unknown as SqlValue])).toThrow(TypeError);
  });

  it('fails when its connection is ended', async () => {
    const [row] = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    const failed = expect(run([of(COUNT), of(statement('SELECT 1 FROM pg_sleep(10)'), [])])).rejects.toMatchObject({
      code: '57P01',
    });
    const other = new pg.Client({ connectionString: target.url });
    await other.connect();
    await other.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await other.end();
    await failed;
  });
});
