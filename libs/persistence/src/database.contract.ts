import { randomUUID } from 'node:crypto';
import type { OpenDatabase, SqlValue } from '@valetkey/persistence';
import { ConditionFailed, statement, StoreUnavailable, WriteSet } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';

// A table with one unique text and one big number is all that these tests need, and the schema has one.
const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const SET = statement('UPDATE replay_mark SET expires_at = ? WHERE mark = ?');
const SWAP = statement('UPDATE replay_mark SET expires_at = ? WHERE mark = ? AND expires_at = ?');
const RENAME = statement('UPDATE replay_mark SET mark = ? WHERE mark = ?');
const SET_BELOW = statement('UPDATE replay_mark SET expires_at = ? WHERE mark > ? AND mark < ?');
const DELETE = statement('DELETE FROM replay_mark WHERE mark = ?');
const DELETE_BELOW = statement('DELETE FROM replay_mark WHERE mark > ? AND mark < ?');
const FIND = statement('SELECT mark, expires_at FROM replay_mark WHERE mark = ?');
const BELOW = statement('SELECT mark FROM replay_mark WHERE mark > ? AND mark < ? ORDER BY mark');
const GUARD = statement('SELECT 1 FROM replay_mark WHERE mark = ?');
const GUARD_VALUE = statement('SELECT 1 FROM replay_mark WHERE mark = ? AND expires_at = ?');
const BROKEN = statement('INSERT INTO no_such_table (mark) VALUES (?)');

interface Mark {
  mark: string;
  expires_at: number;
}

