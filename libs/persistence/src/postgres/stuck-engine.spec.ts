import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { OpenDatabase } from '@valetkey/persistence';
import { openDatabase, statement, StoreUnavailable, WriteSet } from '@valetkey/persistence';
import { createDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { engineCodeOf } from './engine-failure.js';

const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const FIND = statement('SELECT mark FROM replay_mark WHERE mark = ?');
const SLEEP = statement('SELECT 1 AS one FROM pg_sleep(30)');

const TIMEOUT = 2_000;
/** One wait; a second one would not fit. */
const BOUND = 2 * TIMEOUT - 50;
const TOGETHER = 30;

describe('attack class 276: PostgreSQL that answers and does not get on', () => {
  let target: TestDatabase;
  let open: OpenDatabase;
  let other: pg.Client;
  beforeAll(async () => {
    target = await createDatabase();
    open = await openDatabase({ type: 'postgres', url: target.url, pool: 4, queryTimeout: TIMEOUT });
    other = new pg.Client({ connectionString: target.url });
    await other.connect();
  });
  afterAll(async () => {
    await other?.end();
    await open?.close();
    await target?.drop();
  });
  beforeEach(() => Promise.all([open.database.ping(), insert(randomUUID())]));
  afterEach(() => other.query('ROLLBACK'));

  const insert = (mark: string) => open.database.commit(new WriteSet().expectOne(INSERT, [mark, 1]));
  const find = (mark: string) => open.database.get(FIND, [mark]);
  const marks = () => Array.from({ length: TOGETHER }, () => randomUUID());
  const hold = async (sql: string) => {
    await other.query('BEGIN');
    await other.query(sql);
  };
  const endOthers = () =>
    other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'`);
  /** @returns how long it took */
  const allFail = async (work: readonly Promise<unknown>[], code: string): Promise<number> => {
    const began = performance.now();
    const causes = await Promise.all(
      work.map((one) =>
        one.then(
          () => 'answered',
          (cause: unknown) => (cause instanceof StoreUnavailable ? engineCodeOf(cause.cause) : cause),
        ),
      ),
    );
    expect([...new Set(causes)]).toEqual([code]);
    return performance.now() - began;
  };

  it('reads that share a packet with one that takes too long fail with it, within one time-out (57014)', async () => {
    const lasted = await allFail([open.database.all(SLEEP, []), ...marks().map(find)], '57014');
    expect(lasted).toBeLessThan(BOUND);
    expect(await find(randomUUID())).toBeUndefined();
  });

  it('reads that wait for a lock fail within one time-out, however many they are (55P03)', async () => {
    await hold('LOCK TABLE replay_mark IN ACCESS EXCLUSIVE MODE');
    expect(await allFail(marks().map(find), '55P03')).toBeLessThan(BOUND);
  });

  it('inserts that share a transaction with one that waits for a lock fail with it, and leave nothing (55P03)', async () => {
    const held = randomUUID();
    await hold(`INSERT INTO replay_mark (mark, expires_at) VALUES ('${held}', 1)`);
    const asked = marks();
    expect(await allFail([...asked, held].map(insert), '55P03')).toBeLessThan(BOUND);
    await other.query('ROLLBACK');
    expect((await Promise.all(asked.map(find))).filter(Boolean)).toEqual([]);
    await Promise.all([...asked, held].map(insert));
  });

  it.each([
    ['reads', find],
    ['inserts', insert],
  ])('%s whose connection is ended fail at once, and none is sent again (57P01)', async (_what, ask) => {
    await hold('LOCK TABLE replay_mark IN ACCESS EXCLUSIVE MODE');
    const asked = marks();
    const began = performance.now();
    const failed = allFail(asked.map(ask), '57P01');
    await wait(TIMEOUT / 5);
    await endOthers();
    await failed;
    expect(performance.now() - began).toBeLessThan(TIMEOUT);
    await other.query('ROLLBACK');
    expect((await Promise.all(asked.map(find))).filter(Boolean)).toEqual([]);
  });
});
