import { signedIn } from '../account/people.js';
import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { accessOf } from '../owner-api/access-calls.js';
import { daveAsks, outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from '../owner-api/owners.js';
import { sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { type Answer, WHICHEVER } from '../support/http.js';
import { invitedBy } from '../support/invited.js';
import type { Server } from '../support/server.js';
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

const IN_A_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString();

/** What a route takes, so that nothing but the id is wrong. */
const BODIES: Readonly<Record<string, object>> = {
  '/me/resources/{id}/star': { starred: true },
  '/me/resources/{id}/labels': { labels: ['mine'] },
  '/me/access/{id}': { until: IN_A_WEEK },
  '/me/shares/{id}': { scopes: ['view'], until: '2126-01-01T00:00:00Z' },
};

/** What there is, in one order: requests of hers use some of it, and what was used last comes first. */
const versionsIn = (list: Answer) =>
  list
    .json<{ items: { id?: string; grant_id?: string; version?: string; state: string }[] }>()
    .items.map(({ id, grant_id: grant, version, state }) => [id ?? grant, version, state].join(' '))
    .sort();

/** Each refusal has a reference of its own. */
const withoutReference = (text: string) => text.replace(/,"reference":"[^"]+"/, '');

/** Of sessions alone: looked at with two people who are signed in. */
const NEEDS_SESSION = new Set(['DELETE /me/sessions/{id}']);
/** Lists of what is no owner's. */
const NOBODYS = new Set(['applications', 'sessions']);

/** Something of hers of each kind that a route below /me/ names, by the first part of its path. */
async function idsOf(
  server: Server,
  alice: Person,
  { album, policy, requestId }: Readonly<Record<'album' | 'policy' | 'requestId', string>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { items } = (await alice.owner.authorizations()).json<{ items: { grant_id: string }[] }>();
  const ended = await alice.owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] });
  await alice.owner.removePolicy(ended);
  const removed = (await alice.owner.get('removed')).json<{ items: { removed_id: string }[] }>().items;
  const handover = { subject: 'account:carol', resource_ids: [album], allow: 'see', until: IN_A_WEEK };
  const { id } = (await accessOf(server, alice).post('handovers', handover)).json<{ id: string }>();
  const invited = await invitedBy(server, alice, { resource_ids: [album] });
  const access = [`share:${policy}`, ...items.map(({ grant_id: grant }) => `grant:${grant}`)];
  return {
    resources: [album],
    policies: [policy],
    requests: [requestId],
    authorizations: items.map(({ grant_id: grant }) => grant),
    access,
    shares: [`share:${policy}`],
    'check-up': access,
    removed: removed.map(({ removed_id: one }) => one),
    handovers: [id],
    invitations: [invited.id],
  };
}

const SETTINGS = { connections: OWNERS_CONNECTIONS, config: { sharing: { invitations: true } } };

describeServer('private APIs', SETTINGS, (server) => {
  const owners = () => ownersOf(server());
  const send = (method: string, path: string, bearer: string, body?: object): Promise<Answer> =>
    body === undefined
      ? server().http.send({ method, path, bearer })
      : server().http.json(method, path, body, { bearer, headers: WHICHEVER });

  it('226 every route of the owner API with an id of another owner is 404 and changes nothing', async () => {
    const { alice, bob } = owners();
    const album = await alice.album();
    const subject = { type: 'anyone' };
    const policy = await alice.owner.share({ resource_id: album, subject, scopes: ['view'] });
    const asked = await alice.album('Asked for');
    const { requestId } = await daveAsks(server(), alice, asked);
    const ticket = await alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const rpt = await requestingParty(server(), CAROL, 'print-shop').rpt(ticket);
    const ids = await idsOf(server(), alice, { album, policy, requestId });
    const state = async () => [
      (await alice.owner.get('resources')).text,
      (await alice.owner.get('policies')).text,
      (await alice.owner.get('requests')).text,
      versionsIn(await alice.owner.get('access')),
      (await alice.owner.get('removed')).text,
      (await alice.owner.get('handovers')).text,
      (await alice.owner.get('invitations')).text,
      versionsIn(await alice.owner.authorizations()),
      (await alice.photos.introspect(rpt)).json().permissions,
    ];
    const before = await state();

    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const routes = documentedPaths(document).filter(({ path }) => path.startsWith('/me/') && path.includes('{id}'));
    const all = new Set(Object.values(ids).flat());
    const tried: string[] = [];
    for (const { path, methods } of routes) {
      const own = ids[path.slice('/me/'.length).split('/')[0] ?? ''] ?? [];
      for (const method of methods.filter((one) => !NEEDS_SESSION.has(`${one} ${path}`))) {
        const body = BODIES[path] ?? (method === 'PUT' ? { resource_id: album, subject, scopes: ['view'] } : {});
        const ask = (id: string, bearer = bob.token) =>
          send(method, path.replace('{id}', id), bearer, ['PUT', 'POST'].includes(method) ? body : undefined);
        const invented = await ask(`${own[0]?.slice(0, -4) ?? 'nothing'}AAAA`);
        expect([method, path, invented.status]).toEqual([method, path, 404]);
        // Hers at bob's hand, and at her own those of other kinds.
        const others = [...all].filter((id) => !own.includes(id));
        const answers = [
          ...(await Promise.all(own.map((id) => ask(id)))),
          ...(await Promise.all(others.map((id) => ask(id, alice.token)))),
        ];
        for (const answer of answers) {
          expect([method, path, answer.status, withoutReference(answer.text)]).toEqual([
            method,
            path,
            404,
            withoutReference(invented.text),
          ]);
        }
        tried.push(`${method} ${path}`);
      }
    }
    const documented = routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
    expect(tried.sort()).toEqual(documented.filter((route) => !NEEDS_SESSION.has(route)).sort());
    expect(Object.keys(ids).sort()).toEqual(
      [...new Set(routes.map(({ path }) => path.split('/')[2] ?? ''))].filter((list) => !NOBODYS.has(list)).sort(),
    );
    expect(await state()).toEqual(before);
  });

  it('226 the session of another person is 404 and goes on', async () => {
    const [hers, another] = [await signedIn(server(), 'alice'), await signedIn(server(), 'alice')];
    const api = await sessionApi(server(), hers.browser);
    const foreign = (await api.get('sessions')).json<{ items: { id: string; current: boolean }[] }>().items;
    const bobs = server().connections[3]?.access_token ?? '';
    // A token ends none, and at her own session what is no session is not found.
    for (const { id } of foreign) expect((await send('DELETE', `/me/sessions/${id}`, bobs)).status).not.toBe(204);
    for (const id of ['s0', ...foreign.map(({ id: one }) => `${one.slice(0, -4)}AAAA`)])
      expect((await api.change('DELETE', `sessions/${id}`)).status).toBe(404);
    expect((await (await sessionApi(server(), another.browser)).get('sessions')).status).toBe(200);
  });

  it('226 every list of the owner API shows her own only', async () => {
    const { alice, bob } = owners();
    const album = await alice.album('Of alice alone');
    await alice.owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] });
    for (const list of [
      'resources',
      'policies',
      'requests',
      'authorizations',
      'access',
      'removed',
      'activity',
      'handovers',
      'invitations',
      'shared-with-me',
    ]) {
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
