import pg from 'pg';
import { statement, WriteSet } from '@valetkey/persistence';
import { createPlace, type DatabasePlace } from '@valetkey/testing';
import { durabilityWarnings } from './durable-connections.js';

const SETTING = `current_setting('synchronous_commit')`;
/** The connection that commits writes down how it commits. */
const NOTE = statement(`INSERT INTO replay_mark (mark, expires_at) SELECT ? || ${SETTING}, 1`);
const NOTED = statement(`SELECT mark FROM replay_mark ORDER BY mark`);
const READ = statement(`SELECT ${SETTING} AS setting`);

describe('a commit on PostgreSQL', () => {
  let place: DatabasePlace;
  beforeEach(async () => (place = await createPlace('postgres')));
  afterEach(() => place.remove());

  const withDefault = async (setting: string): Promise<void> => {
    const client = new pg.Client({ connectionString: place.location });
    await client.connect();
    await client.query(
      `ALTER DATABASE ${new URL(place.location).pathname.slice(1)} SET synchronous_commit = ${setting}`,
    );
    await client.end();
  };

  it.each([
    ['off', 'on'],
    ['local', 'local'],
    ['on', 'on'],
    ['remote_apply', 'remote_apply'],
  ])('where the database says synchronous_commit = %s, every connection of ours has %s', async (said, expected) => {
    await withDefault(said);
    const open = await place.open();
    try {
      // As many at once as there are connections for writes: each has one of its own.
      const writers = Array.from({ length: 6 }, (_, index) => index);
      await Promise.all(writers.map((index) => open.database.commit(new WriteSet().add(NOTE, [`${index} `]))));
      const noted = await open.database.all<{ mark: string }>(NOTED, []);
      expect(noted.map(({ mark }) => mark)).toEqual(writers.map((index) => `${index} ${expected}`));
      expect(await open.database.get(READ, [])).toEqual({ setting: expected });
      expect(await open.dataSource.query(READ.sql)).toEqual([{ setting: expected }]);
    } finally {
      await open.close();
    }
  });

  it('says what the server does without that makes commits durable, and nothing else', () => {
    expect(durabilityWarnings([])).toEqual([]);
    expect(durabilityWarnings([{ name: 'fsync' }])).toEqual([
      'PostgreSQL runs with fsync = off: when its machine stops, what was answered may be lost',
    ]);
  });

  it('opens with a warning for each of those settings that the server has off', async () => {
    const open = await place.open();
    try {
      const off: { name: string }[] = [];
      for (const name of ['fsync', 'full_page_writes']) {
        const [row] = await open.dataSource.query<Record<string, string>[]>(`SHOW ${name}`);
        if (row?.[name] === 'off') off.push({ name });
      }
      expect(open.warnings).toEqual(durabilityWarnings(off));
    } finally {
      await open.close();
    }
  });
});
