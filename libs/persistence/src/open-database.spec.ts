import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { statement, WriteSet } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace, describeEngines } from '@valetkey/testing';
import { MIGRATIONS } from './migrations/index.js';

const TABLES = {
  sqlite: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
  postgres: `SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'
    ORDER BY table_name::text COLLATE "C"`,
};
const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const COUNT = statement('SELECT count(*) AS marks FROM replay_mark');

const tablesOf = async (place: DatabasePlace): Promise<string[]> => {
  const open = await place.open();
  const rows = await open.database.all<{ name: string }>(statement(TABLES[place.engine]), []);
  await open.close();
  return rows.map(({ name }) => name);
};

async function withPlace<T>(engine: DatabasePlace['engine'], work: (place: DatabasePlace) => Promise<T>): Promise<T> {
  const place = await createPlace(engine);
  try {
    return await work(place);
  } finally {
    await place.remove();
  }
}

describeEngines('opening the database', (engine) => {
  const onPlace = <T>(work: (place: DatabasePlace) => Promise<T>) => withPlace(engine, work);

  it('makes the schema, and finds it made the second time with all data', () =>
    onPlace(async (place) => {
      const first = await place.open();
      await first.database.commit(new WriteSet().expectOne(INSERT, [randomUUID(), 1]));
      await first.close();
      const second = await place.open();
      expect(await second.database.get(COUNT, [])).toEqual({ marks: 1 });
      expect(await second.dataSource.query('SELECT count(*) AS done FROM migrations')).toEqual([
        { done: MIGRATIONS.length },
      ]);
      await second.close();
    }));

  it('refuses a schema newer than this program, changes nothing and lets go of the database', () =>
    onPlace(async (place) => {
      const open = await place.open();
      const newer = `INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'FromTheFuture1999999999999')`;
      await open.dataSource.query(newer);
      await open.close();
      await expect(place.open()).rejects.toThrow(/schema is newer than this program \(FromTheFuture1999999999999\)/);
      await expect(place.open()).rejects.toThrow(/schema is newer/);
    }));
});

it('both engines get the same tables', async () => {
  const [sqlite, postgres] = await Promise.all([withPlace('sqlite', tablesOf), withPlace('postgres', tablesOf)]);
  expect(sqlite).toEqual(postgres);
  expect(sqlite).toContain('authorization_record');
});

describe('more than one opener', () => {
  it('of an empty PostgreSQL database: one migrates, the others wait and find it done', () =>
    withPlace('postgres', async (place) => {
      const opened = await Promise.all(Array.from({ length: 4 }, () => place.open()));
      const rows: unknown = await opened[0]?.dataSource.query('SELECT count(*) AS done FROM migrations');
      expect(rows).toEqual([{ done: MIGRATIONS.length }]);
      await Promise.all(opened.map((open) => open.close()));
    }));

  it('of one SQLite file: the second is refused and told why; when the first is gone it gets in', () =>
    withPlace('sqlite', async (place) => {
      const first = await place.open();
      await expect(place.open()).rejects.toThrow(/another process is using .*: stop it first, or use PostgreSQL/);
      await first.database.ping();
      await first.close();
      await (await place.open()).close();
    }));

  it('of a SQLite file: the file is readable by its owner only, and every commit is synced', () =>
    withPlace('sqlite', async (place) => {
      const open = await place.open();
      expect(statSync(place.location).mode & 0o777).toBe(0o600);
      expect(await open.dataSource.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      expect(await open.dataSource.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      await open.close();
    }));
});
