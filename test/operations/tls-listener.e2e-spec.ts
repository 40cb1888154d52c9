import { once } from 'node:events';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';

import { alternativeName, type Identity, issue, pemOfKey } from '../support/certificates.js';
import { ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.mjs';
import { basic, encodeForm } from '../support/http.js';
import { type Server, startServer } from '../support/server.js';
import { PHOTOS } from '../support/world.js';

/** New files are looked for every two seconds. */
const SOON = 60_000;
const FORM = { grant_type: 'client_credentials', scope: 'photos.read' };

const shop = {
  client_id: 'tls-shop',
  name: 'TLS shop',
  type: 'confidential',
  grant_types: ['client_credentials'],
  scopes: ['photos.read'],
  audiences: [PHOTOS],
  token_endpoint_auth_method: 'tls_client_auth',
  tls_client_auth_subject_dn: 'CN=tls-shop',
  tls_client_certificate_bound_access_tokens: true,
};

interface Ports {
  readonly tls: number;
  readonly asking: number;
}

describe.each(ONE_ENGINE)('TLS of our own (%s)', (engine) => {
  let [server, folder, ports]: [Server, string, Ports] = [undefined as never, '', { tls: 0, asking: 0 }];
  let [authority, client]: Identity[] = [];

  const path = (name: string) => join(folder, name);
  /** As programs that renew certificates do it: complete files take the place of the old ones. */
  const place = async (name: string, content: string) => {
    await writeFile(path(`${name}.new`), content);
    await chmod(path(`${name}.new`), 0o600);
    await rename(path(`${name}.new`), path(name));
  };
  const serverIdentity = (name = '127.0.0.1') =>
    issue({
      subject: `CN=${name}`,
      ...(authority && { issuer: authority }),
      extensions: [alternativeName('ip', '127.0.0.1')],
    });
  const show = async (identity: Identity) => {
    await place('server.key', await pemOfKey(identity));
    await place('server.pem', identity.pem);
  };
  const send = async (port: number, options: RequestOptions, body?: string) => {
    const asked = request({ host: '127.0.0.1', port, ca: authority?.pem, agent: false, ...options });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const received = await text(answer);
    return { status: answer.statusCode, headers: answer.headers, body: received };
  };
  const token = (port: number, form: Record<string, string>, options: RequestOptions = {}) =>
    send(
      port,
      { method: 'POST', path: '/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...options },
      encodeForm({ ...FORM, ...form }),
    );
  const handshake = async (options: object = {}): Promise<TLSSocket> => {
    const socket = connect({ host: '127.0.0.1', port: ports.tls, ca: authority?.pem, ...options });
    await once(socket, 'secureConnect');
    return socket;
  };
  const serialShown = async () => {
    const socket = await handshake();
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber.toLowerCase();
  };
  const shown = async (identity: Identity) => {
    const until = Date.now() + SOON;
    const wanted = identity.certificate.serialNumber.toLowerCase();
    while ((await serialShown()) !== wanted) {
      if (Date.now() > until) throw new Error('The new certificate is not shown');
      await wait(100);
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-tls-'));
    authority = await issue({ subject: 'CN=Authority', isAuthority: true });
    client = await issue({ subject: 'CN=tls-shop', issuer: authority });
    await show(await serverIdentity());
    await writeFile(path('ca.pem'), authority.pem);
    ports = { tls: await freePort(), asking: await freePort() };
    server = await startServer({
      engine,
      clients: [shop],
      config: {
        tls: {
          certificate: path('server.pem'),
          private_key: path('server.key'),
          port: ports.tls,
          client_certificate_port: ports.asking,
          client_certificate_authorities: path('ca.pem'),
          client_certificate_address: `https://127.0.0.1:${ports.asking}`,
        },
      },
    });
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers beside plain HTTP with the same routes, the same headers and the same errors', async () => {
    const overTls = await send(ports.tls, { path: '/.well-known/oauth-authorization-server' });
    const plain = await server.http.get('/.well-known/oauth-authorization-server');
    expect([overTls.status, JSON.parse(overTls.body)]).toEqual([200, plain.json()]);
    const names = (headers: object) =>
      Object.keys(headers).filter((name) => !/^(date|connection|keep-alive)$/.test(name));
    expect(names(overTls.headers).sort()).toEqual(names(plain.headers).sort());
    expect((await send(ports.tls, { path: '/nothing-here' })).status).toBe(404);
    const { clientId, secret = '' } = server.world.clients['print-shop'];
    const headers = { authorization: basic(clientId, secret), 'content-type': 'application/x-www-form-urlencoded' };
    expect((await token(ports.tls, {}, { headers })).status).toBe(200);
  });

  it('speaks TLS 1.2 and newer only', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3']) {
      const socket = await handshake({ minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    await expect(handshake(old)).rejects.toThrow(/alert|protocol/i);
  });

  it('what is no HTTP is refused on it, and the server goes on', async () => {
    const socket = await handshake();
    socket.write('what is this\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400/);
    const long = await handshake();
    long.write(`GET /health/live HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(await text(long)).toMatch(/^HTTP\/1\.1 431/);
    expect((await send(ports.tls, { path: '/health/live' })).status).toBe(200);
  });

  it('MB-01 MB-03 a client shows its certificate on the port where it is asked, and gets a token bound to it', async () => {
    if (!client) throw new Error('not set up');
    const pair = { cert: client.pem, key: await pemOfKey(client) };
    const answer = await token(ports.asking, { client_id: 'tls-shop' }, pair);
    expect(answer.status).toBe(200);
    const { access_token: value } = JSON.parse(answer.body) as { access_token: string };
    const { clientId, secret = '' } = server.world.clients['photo-service'];
    const seen = await server.http.form(
      '/introspect',
      { token: value },
      { headers: { authorization: basic(clientId, secret) } },
    );
    expect(seen.json().cnf).toEqual({ 'x5t#S256': client.thumbprint });
  });

  it('MB-04 every document about this server says that tokens are bound to certificates', async () => {
    for (const resource of ['', '/userinfo', '/me', '/uma']) {
      const seen = await server.http.get(`/.well-known/oauth-protected-resource${resource}`);
      const bound = seen.json()['tls_client_certificate_bound_access_tokens'];
      expect([resource, seen.status, bound]).toEqual([resource, 200, true]);
    }
    const metadata = (await server.http.get('/.well-known/oauth-authorization-server')).json();
    expect(metadata['tls_client_certificate_bound_access_tokens']).toBe(true);
  });

  it('MB-01 MB-05 neither a client without a certificate nor one on the other port gets in (attack class 186)', async () => {
    if (!client) throw new Error('not set up');
    const stranger = await issue({ subject: 'CN=tls-shop' });
    const pairs = [
      [ports.asking, {}],
      [ports.asking, { cert: stranger.pem, key: await pemOfKey(stranger) }],
      [ports.tls, { cert: client.pem, key: await pemOfKey(client) }],
    ] as const;
    for (const [port, pair] of pairs) {
      const answer = await token(port, { client_id: 'tls-shop' }, pair);
      expect([answer.status, JSON.parse(answer.body)]).toMatchObject([401, { error: 'invalid_client' }]);
    }
  });

  it('a new certificate is shown without a restart, and connections of before go on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await send(ports.tls, { path: '/health/live', agent });
    const next = await serverIdentity('next');
    await show(next);
    await shown(next);
    const reused = request({ host: '127.0.0.1', port: ports.tls, ca: authority?.pem, agent, path: '/health/live' });
    reused.end();
    const [answer] = (await once(reused, 'response')) as [IncomingMessage];
    answer.resume();
    expect([before.status, answer.statusCode, reused.reusedSocket]).toEqual([200, 200, true]);
    agent.destroy();
  });

  it('files that do not fit leave the certificate of before in place, which the log says once', async () => {
    const before = await serialShown();
    const told = () =>
      server
        .log()
        .split('\n')
        .filter((line) => line.includes('new certificate of this server cannot be used'));
    const already = told().length;
    const next = await serverIdentity('next');
    await place('server.pem', next.pem);
    await eventually(
      () => Promise.resolve(told().length),
      (count) => count > already,
    );
    await wait(2_000);
    expect(await serialShown()).toBe(before);
    expect(told().slice(already)).toEqual([expect.stringContaining('server.key is not the key of the certificate')]);
    await place('server.key', await pemOfKey(next));
    await shown(next);
  });

  it('answers at shutdown what it has accepted, and ends', async () => {
    const { clientId, secret = '' } = server.world.clients['print-shop'];
    const socket = await handshake();
    const form = encodeForm(FORM);
    const head = [
      'POST /token HTTP/1.1',
      'host: 127.0.0.1',
      `authorization: ${basic(clientId, secret)}`,
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${form.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${form.slice(0, 5)}`);
    await wait(1_000);
    const stopped = server.stop();
    const knock = () =>
      handshake().then((late) => {
        late.destroy();
        return '';
      }, String);
    expect(await eventually(knock, Boolean)).toMatch(/ECONNREFUSED|ECONNRESET|disconnected before/);
    socket.write(form.slice(5));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200/);
    expect(await stopped).toBe(0);
    await server.restart();
  });

  it('a port that another program uses stops the start with a line that says so', async () => {
    const busy = await startServer({
      engine,
      config: { tls: { certificate: path('server.pem'), private_key: path('server.key'), port: ports.tls } },
    }).then(
      async (other) => {
        await other.dispose();
        return 'started';
      },
      (error: unknown) => String(error),
    );
    expect(busy).toMatch(
      new RegExp(`cannot listen on 127\\.0\\.0\\.1:${ports.tls} for TLS: another program uses this port`),
    );
  });
});
