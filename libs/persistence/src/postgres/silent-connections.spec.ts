import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { OpenDatabase } from '@valetkey/persistence';
import { openDatabase, statement, StoreUnavailable, WriteSet } from '@valetkey/persistence';
import { createDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../../../../test/support/tcp-proxy.js';

const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const FIND = statement('SELECT mark FROM replay_mark WHERE mark = ?');

const TIMEOUT = 600;
/** In the queue, for a connection and for an answer, each as long at most; the rest is for a busy machine. */
const BOUND = 3 * TIMEOUT + 4_000;

const insert = (mark: string) => new WriteSet().expectOne(INSERT, [mark, 1]);
const insertTwo = (mark: string) => insert(`${mark}.1`).expectOne(INSERT, [mark, 1]);

describe('attack class 276: a network to PostgreSQL that passes nothing on', () => {
  let target: TestDatabase;
  let proxy: TcpProxy;
  let open: OpenDatabase;
  beforeAll(async () => {
    target = await createDatabase();
    const url = new URL(target.url);
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.host = `127.0.0.1:${proxy.port}`;
    open = await openDatabase({ type: 'postgres', url: url.href, pool: 5, queryTimeout: TIMEOUT });
  });
  afterAll(async () => {
    await open?.close();
    await proxy?.close();
    await target?.drop();
  });
  afterEach(() => proxy.resume());

  const database = () => open.database;
  /** Makes connections that wait in the pools. */
  const warmUp = () =>
    Promise.all([
      ...[1, 2].map(() => database().all(FIND, [randomUUID()])),
      ...[1, 2, 3].map(() => database().commit(insertTwo(randomUUID()))),
    ]);
  const failing = async (work: readonly Promise<unknown>[]) => {
    const began = Date.now();
    const outcomes = await Promise.all(work.map((one) => one.then(() => 'answered').catch((cause: unknown) => cause)));
    return { outcomes, lasted: Date.now() - began };
  };

  it('ends reads, lone inserts and transactions within the time, whether they had a connection or not', async () => {
    await warmUp();
    proxy.stall();
    const { outcomes, lasted } = await failing([
      database().get(FIND, [randomUUID()]),
      ...[1, 2, 3, 4].map(() => database().commit(insert(randomUUID()))),
      ...[1, 2, 3, 4].map(() => database().commit(insertTwo(randomUUID()))),
      database().ping(),
    ]);
    expect(outcomes.map((cause) => cause instanceof StoreUnavailable)).toEqual(outcomes.map(() => true));
    expect(lasted).toBeGreaterThanOrEqual(TIMEOUT - 50);
    expect(lasted).toBeLessThan(BOUND);
  });

  it('goes on when the network is back, with other connections, and keeps what it answered', async () => {
    await warmUp();
    proxy.stall();
    await failing([database().all(FIND, [randomUUID()]), database().commit(insertTwo(randomUUID()))]);
    proxy.resume();
    const marks = Array.from({ length: 12 }, () => randomUUID());
    await Promise.all(marks.map((mark, index) => database().commit(index % 2 === 0 ? insert(mark) : insertTwo(mark))));
    const found = await Promise.all(marks.map((mark) => database().get(FIND, [mark])));
    expect(found).toEqual(marks.map((mark) => ({ mark })));
  });

  it('leaves connections alone that are silent because nobody asks', async () => {
    await warmUp();
    const direct = new pg.Client({ connectionString: target.url });
    await direct.connect();
    const backends = async () => {
      const sql = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      return (await direct.query<{ pid: number }>(sql)).rows.map(({ pid }) => pid).sort();
    };
    const before = await backends();
    expect(before.length).toBeGreaterThanOrEqual(4);
    await wait(2 * TIMEOUT);
    expect(await backends()).toEqual(before);
    await direct.end();

    // They are watched all the same when somebody asks again.
    proxy.stall();
    const { outcomes, lasted } = await failing([database().get(FIND, [randomUUID()])]);
    expect([outcomes[0] instanceof StoreUnavailable, lasted < BOUND]).toEqual([true, true]);
  });

  it('queued reads do not wait for one another: all fail in time, however many there are', async () => {
    await warmUp();
    proxy.stall();
    const reads: Promise<unknown>[] = [];
    const began = Date.now();
    for (let burst = 0; burst < 10; burst += 1) {
      for (let read = 0; read < 60; read += 1) reads.push(database().get(FIND, [randomUUID()]));
      await wait(50);
    }
    const { outcomes } = await failing(reads);
    expect(outcomes.filter((cause) => !(cause instanceof StoreUnavailable))).toEqual([]);
    expect(Date.now() - began).toBeLessThan(BOUND + 500);
  });

  it('a statement that takes longer is ended by the engine itself', async () => {
    const { outcomes } = await failing([database().all(statement('SELECT 1 AS one FROM pg_sleep(30)'), [])]);
    expect(outcomes[0]).toBeInstanceOf(StoreUnavailable);
    await expect(database().ping()).resolves.toBeUndefined();
  });
});
