import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

import { clientOf } from '../support/client.js';
import { type ServerBehindProxy, startBehindProxy } from '../support/database-behind-proxy.js';
import type { Server } from '../support/server.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { protectionApi } from '../support/uma.js';

const TIMEOUT = 1_000;
/** In the queue, for a connection and for an answer, each as long at most, and what a busy machine takes. */
const BOUND = 3 * TIMEOUT + 6_000;
const RECOVERY = 20_000;

describe('attack class 276: a network to the database that passes nothing on (postgres)', () => {
  let ground: ServerBehindProxy;
  let proxy: TcpProxy;
  let server: Server;
  beforeAll(async () => {
    ground = await startBehindProxy({ config: { database: { query_timeout: `${TIMEOUT}ms` } } });
    ({ proxy, server } = ground);
  });
  afterAll(() => ground?.dispose());
  afterEach(() => proxy.resume());

  const expectServerError = true;
  const readiness = async () => (await server.http.get('/health/ready', { expectServerError })).status;
  const recovered = async () => {
    const deadline = Date.now() + RECOVERY;
    while ((await readiness()) !== 200) {
      expect(Date.now()).toBeLessThan(deadline);
      await wait(50);
    }
  };

  it('is 503 on every route within the time, told to the load balancer, and over when the network is back', async () => {
    const { http, world } = server;
    const pat = protectionApi(server, ground.protectionToken);
    const id = await pat.register({ resource_scopes: ['view'] });
    const { clientId, secret = '' } = world.clients['other-shop'];
    const form = { client_id: clientId, client_secret: secret };
    const [photos, owner] = [
      { bearer: ground.protectionToken, expectServerError },
      { bearer: ground.ownerToken, expectServerError },
    ];
    proxy.stall();
    const began = Date.now();
    const answers = await Promise.all([
      http.form('/token', { ...form, grant_type: 'client_credentials', scope: 'photos.read' }, { expectServerError }),
      http.form('/revoke', { ...form, token: ground.protectionToken }, { expectServerError }),
      http.form('/introspect', { ...form, token: ground.protectionToken }, { expectServerError }),
      http.get('/uma/resources/', photos),
      http.json('POST', '/uma/permission', { resource_id: id, resource_scopes: ['view'] }, photos),
      http.get('/me/resources', owner),
      http.get('/health/ready', { expectServerError }),
    ]);
    expect(Date.now() - began).toBeLessThan(BOUND);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    for (const { headers } of answers) expect(headers['retry-after']).toMatch(/^\d+$/);
    for (const answer of answers.slice(0, -1)) expect(answer.json().error).toBe('temporarily_unavailable');
    expect((await http.get('/health/live')).status).toBe(200);

    proxy.resume();
    await recovered();
    expect((await pat.read(id)).status).toBe(200);
    expect((await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' })).status).toBe(200);
  });

  it('a table that is locked is 503 for all who need it after one wait, not one wait for each of them', async () => {
    const { clientId, secret = '' } = server.world.clients['other-shop'];
    const form = { client_id: clientId, client_secret: secret };
    const grant = { ...form, grant_type: 'client_credentials', scope: 'photos.read' };
    const ask = (_: unknown, index: number) =>
      index % 2 === 0
        ? server.http.form('/introspect', { ...form, token: ground.protectionToken }, { expectServerError })
        : server.http.form('/token', grant, { expectServerError });
    const locker = new pg.Client({ connectionString: ground.databaseUrl });
    await locker.connect();
    await locker.query('BEGIN');
    await locker.query('LOCK TABLE token IN ACCESS EXCLUSIVE MODE');
    const began = Date.now();
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    expect(Date.now() - began).toBeLessThan(BOUND);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    await locker.query('ROLLBACK');
    await locker.end();
    const after = await Promise.all(Array.from({ length: 10 }, ask));
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 200));
  });

  it('under load answers success or 503 only, each in time, and nothing that it answered is lost', async () => {
    const tokens: string[] = [];
    const statuses = new Set<number>();
    let slowest = 0;
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const began = Date.now();
        const { clientId, secret = '' } = server.world.clients['other-shop'];
        const form = { client_id: clientId, client_secret: secret, grant_type: 'client_credentials' };
        const answer = await server.http.form('/token', { ...form, scope: 'photos.read' }, { expectServerError });
        slowest = Math.max(slowest, Date.now() - began);
        statuses.add(answer.status);
        if (answer.status === 200) tokens.push(String(answer.json().access_token));
      }
    };
    const clients = Array.from({ length: 12 }, client);
    for (let round = 0; round < 2; round += 1) {
      await wait(300);
      proxy.stall();
      await wait(TIMEOUT + 500);
      proxy.resume();
    }
    await recovered();
    await wait(300);
    isOver = true;
    await Promise.all(clients);
    expect([...statuses].sort()).toEqual([200, 503]);
    expect(slowest).toBeLessThan(BOUND);
    const shop = clientOf(server, 'other-shop');
    const lost = [];
    for (const token of tokens) if ((await shop.introspect(token)).json().active !== true) lost.push(token);
    expect([tokens.length > 20, lost]).toEqual([true, []]);
  });

  it('is told in the log by its cause, without a stack', () => {
    const failures = server
      .log()
      .split('\n')
      .filter((line) => line.includes('"request failed"'));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((line) => line.includes('"stack"'))).toEqual([]);
    expect(server.log()).toContain(`no answer from the database for ${TIMEOUT} ms`);
  });
});
