import { clientOf } from '../support/client.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { type Answer, basic, type Form, httpFor } from '../support/http.js';
import type { Credentials } from '../support/world.js';

const APP = 'https://app.example';
const OTHER = 'https://other.example';
const CLIENTS = [
  {
    client_id: 'browser-app',
    name: 'Browser app',
    type: 'public',
    grant_types: ['refresh_token'],
    scopes: ['openid', 'profile'],
    allowed_origins: [APP, 'http://localhost:5173'],
  },
  {
    client_id: 'other-browser-app',
    name: 'Other browser app',
    type: 'public',
    grant_types: ['refresh_token'],
    scopes: ['openid'],
    allowed_origins: [OTHER],
  },
  {
    client_id: 'gone-app',
    name: 'Gone app',
    type: 'public',
    enabled: false,
    allowed_origins: ['https://gone.example'],
  },
];
const CONNECTIONS = [{ account: 'alice', client: 'browser-app', scope: 'openid profile' }];
const OPTIONS = { issuerPath: '/t1', clients: CLIENTS, connections: CONNECTIONS };
const FOREIGN = ['https://evil.example', `${APP}.evil.test`, `${APP}:8443`, 'http://app.example', 'null', '*', ''];
const ENDPOINTS = [
  ['/token', 'POST'],
  ['/revoke', 'POST'],
  ['/userinfo', 'GET'],
] as const;

const admitted = (answer: Answer) => answer.headers['access-control-allow-origin'];

describeServer('CORS (Fetch standard): browser apps', { ...OPTIONS, engines: ONE_ENGINE }, (server) => {
  const preflight = (path: string, origin: string, method: string) =>
    server().http.send({
      method: 'OPTIONS',
      path,
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'dpop' },
    });
  const browserApp: Credentials = { clientId: 'browser-app', method: 'none' };
  const form = (path: string, body: Form, origin: string, headers: Record<string, string> = {}) =>
    server().http.form(path, body, { headers: { origin, ...headers } });
  const refresh = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token, client_id: 'browser-app' });
  const token = async () => {
    const first = server().connections[0]?.refresh_token ?? '';
    return { first, access: server().connections[0]?.access_token ?? '' };
  };

  it.each(ENDPOINTS)(
    'CO-16 %s tells browsers which origins may %s, by what clients registered',
    async (path, method) => {
      for (const origin of [APP, OTHER, 'http://localhost:5173']) {
        const answer = await preflight(path, origin, method);
        expect([answer.status, admitted(answer)]).toEqual([204, origin]);
        expect(answer.headers['access-control-allow-methods']).toContain(method);
        expect(answer.headers['access-control-allow-headers']).toBe('authorization, content-type, dpop');
        expect(answer.headers.vary).toBe('origin');
      }
      for (const origin of [...FOREIGN, 'https://gone.example'])
        expect(admitted(await preflight(path, origin, method))).toBeUndefined();
    },
  );

  it('CO-16 an app reads answers and refusals of the token endpoint from its own origin alone', async () => {
    const { first } = await token();
    for (const origin of FOREIGN) expect(admitted(await form('/token', refresh('x'), origin))).toBeUndefined();
    // Another client's origin passes the preflight, but the answer is for this client.
    expect(admitted(await form('/token', refresh('x'), OTHER))).toBeUndefined();
    const refused = await form('/token', refresh('x'), APP);
    expect([refused.status, admitted(refused)]).toEqual([400, APP]);
    expect(refused.headers['access-control-expose-headers']).toContain('dpop-nonce');
    const granted = await form('/token', refresh(first), APP);
    expect([granted.status, admitted(granted)]).toEqual([200, APP]);
  });

  it('CO-16 an origin counts for its client, however the client says who it is', async () => {
    const { secret = '' } = server().world.clients['print-shop'];
    const body = { grant_type: 'client_credentials', scope: 'photos.read' };
    const answer = await form('/token', body, APP, { authorization: basic('print-shop', secret) });
    expect([answer.status, admitted(answer)]).toEqual([200, undefined]);
    const malformed = await form('/token', [...Object.entries(body), ['scope', 'again']], APP);
    expect([malformed.status, admitted(malformed)]).toEqual([400, APP]);
  });

  it('CO-16 revocation too', async () => {
    const body = { token: 'x', client_id: browserApp.clientId };
    expect(admitted(await form('/revoke', body, APP))).toBe(APP);
    expect(admitted(await form('/revoke', body, OTHER))).toBeUndefined();
  });

  it('CO-16 UserInfo too, by the client of the token', async () => {
    const { access } = await token();
    const read = (origin: string, bearer = access) => server().http.get('/userinfo', { bearer, headers: { origin } });
    const answer = await read(APP);
    expect([answer.status, admitted(answer)]).toEqual([200, APP]);
    expect(admitted(await read(OTHER))).toBeUndefined();
    expect(admitted(await read('https://evil.example'))).toBeUndefined();
    const refused = await read(APP, 'x');
    expect([refused.status, admitted(refused)]).toEqual([401, APP]);
  });

  it('CO-16 public documents are for every origin, without credentials', async () => {
    const origin = httpFor(`http://127.0.0.1:${server().port}`);
    const paths = ['/t1/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/t1', '/t1/jwks'];
    for (const path of paths) {
      const headers = { origin: 'https://anything.example', 'access-control-request-method': 'GET' };
      for (const answer of [
        await origin.get(path, { headers }),
        await origin.send({ method: 'OPTIONS', path, headers }),
      ])
        expect([answer.status < 300, admitted(answer)]).toEqual([true, '*']);
    }
  });

  it('CO-16 attack class 234: nothing else is for scripts of other origins, the authorization endpoint least of all', async () => {
    const paths = [
      '/authorize',
      '/par',
      '/introspect',
      '/uma/permission',
      '/uma/resources/',
      '/me/policies',
      '/signin',
    ];
    for (const path of paths)
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const headers = { origin: APP, 'access-control-request-method': 'POST' };
        const answer = await fetch(server().issuer + path, { method, headers, redirect: 'manual' });
        const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
        expect([path, method, names]).toEqual([path, method, []]);
      }
  });

  it('answers other clients as before: no header of it without an origin', async () => {
    const answer = await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' });
    expect(Object.keys(answer.headers).filter((name) => /^access-control|^vary$/.test(name))).toEqual([]);
  });
});
