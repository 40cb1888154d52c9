import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

import { startCluster } from '../support/postgres-cluster.mjs';
import { type Server, startServer } from '../support/server.js';
import { type Acknowledged, CONNECTIONS, least, lost, startLoad } from './load.js';

const ROUNDS = 10;
const READY_MS = 20_000;

/** Loads the server for a moment, takes it away in the middle, and brings it back. */
async function crash(server: Server): Promise<Acknowledged> {
  const load = await startLoad(server);
  await load.isUnderWay();
  await wait(Math.random() * 100);
  await server.kill9();
  const done = await load.stop();
  await server.restart();
  return done;
}

function itKeepsEverything(server: () => Server): void {
  it(`keeps every acknowledged token, ticket, policy and revocation: kill -9 ${ROUNDS} times under load`, async () => {
    const rounds: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const done = await crash(server());
      expect(await lost(server(), done)).toEqual([]);
      rounds.push(done);
    }
    expect(Math.min(...rounds.map(least))).toBeGreaterThan(0);
    // What survived one crash survives the next ones, too.
    const [first = rounds[0] as Acknowledged] = rounds;
    expect(await lost(server(), { ...first, tickets: [] })).toEqual([]);
  });
}

describe('a killed server (sqlite)', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ engine: 'sqlite', connections: CONNECTIONS });
  });
  afterAll(() => server?.dispose());
  itKeepsEverything(() => server);
});

/** A cluster of its own that syncs, unlike that of the other tests, and that may be crashed. */
describe('a killed server (postgres)', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>;
  let server: Server;
  beforeAll(async () => {
    process.env.VALETKEY_TEST_FSYNC = 'on';
    cluster = await startCluster().finally(() => delete process.env.VALETKEY_TEST_FSYNC);
    const env = { VALETKEY_DATABASE_URL: cluster.url };
    // The settings are those for PostgreSQL; the address in the environment outranks the one in them.
    server = await startServer({ engine: 'postgres', connections: CONNECTIONS, env });
  });
  afterAll(async () => {
    await server?.dispose();
    await cluster?.stop();
  });
  itKeepsEverything(() => server);

  it('keeps everything when PostgreSQL itself crashes under load, and goes on without a restart', async () => {
    const load = await startLoad(server);
    await load.isUnderWay();
    await crashDatabase(cluster.url);
    await wait(300);
    const done = await load.stop();
    const deadline = Date.now() + READY_MS;
    while ((await server.http.get('/health/ready', { expectServerError: true })).status !== 200) {
      expect(Date.now()).toBeLessThan(deadline);
      await wait(50);
    }
    expect(least(done)).toBeGreaterThan(0);
    expect(await lost(server, done)).toEqual([]);
  });
});

/** Kills one process of PostgreSQL: it throws its memory away, ends all others, and recovers from what was synced. */
async function crashDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid;
  if (pid === undefined) throw new Error('PostgreSQL does not say which process serves us');
  process.kill(pid, 'SIGKILL');
  await client.end().catch(() => undefined);
}
