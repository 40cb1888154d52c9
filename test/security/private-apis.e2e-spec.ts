import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { daveAsks, outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';

const ORIGINS = ['https://evil.example', 'null', 'http://127.0.0.1', 'https://owner-app.example.evil.example'];
const NOWHERE = [
  ...[
    '/swagger',
    '/swagger-json',
    '/api',
    '/api-json',
    '/docs-yaml',
    '/openapi.json',
    '/graphql',
    '/debug',
    '/devtools',
  ],
  ...['/main.js.map', '/package.json', '/.env', '/.git/config', '/valetkey.yaml', '/data/valetkey.sqlite', '/admin'],
  ...['/actuator', '/actuator/env', '/metrics/', '/health', '/health/', '/health/details', '/server-status'],
];

/** A list of authorizations without what every request changes. */
const withoutUse = (text: string) => text.replaceAll(/"last_used_at":"[^"]*",?/g, '');

/** What the route takes, so that nothing but the id is wrong. */
const bodyOf = (path: string, policy: object): object => {
  if (path.endsWith('/star')) return { starred: true };
  return path.endsWith('/labels') ? { labels: ['mine'] } : policy;
};

/** Each refusal has a reference of its own. */
const withoutReference = (text: string) => text.replace(/,"reference":"[^"]+"/, '');

describeServer('private APIs', { connections: OWNERS_CONNECTIONS }, (server) => {
  const owners = () => ownersOf(server());
  const send = (method: string, path: string, bearer: string, body?: object): Promise<Answer> =>
    body === undefined
      ? server().http.send({ method, path, bearer })
      : server().http.json(method, path, body, { bearer });

  it('226 every route of the owner API with an id of another owner is 404 and changes nothing', async () => {
    const { alice, bob } = owners();
    const album = await alice.album();
    const subject = { type: 'anyone' };
    const policy = await alice.owner.share({ resource_id: album, subject, scopes: ['view'] });
    const asked = await alice.album('Asked for');
    const { requestId } = await daveAsks(server(), alice, asked);
    const ticket = await alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const rpt = await requestingParty(server(), CAROL, 'print-shop').rpt(ticket);
    const { items } = (await alice.owner.authorizations()).json<{ items: { grant_id: string }[] }>();
    const ids: Record<string, readonly string[]> = {
      resources: [album],
      policies: [policy],
      requests: [requestId],
      authorizations: items.map(({ grant_id: id }) => id),
    };
    const state = async () => [
      (await alice.owner.get('resources')).text,
      (await alice.owner.get('policies')).text,
      (await alice.owner.get('requests')).text,
      withoutUse((await alice.owner.authorizations()).text),
      (await alice.photos.introspect(rpt)).json().permissions,
    ];
    const before = await state();

    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const routes = documentedPaths(document).filter(({ path }) => path.startsWith('/me/') && path.includes('{id}'));
    const tried: string[] = [];
    for (const { path, methods } of routes) {
      const [list = ''] = path.slice('/me/'.length).split('/');
      for (const id of ids[list] ?? [])
        for (const method of methods) {
          const body = method === 'PUT' ? bodyOf(path, { resource_id: album, subject, scopes: ['view'] }) : {};
          const target = path.replace('{id}', id);
          const foreign = await send(method, target, bob.token, ['PUT', 'POST'].includes(method) ? body : undefined);
          const unknown = await send(
            method,
            path.replace('{id}', `${id.slice(0, -4)}AAAA`),
            bob.token,
            ['PUT', 'POST'].includes(method) ? body : undefined,
          );
          expect([method, path, foreign.status, withoutReference(foreign.text)]).toEqual([
            method,
            path,
            404,
            withoutReference(unknown.text),
          ]);
          tried.push(`${method} ${path}`);
        }
    }
    expect(new Set(tried).size).toBeGreaterThanOrEqual(6);
    expect(await state()).toEqual(before);
  });

  it('226 every list of the owner API shows her own only', async () => {
    const { alice, bob } = owners();
    const album = await alice.album('Of alice alone');
    await alice.owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] });
    for (const list of ['resources', 'policies', 'requests', 'authorizations']) {
      const seen = (await bob.owner.get(`${list}?limit=200`)).text;
      expect(seen).not.toContain(album);
      expect(seen).not.toContain('Of alice alone');
    }
  });

  it.each([
    'sort=name',
    'order=DESC',
    'where[owner]=account:bob',
    'filter={"owner":"account:bob"}',
    'relations=owner',
    'limit[gt]=1',
    'limit[]=1',
    'page[size]=1000000',
    'sort=(select%20secret%20from%20client)',
    'owner=account:bob',
    '__proto__[limit]=1',
  ])('229 the query ?%s opens nothing: 400, or as if it were not there', async (query) => {
    const { alice, bob } = owners();
    await bob.album('Of bob alone');
    for (const list of ['resources', 'policies', 'requests', 'authorizations']) {
      const [plain, strange] = [await alice.owner.get(list), await alice.owner.get(`${list}?${query}`)];
      if (strange.status === 200) expect(withoutUse(strange.text)).toBe(withoutUse(plain.text));
      else expect(outcome(strange)).toBe('400 invalid_request');
      expect(strange.text).not.toContain('Of bob alone');
    }
  });

  it.each(ORIGINS)(
    '234 no page of %s may read what the APIs answer, or send what a page may not send',
    async (origin) => {
      const { alice } = owners();
      const paths = ['/me/resources', '/uma/resources/', '/token', '/introspect', '/revoke', '/uma/permission'];
      for (const path of paths) {
        const asked = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        };
        const preflight = await server().http.send({ method: 'OPTIONS', path, headers: asked });
        const read = await server().http.send({ method: 'GET', path, headers: { origin }, bearer: alice.token });
        for (const answer of [preflight, read])
          expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    },
  );

  it('215, 216 a browser’s cookie, form or text opens and changes nothing', async () => {
    const { alice } = owners();
    const album = await alice.album();
    const policy = JSON.stringify({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] });
    const cookie = `access_token=${alice.token}; token=${alice.token}; session=${alice.token}`;
    const http = server().http;
    const path = '/me/policies';
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { cookie, 'content-type': type, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      expect([401, 415]).toContain((await http.send({ method: 'POST', path, headers, body: policy })).status);
    }
    const text = { 'content-type': 'text/plain' };
    expect((await http.send({ method: 'POST', path, headers: text, body: policy, bearer: alice.token })).status).toBe(
      415,
    );
    const seen = (await alice.owner.get(`policies?resource_id=${album}`)).json<{ items: unknown[] }>();
    expect(seen.items).toEqual([]);
  });

  it('235 a suffix makes no page that a cache would keep, and personal answers are never stored', async () => {
    const { alice } = owners();
    for (const path of ['/me/resources/x.css', '/me/resources.css', '/me/resources/;x.js', '/me/resources%2fx.png']) {
      const answer = await server().http.get(path, { bearer: alice.token });
      expect([path, answer.status, answer.headers['cache-control']]).toEqual([path, 404, 'no-store']);
    }
    for (const list of ['resources', 'policies', 'requests', 'authorizations']) {
      const { headers } = await alice.owner.get(list);
      expect([headers['cache-control'], headers['x-content-type-options']]).toEqual(['no-store', 'nosniff']);
    }
  });

  it.each(NOWHERE)('236 there is nothing at %s, and no word of what the server is made of', async (path) => {
    const answer = await server().http.get(path);
    expect(outcome(answer)).toBe('404 not_found');
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers.server).toBeUndefined();
  });

  it('236 health and readiness say one word', async () => {
    expect((await server().http.get('/health/live')).json()).toEqual({ status: 'live' });
    expect((await server().http.get('/health/ready')).json()).toEqual({ status: 'ready' });
  });
});
