import { race } from './outcomes.js';
import { SetClock } from './set-clock.js';
import { WatchedDatabase } from './watched-database.js';
import type { OpenDatabase } from '@valetkey/persistence';

/** A look-up that is remembered for half a second. */
export interface RememberedLookUp {
  /** Makes what looks up, on this database and clock. */
  readonly make: (database: WatchedDatabase, clock: SetClock) => (key: string) => Promise<unknown>;
  /** Stores something that is found, and says its key. */
  readonly store: () => Promise<string>;
  /** Changes what is stored under the key, so that the look-up says something else. */
  readonly change: (key: string) => Promise<void>;
  /** Statements of one look-up. */
  readonly statements: number;
}

const REMEMBERED = 500;
const AT_ONCE = 1_000;

/** What holds for every look-up that is remembered: many at once are one read, and nobody sees a change later than promised. */
export function sharedReadsContract(open: () => OpenDatabase, lookUp: RememberedLookUp): void {
  const setUp = async () => {
    const database = new WatchedDatabase(open().database);
    const clock = new SetClock(1_700_000_000_000);
    return { database, clock, find: lookUp.make(database, clock), key: await lookUp.store() };
  };

  it('many look-ups at once, the remembered answer being over, are one read (attack class 269)', async () => {
    const { database, clock, find, key } = await setUp();
    const first = await find(key);
    clock.time += REMEMBERED;
    database.reads.length = 0;
    expect(new Set(await race(AT_ONCE, () => find(key)))).toHaveProperty('size', 1);
    expect([await find(key), database.reads.length]).toEqual([first, lookUp.statements]);
  });

  it('a read that failed is not kept: the next one finds', async () => {
    const { database, find, key } = await setUp();
    database.failure = new Error('gone for a moment');
    const outcomes = await race(3, () => find(key).catch((cause: unknown) => cause));
    expect(outcomes).toEqual(Array(3).fill(new Error('gone for a moment')));
    expect(await find(key)).toBeTruthy();
  });

  it('a change is seen half a second later at the latest', async () => {
    const { clock, find, key } = await setUp();
    const before = await find(key);
    await lookUp.change(key);
    clock.time += REMEMBERED - 1;
    expect(await find(key)).toEqual(before);
    clock.time += 1;
    expect(await find(key)).not.toEqual(before);
  });
}
