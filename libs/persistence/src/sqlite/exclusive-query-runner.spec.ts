import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenDatabase } from '@valetkey/persistence';
import { statement, WriteSet } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace } from '@valetkey/testing';

const INSERT = 'INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)';
const COMMITTED_INSERT = statement(INSERT);
const MARKS = statement('SELECT mark FROM replay_mark WHERE mark > ? AND mark < ? ORDER BY mark');

/** Stock TypeORM shares one SQLite connection between concurrent flows, and their transactions run into each other. */
describe('TypeORM on SQLite, beside the committer', () => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  beforeAll(async () => {
    place = await createPlace('sqlite');
    open = await place.open();
  });
  afterAll(async () => {
    await open.close();
    await place.remove();
  });

  const marksOf = async (prefix: string) =>
    (await open.database.all<{ mark: string }>(MARKS, [prefix, `${prefix}~`])).map(({ mark }) =>
      mark.slice(prefix.length),
    );

  /** A transaction with pauses between its statements, so that others could come between. */
  const transaction = (prefix: string, rollBack: boolean) =>
    open.dataSource
      .transaction(async (manager) => {
        for (const end of ['a', 'b', 'c']) {
          await manager.query(INSERT, [prefix + end, 1]);
          await nextTurn();
        }
        if (rollBack) throw new Error('changed my mind');
      })
      .then(
        () => 'committed',
        () => 'rolled back',
      );

  it('40 transactions at once, half of them rolled back, with commits between: each is whole or nothing', async () => {
    const prefix = randomUUID();
    const isKept = (index: number) => index % 2 === 0;
    const transactions = Array.from({ length: 40 }, (_, index) => transaction(`${prefix}.t${index}.`, !isKept(index)));
    const commits: Promise<readonly number[]>[] = [];
    for (let index = 0; index < 200; index += 1) {
      const mark = `${prefix}.c${String(index).padStart(3, '0')}`;
      commits.push(open.database.commit(new WriteSet().expectOne(COMMITTED_INSERT, [mark, 1])));
      if (index % 10 === 0) await nextTurn();
    }
    expect(await Promise.all(transactions)).toEqual(
      transactions.map((_, index) => (isKept(index) ? 'committed' : 'rolled back')),
    );
    await Promise.all(commits);
    for (const [index] of transactions.entries()) {
      expect(await marksOf(`${prefix}.t${index}.`)).toEqual(isKept(index) ? ['a', 'b', 'c'] : []);
    }
    expect(await marksOf(`${prefix}.c`)).toHaveLength(200);
  });

  it('a transaction left open is rolled back when its runner is released', async () => {
    const prefix = randomUUID();
    const runner = open.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(INSERT, [`${prefix}.lost`, 1]);
    await runner.release();
    await open.database.commit(new WriteSet().expectOne(COMMITTED_INSERT, [`${prefix}.kept`, 1]));
    expect(await marksOf(`${prefix}.`)).toEqual(['kept']);
    expect(await transaction(`${prefix}.next.`, false)).toBe('committed');
  });

  it('a nested transaction is a savepoint of the outer one', async () => {
    const prefix = randomUUID();
    await open.dataSource.transaction(async (manager) => {
      await manager.query(INSERT, [`${prefix}.a`, 1]);
      const inner = manager.transaction(async (nested) => {
        await nested.query(INSERT, [`${prefix}.b`, 1]);
        throw new Error('only the inner one');
      });
      await inner.catch(() => undefined);
      await manager.query(INSERT, [`${prefix}.c`, 1]);
    });
    expect(await marksOf(`${prefix}.`)).toEqual(['a', 'c']);
  });

  it('a statement that fails gives the turn back', async () => {
    const prefix = randomUUID();
    await expect(open.dataSource.query('INSERT INTO no_such_table VALUES (1)')).rejects.toThrow(/no such table/);
    expect(await transaction(`${prefix}.`, false)).toBe('committed');
  });

  it('what is not committed is seen by nobody', async () => {
    const prefix = randomUUID();
    let seen: string[] | undefined;
    await open.dataSource.transaction(async (manager) => {
      await manager.query(INSERT, [`${prefix}.a`, 1]);
      seen = await marksOf(`${prefix}.`);
    });
    expect([seen, await marksOf(`${prefix}.`)]).toEqual([[], ['a']]);
  });

  it('a flow that waits for itself fails after ten seconds with the mistake by name', async () => {
    const prefix = randomUUID();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    const work = open.dataSource.transaction(async (manager) => {
      await manager.query(INSERT, [`${prefix}.a`, 1]);
      // A repository of the data source, not of the transaction: it can never have its turn.
      await open.dataSource.query(INSERT, [`${prefix}.b`, 1]);
    });
    const refused = expect(work).rejects.toThrow(/repository used outside its own transaction/);
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    jest.advanceTimersByTime(10_000);
    await refused;
    jest.useRealTimers();
    expect(await marksOf(`${prefix}.`)).toEqual([]);
    expect(await transaction(`${prefix}.next.`, false)).toBe('committed');
  });
});
