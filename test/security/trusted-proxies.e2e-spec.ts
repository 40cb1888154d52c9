import { describeServer } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { eventually } from '../support/eventually.js';
import { type Answer, basic, type Http, httpFor, type Options } from '../support/http.js';
import { type ReverseProxy, startNginx } from '../support/nginx.js';
import { type Server, startServer } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { logged } from '../support/logged.js';

/** Where the proxy connects from; the test itself connects from other addresses. */
const PROXY = '127.0.0.9';
const FORM = { grant_type: 'client_credentials', scope: 'photos.read' };
const LIES = ['203.0.113.66', '203.0.113.66, 198.51.100.1', '127.0.0.9', '127.0.0.1, 127.0.0.9', 'unknown', '::1', ''];

/** What nginx is commonly told: to append, to replace, and to name the client in every header that anybody reads. */
const APPEND = ['proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'];
const REPLACE = ['proxy_set_header X-Forwarded-For $remote_addr;'];
const HOSTILE = [
  ...APPEND,
  // Its own rewriting of Location would hide what we answer.
  'proxy_redirect off;',
  'proxy_set_header X-Forwarded-Host evil.example;',
  'proxy_set_header X-Forwarded-Proto gopher;',
  'proxy_set_header X-Forwarded-Prefix /evil;',
  'proxy_set_header Forwarded "for=203.0.113.66;host=evil.example;proto=gopher";',
  'proxy_set_header Host evil.example;',
];

const wrong = { authorization: basic('print-shop', 'wrong') };

/** The address that the log gives for one failed authentication. */
async function seenAddress(server: Server, http: Http, options: Options): Promise<unknown> {
  const before = server.log().length;
  const answer = await http.form('/token', FORM, { ...options, headers: { ...wrong, ...options.headers } });
  expect([401, 429]).toContain(answer.status);
  const addresses = () => {
    const written = server.log().slice(before);
    const lines = written
      .slice(0, written.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean);
    const parsed = lines.map((line) => JSON.parse(line) as { msg: string; address?: unknown });
    const of = (msg: string) => parsed.find((line) => line.msg === msg)?.address;
    return [of('security event'), of('request')];
  };
  const all = (seen: readonly unknown[]) => !seen.includes(undefined);
  const [ofEvent, ofRequest] = await eventually(() => Promise.resolve(addresses()), all);
  expect(ofEvent).toBe(ofRequest);
  return ofEvent;
}

/** Each refusal has a reference of its own; all else is the same whoever asks. */
const withoutReference = (answer: Answer) => ({ ...answer.json<object>(), reference: undefined });

describe('attack class 279: behind a reverse proxy (nginx) that is configured', () => {
  let server: Server;
  let proxy: ReverseProxy;
  beforeAll(async () => {
    const config = { http: { trusted_proxies: ['192.0.2.0/24', '127.0.0.9/32'] } };
    server = await startServer({ engine: 'sqlite', config });
    proxy = await startNginx({ target: `http://127.0.0.1:${server.port}`, from: PROXY, location: APPEND });
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.dispose();
  });
  const throughProxy = () => httpFor(`http://127.0.0.1:${proxy.port}`);

  it('the address of a client is its own', async () => {
    expect(await seenAddress(server, throughProxy(), { from: '127.0.0.21' })).toBe('127.0.0.21');
    expect(await seenAddress(server, throughProxy(), { from: '127.0.0.22' })).toBe('127.0.0.22');
  });

  it.each(LIES)('a client that says X-Forwarded-For: %s is seen as what it is', async (lie) => {
    for (const name of ['x-forwarded-for', 'X-Real-IP', 'forwarded', 'client-ip', 'true-client-ip']) {
      const value = name === 'forwarded' ? `for="${lie}"` : lie;
      const headers = { [name]: value };
      expect(await seenAddress(server, throughProxy(), { from: '127.0.0.23', headers })).toBe('127.0.0.23');
      expect(await seenAddress(server, server.http, { from: '127.0.0.24', headers })).toBe('127.0.0.24');
    }
  });

  it('a chain of proxies counts as far as they are configured', async () => {
    const chain = { 'x-forwarded-for': '203.0.113.66, 198.51.100.7, 192.0.2.10' };
    // Directly from the configured address: what nginx itself would send.
    expect(await seenAddress(server, server.http, { from: PROXY, headers: chain })).toBe('198.51.100.7');
    const twice = ['authorization', wrong.authorization, 'x-forwarded-for', '203.0.113.66'];
    const headers = [...twice, 'X-Forwarded-For', '198.51.100.8', 'content-type', 'application/x-www-form-urlencoded'];
    const before = server.log().length;
    await server.http.send({ method: 'POST', path: '/token', body: 'grant_type=x', headers, from: PROXY });
    await logged(server, '"address":"198.51.100.8"', before);
  });

  it('guessing slows down the guesser alone, however many addresses he makes up', async () => {
    const guess = (from: string, lie: string) =>
      throughProxy().form('/token', FORM, { from, headers: { ...wrong, 'x-forwarded-for': lie } });
    const statuses = [];
    for (let round = 0; round < 101; round += 1)
      statuses.push((await guess('127.0.0.31', `203.0.113.${round}`)).status);
    expect([statuses.indexOf(429), statuses.lastIndexOf(401)]).toEqual([100, 99]);
    expect((await guess('127.0.0.32', '127.0.0.31')).status).toBe(401);
  });
});

