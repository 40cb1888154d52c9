import { fdatasync, fstatSync, mkdtempSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { statement, StoreUnavailable, WriteSet } from '../write-set.js';
import { ExclusiveTurn } from './exclusive-turn.js';
import { SqliteDatabase } from './sqlite-database.js';
import { WriteAheadLog } from './write-ahead-log.js';

const INSERT = statement('INSERT INTO item (id) VALUES (?)');
const FIND = statement('SELECT id FROM item WHERE id = ?');

describe('a commit on SQLite', () => {
  let folder: string;
  let writer: Sqlite.Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'valetkey-log-'));
    writer = new Sqlite(join(folder, 'data.sqlite'));
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = FULL');
    writer.exec('CREATE TABLE item (id TEXT PRIMARY KEY)');
  });
  afterEach(() => {
    writer.close();
    rmSync(folder, { recursive: true });
  });
  const path = (): string => join(folder, 'data.sqlite');
  const insert = (database: SqliteDatabase, id: string) => database.commit(new WriteSet().expectOne(INSERT, [id]));

  /** A log whose disk does what the test says. */
  const controlled = () => {
    const waiting: { resolve: () => void; reject: (cause: Error) => void }[] = [];
    const log = {
      sync: () => new Promise<void>((resolve, reject) => waiting.push({ resolve, reject })),
      assertSound: () => undefined,
      close: () => undefined,
    };
    return { log, waiting };
  };
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  it('is answered when the log has reached the disk, and not before', async () => {
    const { log, waiting } = controlled();
    const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
    let answers = 0;
    const first = insert(database, 'a').then(() => (answers += 1));
    await turns();
    expect([waiting.length, answers]).toEqual([1, 0]);
    waiting[0]?.resolve();
    await first;
    expect(answers).toBe(1);
    await database.close();
  });

  it('what arrives meanwhile shares the next sync', async () => {
    const { log, waiting } = controlled();
    const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
    const all = [insert(database, 'a')];
    await turns();
    for (const id of ['b', 'c', 'd']) all.push(insert(database, id));
    await turns();
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve();
    await turns();
    expect(waiting).toHaveLength(2);
    waiting[1]?.resolve();
    await expect(Promise.all(all)).resolves.toHaveLength(4);
    await database.close();
  });

  it('leaves the connection at FULL for everybody else', async () => {
    const database = new SqliteDatabase(path(), writer, new ExclusiveTurn());
    await insert(database, 'a');
    expect(writer.pragma('synchronous', { simple: true })).toBe(2);
    await database.close();
  });

  it('is refused for ever once a sync has failed: the kernel may have dropped what it could not write', async () => {
    const lost = new WriteAheadLog(join(folder, 'nothing'));
    await expect(lost.sync()).rejects.toBeInstanceOf(StoreUnavailable);
    expect(() => lost.assertSound()).toThrow(StoreUnavailable);
    await expect(lost.sync()).rejects.toBeInstanceOf(StoreUnavailable);
    const refusing = new SqliteDatabase(path(), writer, new ExclusiveTurn(), lost);
    await expect(insert(refusing, 'c')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await refusing.get(FIND, ['c'])).toBeUndefined();
    await refusing.close();
  });

  it('nor does an ordinary transaction get a turn after that, one that waited for it neither', async () => {
    const { log, waiting } = controlled();
    const turn = new ExclusiveTurn();
    const database = new SqliteDatabase(path(), writer, turn, log);
    const commit = insert(database, 'a');
    await turns();
    const giveBack = await turn.take();
    const waits = turn.take();
    waiting[0]?.reject(new Error('EIO'));
    await expect(commit).rejects.toBeInstanceOf(StoreUnavailable);
    giveBack();
    await expect(waits).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(turn.take()).rejects.toBeInstanceOf(StoreUnavailable);
    await database.close();
  });

  describe('and what is made durable', () => {
    /** The files that were synced. */
    const observed = () => {
      const files: number[] = [];
      const log = new WriteAheadLog(path(), (descriptor, done) => {
        files.push(fstatSync(descriptor).ino);
        fdatasync(descriptor, done);
      });
      return { log, files };
    };
    const logFile = () => statSync(`${path()}-wal`).ino;

    it.each(['PASSIVE', 'FULL', 'RESTART', 'TRUNCATE'])(
      'is the log that SQLite writes to: from the first commit on, and after a checkpoint (%s)',
      async (mode) => {
        const { log, files } = observed();
        const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
        await insert(database, 'a');
        expect(files).toEqual([logFile()]);
        expect(writer.pragma(`wal_checkpoint(${mode})`)).toMatchObject([{ busy: 0 }]);
        const { size } = statSync(`${path()}-wal`);
        await insert(database, 'b');
        expect(files).toEqual([logFile(), logFile()]);
        // It is this file that the commit wrote to.
        if (mode === 'TRUNCATE') expect([size, statSync(`${path()}-wal`).size > 0]).toEqual([0, true]);
        await database.close();
      },
    );

    it('is the new log after a start that made one', async () => {
      const first = observed();
      const before = new SqliteDatabase(path(), writer, new ExclusiveTurn(), first.log);
      await insert(before, 'a');
      await before.close();
      writer.close();
      expect(() => logFile()).toThrow('ENOENT');
      writer = new Sqlite(path());
      const second = observed();
      const after = new SqliteDatabase(path(), writer, new ExclusiveTurn(), second.log);
      await insert(after, 'b');
      expect(second.files).toEqual([logFile()]);
      expect(await after.get(FIND, ['a'])).toEqual({ id: 'a' });
      await after.close();
    });

    it.each([
      ['removed', () => unlinkSync(`${path()}-wal`)],
      [
        'replaced',
        () => {
          new Sqlite(`${path()}.other`).close();
          renameSync(`${path()}.other`, `${path()}-wal`);
        },
      ],
    ])(
      'a log that was %s under the server ends its commits for good: no later start would find them',
      async (_, act) => {
        const database = new SqliteDatabase(path(), writer, new ExclusiveTurn());
        await insert(database, 'a');
        act();
        await expect(insert(database, 'b')).rejects.toBeInstanceOf(StoreUnavailable);
        await expect(insert(database, 'c')).rejects.toBeInstanceOf(StoreUnavailable);
        await expect(database.ping()).rejects.toBeInstanceOf(StoreUnavailable);
        await database.close();
      },
    );
  });

  describe('decision 0001: a commit that is not durable yet', () => {
    it('is seen by reads, while neither its writer nor one who fails because of it is answered', async () => {
      const { log, waiting } = controlled();
      const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
      const told: string[] = [];
      const first = insert(database, 'a').then(() => told.push('written'));
      const second = database.tryCommit(new WriteSet().expectOne(INSERT, ['a'])).then((held) => told.push(`${held}`));
      await turns();
      expect(await database.get(FIND, ['a'])).toEqual({ id: 'a' });
      expect(told).toEqual([]);
      waiting[0]?.resolve();
      await Promise.all([first, second]);
      expect(told).toEqual(['written', 'false']);
      await database.close();
    });

    it('is durable before anything that was decided on it: the next commit waits for its sync', async () => {
      const { log, waiting } = controlled();
      const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
      const first = insert(database, 'a');
      await turns();
      const guarded = new WriteSet().guard(FIND, ['a']).expectOne(INSERT, ['b']);
      const second = database.commit(guarded);
      await turns();
      expect([waiting.length, await database.get(FIND, ['b'])]).toEqual([1, undefined]);
      waiting[0]?.resolve();
      await first;
      await turns();
      expect([waiting.length, await database.get(FIND, ['b'])]).toEqual([2, { id: 'b' }]);
      waiting[1]?.resolve();
      await second;
      await database.close();
    });

    it('was told to nobody when its sync fails, and the server is not ready any more', async () => {
      let fail = (): void => undefined;
      const log = new WriteAheadLog(path(), (_, done) => (fail = () => done(new Error('EIO'))));
      const database = new SqliteDatabase(path(), writer, new ExclusiveTurn(), log);
      const commit = insert(database, 'a');
      await turns();
      expect(await database.get(FIND, ['a'])).toEqual({ id: 'a' });
      fail();
      await expect(commit).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(database.ping()).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(insert(database, 'b')).rejects.toBeInstanceOf(StoreUnavailable);
      await database.close();
    });
  });
});
