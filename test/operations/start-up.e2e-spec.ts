import { clientOf } from '../support/client.js';
import { databaseUrl, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { createDatabase } from '../support/postgres.js';
import { protectionApi } from '../support/uma.js';

const connections = [{ account: 'alice', client: 'photo-service', scope: 'uma_protection' }];

describeServer('starting, and starting again', { connections, issuerPath: '/t1' }, (server) => {
  const isSqlite = () => server().log().includes('"engine":"sqlite"');

  it('health, readiness and metrics are at the root, whatever path the issuer has', async () => {
    const { port } = server();
    const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    for (const [path, status] of [
      ['/health/live', 'live'],
      ['/health/ready', 'ready'],
    ] as const) {
      const answer = await at(path);
      expect([answer.status, await answer.json()]).toEqual([200, { status }]);
    }
    await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' });
    const metrics = await at('/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await metrics.text();
    expect(text).toMatch(
      /valetkey_http_request_duration_seconds_count\{route="\/t1\/token",method="POST",status="200"\} 1/,
    );
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('RFC 9110 15.5.6 health, readiness, metrics and documentation answer other methods with 405 and what they allow', async () => {
    const docs = ['/docs', '/docs/', '/docs-json', '/docs/swagger-ui.css'].map((path) => `/t1${path}`);
    for (const path of ['/health/live', '/health/ready', '/metrics', ...docs])
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const answer = await fetch(`http://127.0.0.1:${server().port}${path}`, { method });
        const { error } = (await answer.json()) as { error: string };
        const told = [path, method, answer.status, error, answer.headers.get('allow')];
        expect(told).toEqual([path, method, 405, 'unsupported_method_type', 'GET, HEAD']);
        expect((await fetch(`http://127.0.0.1:${server().port}${path}`, { method: 'HEAD' })).status).toBe(200);
      }
  });

  it('a second start keeps all data: resources, tokens, keys and the secrets of clients', async () => {
    const pat = protectionApi(server(), server().connections[0]?.access_token ?? '');
    const id = await pat.register({ resource_scopes: ['view'], name: 'Kept' });
    const shop = clientOf(server(), 'print-shop');
    const token = String((await shop.clientCredentials({ scope: 'photos.read' })).json().access_token);
    const keys = async () => (await server().http.get('/jwks')).json<{ keys: unknown[] }>().keys;
    const before = await keys();
    await server().restart();
    expect((await pat.read(id)).json().name).toBe('Kept');
    expect((await shop.introspect(token)).json().active).toBe(true);
    // Successors of keys may join a moment after the first start; none ever leaves by a start.
    expect(await keys()).toEqual(expect.arrayContaining(before));
  });

  it('a second process on one SQLite file is refused in a line; PostgreSQL serves several', async () => {
    if (!isSqlite()) return void expect((await server().runCommand(['migrate'])).code).toBe(0);
    for (const command of ['migrate', 'serve']) {
      const { code, stderr } = await server().runCommand([command]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^another process is using .*: stop it first, or use PostgreSQL/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect((await fetch(`http://127.0.0.1:${server().port}/health/ready`)).status).toBe(200);
  });

  it('a schema newer than the program stops the start in a line, and nothing is changed', async () => {
    await server().stop();
    await query(server(), `INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Later1999999999999')`);
    const { code, stderr } = await server().runCommand(['serve']);
    expect([code, stderr.trim()]).toEqual([
      1,
      'the database schema is newer than this program (Later1999999999999): use the newer program',
    ]);
    await query(server(), `DELETE FROM migrations WHERE name = 'Later1999999999999'`);
    await server().restart();
    expect((await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' })).status).toBe(200);
  });

  it('a PostgreSQL without fsync is told to the operator in a line at the start, and serves all the same', async () => {
    if (isSqlite()) return void expect(server().log()).not.toContain('fsync');
    const [setting] = await query(server(), 'SHOW fsync');
    const lines = (log: string) => log.split('\n').filter((line) => line.includes('PostgreSQL runs with fsync = off'));
    const before = lines(server().log()).length;
    await server().restart();
    const told = lines(server().log()).slice(before);
    expect(told).toHaveLength(setting?.['fsync'] === 'off' ? 1 : 0);
    for (const line of told) expect(JSON.parse(line)).toMatchObject({ level: 'warn', engine: 'postgres' });
  });

  it('two processes that migrate an empty PostgreSQL database at once both succeed', async () => {
    if (isSqlite()) return;
    expect(await databaseUrl(server())).toMatch(/^postgres/);
    const { url, drop } = await createDatabase();
    try {
      const { runProgram } = await import('../support/server-process.js');
      const config = `${server().directory}/valetkey.yaml`;
      const migrate = () => runProgram(['migrate', '--config', config], { VALETKEY_DATABASE_URL: url });
      const results = await Promise.all([migrate(), migrate()]);
      expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([
        [0, ''],
        [0, ''],
      ]);
    } finally {
      await drop();
    }
  });
});