describe('attack classes 36, 191: a proxy may say what it likes about host and scheme', () => {
  let server: Server;
  let proxy: ReverseProxy;
  beforeAll(async () => {
    server = await startServer({
      engine: 'sqlite',
      issuerPath: '/t1',
      config: { http: { trusted_proxies: ['127.0.0.9'] } },
      connections: [
        { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
        { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
      ],
    });
    proxy = await startNginx({ target: `http://127.0.0.1:${server.port}`, from: PROXY, location: HOSTILE });
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.dispose();
  });

  it('every address of ours comes from the issuer', async () => {
    const { issuer, connections } = server;
    const through = httpFor(`http://127.0.0.1:${proxy.port}/t1`);
    const root = httpFor(`http://127.0.0.1:${proxy.port}`);
    const direct = httpFor(`http://127.0.0.1:${server.port}`);
    for (const path of ['/.well-known/oauth-authorization-server/t1', '/.well-known/uma2-configuration/t1'])
      expect(withoutReference(await root.get(path))).toEqual(withoutReference(await direct.get(path)));
    const [pat, owner] = connections.map((connection) => ({ bearer: connection.access_token }));
    const created = await through.json('POST', '/uma/resources/', { resource_scopes: ['view'] }, pat);
    const id = textMember(created, 201, '_id');
    expect(created.headers.location).toBe(`${issuer}/uma/resources/${id}`);
    const policy = { resource_id: id, subject: { type: 'anyone' }, scopes: ['view'] };
    const shared = await through.json('POST', '/me/policies', policy, owner);
    // The description of the API names members that a general rule takes for secrets.
    const described = await fetch(`http://127.0.0.1:${proxy.port}/t1/docs-json`);
    expect(await described.text()).not.toMatch(/evil|gopher/);
    for (const answer of [created, shared]) {
      const everything = `${answer.text}\n${JSON.stringify(answer.headers)}`;
      expect(everything).not.toMatch(/evil|gopher/);
    }
  });
});

describe('attack classes 36, 191: a proxy that says nothing of the name it was called by, on this machine', () => {
  /** Where one page leads: a sign-in of ours, and not to itself again. */
  const shown = async (http: Http, options: Options) => {
    const { status, headers } = await http.get('/account', options);
    return [status, headers.location?.replace(/vk_ia_.*/, '')];
  };

  it('every page opens, although the name that it passes is another one of this machine', async () => {
    const port = await freePort();
    const server = await startServer({ engine: 'sqlite', config: { issuer: `http://localhost:${port}` } });
    const proxy = await startNginx({
      target: `http://127.0.0.1:${server.port}`,
      from: '127.0.0.1',
      location: [],
      port,
    });
    try {
      const signIn = [303, `http://localhost:${port}/interaction/`];
      expect(await shown(httpFor(`http://127.0.0.1:${port}`), {})).toEqual(signIn);
      for (const host of ['localhost', `127.0.0.1:${server.port}`, `127.0.0.1:${port}`])
        expect([host, await shown(server.http, { headers: { host } })]).toEqual([host, signIn]);
    } finally {
      await proxy.stop();
      await server.dispose();
    }
  });

  it('a proxy that is configured is believed to have been called by the issuer’s name, at the same port too', async () => {
    const config = { http: { trusted_proxies: [PROXY] } };
    const server = await startServer({ engine: 'sqlite', issuerHost: 'localhost', config });
    try {
      const headers = { host: `127.0.0.1:${server.port}` };
      const direct = httpFor(`http://127.0.0.1:${server.port}`);
      expect(await shown(direct, { headers, from: PROXY })).toEqual([303, `${server.issuer}/interaction/`]);
      expect(await shown(direct, { headers })).toEqual([302, `${server.issuer}/account`]);
    } finally {
      await server.dispose();
    }
  });
});

describe('attack class 279: a proxy that replaces the header', () => {
  it('is believed in the same way', async () => {
    const config = { http: { trusted_proxies: ['127.0.0.9'] } };
    const server = await startServer({ engine: 'sqlite', config });
    const proxy = await startNginx({ target: `http://127.0.0.1:${server.port}`, from: PROXY, location: REPLACE });
    try {
      const http = httpFor(`http://127.0.0.1:${proxy.port}`);
      const headers = { 'x-forwarded-for': '203.0.113.66' };
      expect(await seenAddress(server, http, { from: '127.0.0.41', headers })).toBe('127.0.0.41');
    } finally {
      await proxy.stop();
      await server.dispose();
    }
  });
});

describeServer('attack class 279: with no proxy configured', {}, (server) => {
  it.each(LIES)('no header changes the address, such as X-Forwarded-For: %s', async (lie) => {
    const headers = { 'x-forwarded-for': lie, forwarded: `for="${lie}"`, 'x-real-ip': lie };
    expect(await seenAddress(server(), server().http, { from: '127.0.0.51', headers })).toBe('127.0.0.51');
  });
});
