import { mkdtempSync, rmSync } from 'node:fs';
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
});