/** What every engine promises about reads, write-sets and their conditions. */
export function databaseContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const name = () => randomUUID();
  const valueOf = async (mark: string) => (await database().get<Mark>(FIND, [mark]))?.expires_at;
  const insert = (mark: string, value = 0) => write(database(), (writes) => writes.expectOne(INSERT, [mark, value]));
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (cause: unknown) => cause,
    );

  describe('a write-set', () => {
    it('is committed as a whole and tells how many rows each step concerned', async () => {
      const [one, two] = [name(), name()];
      const writes = new WriteSet()
        .expectOne(INSERT, [one, 1])
        .expectOne(INSERT, [two, 2])
        .guard(GUARD, [one])
        .add(SET, [3, one])
        .add(SET, [3, name()]);
      expect(await database().commit(writes)).toEqual([1, 1, 1, 1, 0]);
      expect([await valueOf(one), await valueOf(two)]).toEqual([3, 2]);
    });

    it('without steps changes nothing', async () => {
      expect(await database().commit(new WriteSet())).toEqual([]);
    });

    type Fill = (writes: WriteSet, present: string) => WriteSet;
    it.each<[string, Fill]>([
      ['a condition that fails', (writes) => writes.expectOne(SET, [9, name()])],
      ['a guard that fails', (writes) => writes.guard(GUARD, [name()])],
      ['a unique value that is there already', (writes, present) => writes.expectOne(INSERT, [present, 9])],
      ['a unique value of an unconditional write', (writes, present) => writes.add(INSERT, [present, 9])],
      [
        'a write that concerns more rows than it must',
        (writes, present) =>
          writes.expectOne(INSERT, [`${present}.1`, 0]).expectOne(SET_BELOW, [9, present, `${present}~`]),
      ],
      [
        'a guard that finds more rows than it must',
        (writes, present) =>
          writes.guard(statement('SELECT 1 FROM replay_mark WHERE mark >= ? AND mark < ?'), [present, `${present}~`]),
      ],
    ])('is undone as a whole by %s: ConditionFailed', async (_what, fill) => {
      const [present, added] = [name(), name()];
      await insert(present, 1);
      const writes = new WriteSet().expectOne(INSERT, [added, 1]).expectOne(INSERT, [`${present}.0`, 1]);
      writes.expectOne(SET, [2, present]);
      const cause = await failure(database().commit(fill(writes, present).add(SET, [3, present])));
      expect(cause).toBeInstanceOf(ConditionFailed);
      expect([await valueOf(present), await valueOf(added)]).toEqual([1, undefined]);
    });

    it('of one step that concerns more rows than it must is undone, too', async () => {
      const prefix = name();
      await Promise.all(['a', 'b'].map((end) => insert(prefix + end, 1)));
      const writes = new WriteSet().expectOne(SET_BELOW, [2, prefix, `${prefix}~`]);
      expect(await failure(database().commit(writes))).toBeInstanceOf(ConditionFailed);
      expect([await valueOf(`${prefix}a`), await valueOf(`${prefix}b`)]).toEqual([1, 1]);
    });
  });

  describe('of 100 write-sets at once', () => {
    const failing: Record<string, (writes: WriteSet, taken: string) => void> = {
      'a condition': (writes) => void writes.expectOne(SET, [9, name()]),
      'a guard': (writes) => void writes.guard(GUARD, [name()]),
      'a unique value': (writes, taken) => void writes.expectOne(INSERT, [taken, 9]),
      'too many rows': (writes, taken) => void writes.expectOne(SET_BELOW, [9, `${taken}.`, `${taken}.~`]),
      'a statement that is wrong': (writes) => void writes.add(BROKEN, [name()]),
      'a value that no engine takes': (writes) => void writes.add(SET, [{} as SqlValue, name()]),
    };
    it.each(Object.keys(failing))('those that fail by %s leave nothing behind and harm no other', async (why) => {
      const taken = name();
      for (const end of ['', '.a', '.b']) await insert(taken + end, 1);
      const marks = Array.from({ length: 100 }, () => name());
      const fails = (index: number) => index % 3 === 1;
      const causes = await race(100, (index) => {
        const writes = new WriteSet().expectOne(INSERT, [marks[index] as string, index]);
        if (fails(index)) failing[why]?.(writes, taken);
        return failure(database().commit(writes));
      });
      expect(causes.map((cause) => cause !== undefined)).toEqual(marks.map((_, index) => fails(index)));
      const values = await Promise.all(marks.map(valueOf));
      expect(values).toEqual(marks.map((_, index) => (fails(index) ? undefined : index)));
      expect(await Promise.all(['', '.a', '.b'].map((end) => valueOf(taken + end)))).toEqual([1, 1, 1]);
    });

    it('lone statements that fail harm no other', async () => {
      const taken = name();
      for (const end of ['', '.a', '.b']) await insert(taken + end, 1);
      const marks = Array.from({ length: 100 }, () => name());
      const causes = await race(100, (index) => {
        const bad = [
          () => new WriteSet().expectOne(INSERT, [taken, 9]),
          () => new WriteSet().expectOne(SET_BELOW, [9, `${taken}.`, `${taken}.~`]),
          () => new WriteSet().add(BROKEN, [taken]),
        ][index % 5];
        return failure(database().commit(bad?.() ?? new WriteSet().expectOne(INSERT, [marks[index] as string, index])));
      });
      expect(causes.map((cause) => cause !== undefined)).toEqual(marks.map((_, index) => index % 5 < 3));
      expect(await Promise.all(marks.map(valueOf))).toEqual(
        marks.map((_, index) => (index % 5 < 3 ? undefined : index)),
      );
      expect(await Promise.all(['', '.a', '.b'].map((end) => valueOf(taken + end)))).toEqual([1, 1, 1]);
    });
  });

  describe('of 100 contenders', () => {
    it('for one conditional update exactly one wins', async () => {
      const mark = name();
      await insert(mark, 0);
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => writes.expectOne(SWAP, [index + 1, mark, 0])),
      );
      expect(winners(outcomes)).toBe(1);
      expect(await valueOf(mark)).toBe(outcomes.indexOf(true) + 1);
    });

    it('for one conditional update among other writes exactly one wins, and the others leave nothing', async () => {
      const mark = name();
      await insert(mark, 0);
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => {
          writes.expectOne(INSERT, [`${mark}.${index}`, 0]).expectOne(SWAP, [index + 1, mark, 0]);
        }),
      );
      expect(winners(outcomes)).toBe(1);
      const left = await database().all<Mark>(BELOW, [`${mark}.`, `${mark}.~`]);
      expect(left).toEqual([{ mark: `${mark}.${outcomes.indexOf(true)}` }]);
    });

    it('for one unique value exactly one wins', async () => {
      const mark = name();
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => writes.expectOne(INSERT, [mark, index])),
      );
      expect(winners(outcomes)).toBe(1);
      expect(await valueOf(mark)).toBe(outcomes.indexOf(true));
    });

    it('each counts once when every loser decides again', async () => {
      const mark = name();
      await insert(mark, 0);
      await race(20, async () => {
        for (let present = 0; ;) {
          present = (await valueOf(mark)) ?? 0;
          if (await commits(database(), (writes) => writes.expectOne(SWAP, [present + 1, mark, present]))) return;
        }
      });
      expect(await valueOf(mark)).toBe(20);
    });
  });

  it('sets that need the same rows in another order all succeed', async () => {
    const [one, two] = [name(), name()];
    await insert(one, 0);
    await insert(two, 0);
    const add = statement('UPDATE replay_mark SET expires_at = expires_at + 1 WHERE mark = ?');
    await race(8, (index) => {
      const [first, second] = index % 2 === 0 ? [one, two] : [two, one];
      return write(database(), (writes) => writes.expectOne(add, [first]).expectOne(add, [second]));
    });
    expect([await valueOf(one), await valueOf(two)]).toEqual([8, 8]);
  }, 20_000);

  describe('a guard', () => {
    it('and the end of what it relies on are never both true: 100 rounds', async () => {
      const rounds = await race(100, async () => {
        const parent = name();
        await insert(parent, 1);
        const [born] = await Promise.all([
          commits(database(), (writes) => writes.guard(GUARD_VALUE, [parent, 1]).expectOne(INSERT, [`${parent}.a`, 1])),
          commits(database(), (writes) => {
            writes.expectOne(DELETE, [parent]).add(DELETE_BELOW, [`${parent}.`, `${parent}.~`]);
          }),
        ]);
        return { born, alive: (await valueOf(`${parent}.a`)) !== undefined };
      });
      expect(rounds.filter(({ alive }) => alive)).toEqual([]);
    });
  });

  describe('reads', () => {
    it('see every commit that was answered', async () => {
      const seen = await race(100, async (index) => {
        const mark = name();
        await insert(mark, index);
        const first = await valueOf(mark);
        await write(database(), (writes) => writes.expectOne(SET, [index + 1, mark]));
        return [first, await valueOf(mark)];
      });
      expect(seen).toEqual(seen.map((_, index) => [index, index + 1]));
    });

    it('find nothing: undefined and an empty list', async () => {
      expect(await database().get(FIND, [name()])).toBeUndefined();
      expect(await database().all(FIND, [name()])).toEqual([]);
    });

    it('compare identifiers byte for byte: case, accents, composition and trailing spaces', async () => {
      const prefix = name();
      const marks = ['a', 'A', 'ä', 'a\u0308', 'a ', ' a', 'ａ', 'ß', 'ss', '', 'a\u200b'].map((end) => prefix + end);
      for (const [index, mark] of marks.entries()) await insert(mark, index);
      expect(await Promise.all(marks.map(valueOf))).toEqual(marks.map((_, index) => index));
      expect(await valueOf(prefix.toUpperCase())).toBeUndefined();
      expect(await valueOf(`${prefix}  `)).toBeUndefined();
    });

    it('order and page by bytes', async () => {
      const prefix = `${name()}.`;
      const ends = ['b', 'a', 'Z', '_', '-', '10', '9', 'é', 'z', '😀', '\uffee', 'a b', 'ab', 'a-b'];
      await Promise.all(ends.map((end) => insert(prefix + end)));
      const rows = await database().all<Mark>(BELOW, [prefix, prefix.replace(/\.$/, '/')]);
      const bytes = ends.map((end) => Buffer.from(end)).sort((one, other) => Buffer.compare(one, other));
      expect(rows.map(({ mark }) => mark.slice(prefix.length))).toEqual(bytes.map(String));
    });

    it.each([0, 1, -1, 2 ** 31, 4_102_444_800_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
      'return the number %d as it was written',
      async (value) => {
        const mark = name();
        await insert(mark, value);
        expect(await valueOf(mark)).toBe(value);
      },
    );

    it('count in numbers', async () => {
      const count = statement('SELECT count(*) AS marks, max(expires_at) AS latest FROM replay_mark WHERE mark = ?');
      expect(await database().get(count, [name()])).toEqual({ marks: 0, latest: null });
    });
  });

  describe('a NUL character', () => {
    it('is never written', async () => {
      const mark = name();
      const writing = async () => database().commit(new WriteSet().expectOne(INSERT, [`${mark}\0x`, 1]));
      expect(await failure(writing())).toBeInstanceOf(Error);
      expect(await database().all(BELOW, [mark, `${mark}~`])).toEqual([]);
    });

    it('finds nothing, and is no fault', async () => {
      const mark = name();
      await insert(mark, 1);
      expect(await database().get(FIND, [`${mark}\0`])).toBeUndefined();
      expect(await database().all(FIND, [`${mark}\0`])).toEqual([]);
    });
  });

  it('renames a unique value to one that is there: ConditionFailed', async () => {
    const [one, two] = [name(), name()];
    await insert(one, 1);
    await insert(two, 2);
    expect(await commits(database(), (writes) => writes.expectOne(RENAME, [one, two]))).toBe(false);
    expect(await valueOf(two)).toBe(2);
  });

  describe('a mistake of the program', () => {
    it('is no store that is away: another attempt would fail, too', async () => {
      const broken = statement('SELECT mark FROM no_such_table WHERE mark = ?');
      for (const work of [
        () => database().get(broken, [name()]),
        () => database().all(statement('SELECT no_such_column FROM replay_mark'), []),
        () => database().commit(new WriteSet().add(BROKEN, [name()])),
        () => database().commit(new WriteSet().add(BROKEN, [name()]).add(SET, [1, name()])),
      ]) {
        const cause = await failure(work());
        expect(cause).toBeDefined();
        expect(cause).not.toBeInstanceOf(StoreUnavailable);
        expect(cause).not.toBeInstanceOf(ConditionFailed);
      }
    });
  });

  it('answers a ping', async () => {
    await expect(database().ping()).resolves.toBeUndefined();
  });
}
