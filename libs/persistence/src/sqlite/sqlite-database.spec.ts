import { closeSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { statement, StoreUnavailable, WriteSet } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace } from '@valetkey/testing';
import { isEngineFailure } from './engine-failure.js';

const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const FIND = statement('SELECT mark FROM replay_mark WHERE mark = ?');
const ALL = statement('SELECT mark FROM replay_mark ORDER BY expires_at');
const ROWS = 2_000;

/** Fills a database, closes it so that every page is in the file, and opens it again with nothing of the rows in memory. */
async function filled(place: DatabasePlace): Promise<OpenDatabase> {
  const first = await place.open();
  const writes = new WriteSet();
  for (let row = 0; row < ROWS; row += 1) writes.add(INSERT, [`${row}.${randomUUID()}`, row]);
  await first.database.commit(writes);
  await first.close();
  return place.open();
}

function overwrite(path: string): void {
  const file = openSync(path, 'r+');
  const { size } = statSync(path);
  // The first pages (header, list of tables) stay; the engine has read them and the file is still its own.
  writeSync(file, Buffer.alloc(size - 8_192, 0xee), 0, size - 8_192, 8_192);
  closeSync(file);
}

function truncate(path: string): void {
  const file = openSync(path, 'r+');
  ftruncateSync(file, 8_192);
  closeSync(file);
}

it.each([
  ['SQLITE_BUSY', true],
  ['SQLITE_BUSY_RECOVERY', true],
  ['SQLITE_LOCKED', true],
  ['SQLITE_IOERR_READ', true],
  ['SQLITE_FULL', true],
  ['SQLITE_CORRUPT_INDEX', true],
  ['SQLITE_READONLY_DBMOVED', true],
  ['SQLITE_ERROR', false],
  ['SQLITE_RANGE', false],
  ['SQLITE_MISMATCH', false],
  ['SQLITE_CONSTRAINT_UNIQUE', false],
  ['ENOENT', false],
])('%s is a failure of the engine: %s', (code, expected) => {
  expect(isEngineFailure(Object.assign(new Error(), { code }))).toBe(expected);
});

describe('attack class 276: a SQLite file that cannot be read', () => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  beforeEach(async () => {
    place = await createPlace('sqlite');
    open = await filled(place);
  });
  afterEach(async () => {
    await open.close();
    await place.remove();
  });

  it.each([
    ['overwritten', overwrite],
    ['cut off', truncate],
  ])('is a store that is not available, when it was %s', async (_what, damage) => {
    damage(place.location);
    await expect(open.database.all(ALL, [])).rejects.toThrow(StoreUnavailable);
    await expect(open.database.get(FIND, [randomUUID()])).rejects.toThrow(StoreUnavailable);
  });

  it('that cannot grow any more takes no write, keeps what it has, and goes on when there is room', async () => {
    const pages = async (most: number) => open.dataSource.query<object[]>(`PRAGMA max_page_count = ${most}`);
    await pages(1);
    const marks = Array.from({ length: 200 }, () => randomUUID().repeat(20));
    const outcomes = await Promise.allSettled(
      marks.map((mark) => open.database.commit(new WriteSet().expectOne(INSERT, [mark, 1]))),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((cause) => !(cause instanceof StoreUnavailable))).toEqual([]);
    const present = async () => {
      const found = await Promise.all(marks.map((mark) => open.database.get(FIND, [mark])));
      return found.map((row) => row !== undefined);
    };
    expect(await present()).toEqual(outcomes.map(({ status }) => status === 'fulfilled'));
    await pages(1_000_000);
    await open.database.commit(new WriteSet().expectOne(INSERT, ['room', 1]));
  });

  it('tells the cause to the log', async () => {
    overwrite(place.location);
    await expect(open.database.all(ALL, [])).rejects.toMatchObject({ cause: { code: 'SQLITE_CORRUPT' } });
  });
});
