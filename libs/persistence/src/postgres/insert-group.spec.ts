import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { OpenDatabase, Step } from '@valetkey/persistence';
import { ConditionFailed, statement, StoreUnavailable, WriteSet } from '@valetkey/persistence';
import { createPlace, type DatabasePlace } from '@valetkey/testing';
import { InsertGroup } from './insert-group.js';

const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const insertOf = (mark: string) => new WriteSet().expectOne(INSERT, [mark, 1]);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
const markOf = (step: Step | undefined) => String(step?.values[0]);
const refusal = (code: string) => Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code });

/** A group whose engine writes down what comes, and fails as the test says. */
function grouped(failTogether?: () => Error, failAlone: (mark: string) => Error | undefined = () => undefined) {
  const together: string[][] = [];
  const alone: string[] = [];
  const group = new InsertGroup({
    together: async (steps) => {
      together.push(steps.map(markOf));
      if (failTogether) throw failTogether();
      await Promise.resolve();
    },
    alone: async ({ steps }) => {
      alone.push(markOf(steps[0]));
      const cause = failAlone(markOf(steps[0]));
      if (cause) throw cause;
      return Promise.resolve([1]);
    },
  });
  return { together, alone, commit: (mark: string) => group.commit(insertOf(mark)) };
}

describe('lone inserts of one turn', () => {
  it('share transactions of 64 at most, in their order, and each is told its one row', async () => {
    const { together, alone, commit } = grouped();
    const marks = numbered(150);
    expect(await Promise.all(marks.map(commit))).toEqual(marks.map(() => [1]));
    expect(together).toEqual([marks.slice(0, 64), marks.slice(64, 128), marks.slice(128)]);
    expect(alone).toEqual([]);
  });

  it('one without company goes alone, so does the one left over behind a full group', async () => {
    const { together, alone, commit } = grouped();
    await commit('single');
    await Promise.all(numbered(65).map(commit));
    expect([together.map(({ length }) => length), alone]).toEqual([[64], ['single', '64']]);
  });

  it('nothing is sent before the turn ends, and what comes later is another group', async () => {
    const { together, commit } = grouped();
    const first = ['a', 'b'].map(commit);
    await Promise.resolve();
    expect(together).toEqual([]);
    await Promise.all(first);
    await Promise.all(['c', 'd'].map(commit));
    expect(together).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it.each(['23505', '40P01', '22021', '54000'])(
    'refused with %s each is sent alone once: one harms no other',
    async (code) => {
      const { together, alone, commit } = grouped(
        () => refusal(code),
        (mark) => (mark === '3' ? new ConditionFailed() : undefined),
      );
      const outcomes = await Promise.allSettled(numbered(10).map(commit));
      expect([together.length, alone]).toEqual([1, numbered(10)]);
      outcomes.forEach((outcome, index) => {
        if (index !== 3) expect(outcome).toEqual({ status: 'fulfilled', value: [1] });
        else expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(ConditionFailed) as unknown });
      });
    },
  );

  it.each(['57014', '55P03', '57P01', '53300', '25006', ''])(
    'after a time-out or a lost connection (%s) all fail at once as not available, and none is sent again',
    async (code) => {
      const { together, alone, commit } = grouped(() => (code === '' ? new Error('lost') : refusal(code)));
      const outcomes = await Promise.allSettled(numbered(64).map(commit));
      expect([together.length, alone]).toEqual([1, []]);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) as unknown });
      }
    },
  );
});

describe('lone inserts on a real PostgreSQL', () => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  beforeAll(async () => {
    place = await createPlace('postgres');
    open = await place.open();
  });
  afterAll(async () => {
    await open?.close();
    await place?.remove();
  });

  /** The transactions that wrote the rows whose mark begins so. */
  const transactionsOf = async (prefix: string): Promise<number[]> => {
    const sql = `SELECT count(*)::int AS rows FROM replay_mark WHERE mark LIKE '${prefix}%' GROUP BY xmin::text ORDER BY 1`;
    return (await open.dataSource.query<{ rows: number }[]>(sql)).map(({ rows }) => rows);
  };
  const commitAll = (marks: readonly string[]) =>
    Promise.allSettled(marks.map((mark) => open.database.commit(insertOf(mark))));

  it('150 of one turn are three transactions', async () => {
    const prefix = randomUUID();
    await commitAll(numbered(150).map((number) => `${prefix}.${number}`));
    expect(await transactionsOf(prefix)).toEqual([22, 64, 64]);
  });

  it('a mark that is there already fails its own insert alone; a mark asked for twice is written once', async () => {
    const prefix = randomUUID();
    await commitAll([`${prefix}.5`]);
    const outcomes = await commitAll([...numbered(20), '7'].map((number) => `${prefix}.${number}`));
    const failed = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [[index, outcome.reason as unknown]] : [],
    );
    expect(failed.map(([, cause]) => cause instanceof ConditionFailed)).toEqual([true, true]);
    expect(failed[0]?.[0]).toBe(5);
    expect([7, 20]).toContain(failed[1]?.[0]);
    expect(await transactionsOf(prefix)).toHaveLength(20);
  });
});
