import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { type ServerBehindProxy, startBehindProxy } from '../support/database-behind-proxy.js';
import type { Server } from '../support/server.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { protectionApi } from '../support/uma.js';

const RECOVERY_MS = 10_000;

describe('a database that goes away (postgres)', () => {
  let ground: ServerBehindProxy;
  let proxy: TcpProxy;
  let server: Server;
  beforeAll(async () => {
    ground = await startBehindProxy();
    ({ proxy, server } = ground);
  });
  afterAll(() => ground?.dispose());

  const expectServerError = true;

  it('is answered with 503 and Retry-After on every route, told to the load balancer, and recovered from', async () => {
    const pat = protectionApi(server, ground.protectionToken);
    const id = await pat.register({ resource_scopes: ['view'] });
    const issued = (await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' })).json();
    await proxy.cut();
    const { http } = server;
    const [photos, owner] = [
      { bearer: ground.protectionToken, expectServerError },
      { bearer: ground.ownerToken, expectServerError },
    ];
    const shop = server.world.clients['other-shop'];
    const form = { client_id: 'other-shop', client_secret: shop.secret };
    const answers = await Promise.all([
      http.form('/token', { ...form, grant_type: 'client_credentials', scope: 'photos.read' }, { expectServerError }),
      http.form('/revoke', { ...form, token: String(issued.access_token) }, { expectServerError }),
      http.form('/introspect', { ...form, token: String(issued.access_token) }, { expectServerError }),
      http.get('/uma/resources/', photos),
      http.json('POST', '/uma/resources/', { resource_scopes: ['view'] }, photos),
      http.json('PUT', `/uma/resources/${id}`, { resource_scopes: ['view'] }, photos),
      http.json('POST', '/uma/permission', { resource_id: id, resource_scopes: ['view'] }, photos),
      http.get('/me/resources', owner),
      http.json('POST', '/me/policies', { resource_id: id, subject: { type: 'anyone' }, scopes: ['view'] }, owner),
    ]);
    for (const answer of answers) {
      expect([answer.status, answer.json().error]).toEqual([503, 'temporarily_unavailable']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    // Whoever reports the failure can be found in the log.
    await wait(100);
    for (const answer of answers) expect(server.log()).toContain(String(answer.json().request_id));
    expect((await http.get('/health/live')).status).toBe(200);
    const ready = await http.get('/health/ready', { expectServerError });
    expect([ready.status, ready.headers['retry-after']]).toEqual([503, '1']);

    await proxy.restore();
    const deadline = Date.now() + RECOVERY_MS;
    while ((await http.get('/health/ready', { expectServerError })).status !== 200) {
      expect(Date.now()).toBeLessThan(deadline);
      await wait(50);
    }
    expect((await pat.read(id)).status).toBe(200);
    expect((await http.get('/me/resources', owner)).json<{ items: unknown[] }>().items).toHaveLength(1);
    const again = await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' });
    expect(again.status).toBe(200);
  });

  it('under load loses nothing that was answered, and answers nothing but success or 503', async () => {
    const tokens: string[] = [];
    const others = new Set<number>();
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const { clientId, secret = '' } = server.world.clients['other-shop'];
        const form = {
          client_id: clientId,
          client_secret: secret,
          grant_type: 'client_credentials',
          scope: 'photos.read',
        };
        const answer = await server.http.form('/token', form, { expectServerError });
        if (answer.status === 200) tokens.push(String(answer.json().access_token));
        else others.add(answer.status);
      }
    };
    const clients = Array.from({ length: 8 }, client);
    for (let round = 0; round < 3; round += 1) {
      await wait(200);
      await proxy.cut();
      await wait(100);
      await proxy.restore();
    }
    await wait(300);
    isOver = true;
    await Promise.all(clients);
    expect([...others]).toEqual([503]);
    const shop = clientOf(server, 'other-shop');
    const lost = [];
    for (const token of tokens) if ((await shop.introspect(token)).json().active !== true) lost.push(token);
    expect([tokens.length > 10, lost]).toEqual([true, []]);
  });
});
