import { exportJWK, generateKeyPair } from 'jose';

import { documentedJsonRequests, type OpenApi } from '../documentation/documented-answers.js';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, outcome, ownersOf } from '../owner-api/owners.js';
import { registered, SETTINGS as CLIENT } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { describeServer } from '../support/engines.js';
import { WHICHEVER } from '../support/http.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';

/** A request that is answered with success, once. */
interface Good {
  readonly path: string;
  readonly body: object;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
}

const DESCRIPTION = { name: 'Summer', resource_scopes: ['view', 'print'], shown: { by: [{ maker: 'x' }] } };
const SCOPES = ['view', 'print'];

const pat = ({ connections }: Server) => ({ bearer: connections[0]?.access_token ?? '' });
const asOwner = (server: Server) => ({ bearer: ownersOf(server).alice.token });
const album = (server: Server) => ownersOf(server).alice.album();
const registration = (server: Server, path: string) =>
  Promise.resolve({ path, body: DESCRIPTION, ...pat(server), status: 201 });
const policy = (resource: string) => ({
  resource_id: resource,
  subject: { type: 'account', account_id: 'carol' },
  scopes: SCOPES,
});
const decision = async (server: Server, verb: 'approve' | 'deny') => {
  const resource = await album(server);
  const { requestId } = await daveAsks(server, ownersOf(server).alice, resource);
  return { path: `/me/requests/${requestId}/${verb}`, resource, ...asOwner(server), status: 200 };
};
const clientMetadata = async () => {
  const { publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] };
  return { redirect_uris: [REDIRECT], client_name: 'A shop', jwks };
};

const terms = () => ({ scopes: ['view'], until: new Date(Date.now() + 86_400_000).toISOString() });
const handover = async (server: Server, path: string, status: number) => {
  const { until } = terms();
  const body = { subject: 'account:carol', resource_ids: [await album(server)], allow: 'act', until };
  return { path, body, ...asOwner(server), status };
};
const WORDS = {
  level: 'see',
  texts: { en: { verb: 'read', object: 'diaries' }, de: { verb: 'lesen', object: 'Tagebücher' } },
};
const byOperator = async (
  server: Server,
  { path, of, body, status }: { path: string; of?: string; body: object; status: number },
): Promise<Good> => {
  const operator = await operatorApi(server);
  const version = of === undefined ? undefined : textMember(await operator.get(of), 200, 'version');
  const headers = { ...operator.headers, ...(version !== undefined && { 'if-match': `"${version}"` }) };
  return { path: `/operator-api/${path}`, body, headers, status };
};

const mark = async (server: Server, name: 'star' | 'labels', body: object) => ({
  path: `/me/resources/${await album(server)}/${name}`,
  body,
  ...asOwner(server),
  status: 200,
});

/** Every request of this server whose body is JSON. */
const REQUESTS: Readonly<Record<string, (server: Server) => Promise<Good>>> = {
  'POST /uma/resources': (server) => registration(server, '/uma/resources'),
  'POST /uma/resources/': (server) => registration(server, '/uma/resources/'),
  'PUT /uma/resources/{id}': async (server) => ({
    path: `/uma/resources/${await album(server)}`,
    body: DESCRIPTION,
    ...pat(server),
    status: 200,
  }),
  'POST /uma/permission': async (server) => {
    const body = [
      { resource_id: await album(server), resource_scopes: SCOPES },
      { resource_id: await album(server), resource_scopes: SCOPES },
    ];
    return { path: '/uma/permission', body, ...pat(server), status: 201 };
  },
  'POST /me/policies': async (server) => ({
    path: '/me/policies',
    body: policy(await album(server)),
    ...asOwner(server),
    status: 201,
  }),
  'PUT /me/policies/{id}': async (server) => {
    const body = policy(await album(server));
    const id = await ownersOf(server).alice.owner.share(body);
    return { path: `/me/policies/${id}`, body, ...asOwner(server), status: 200 };
  },
  'POST /me/requests/{id}/approve': async (server) => {
    const { resource, ...request } = await decision(server, 'approve');
    return { ...request, body: { scopes: { [resource]: ['view'] }, expires_at: inDays(30) } };
  },
  'POST /me/requests/{id}/deny': async (server) => {
    const { path, bearer, status } = await decision(server, 'deny');
    return { path, bearer, status, body: { reason: 'Not now.', mute_days: 30 } };
  },
  'POST /me/shares': async (server) => ({
    path: '/me/shares',
    body: { resource_ids: [await album(server)], subject: 'account:carol', ...terms() },
    ...asOwner(server),
    status: 201,
  }),
  'PUT /me/shares/{id}': async (server) => {
    const id = await ownersOf(server).alice.owner.share(policy(await album(server)));
    return { path: `/me/shares/share:${id}`, body: terms(), ...asOwner(server), status: 200 };
  },
  'PUT /me/access/{id}': async (server) => {
    const { items } = (await accessOf(server, ownersOf(server).alice).get('access?limit=200')).json<{
      items: { id: string; holder: { id: string } }[];
    }>();
    const row = items.find(({ id, holder }) => id.startsWith('grant:') && holder.id === 'client:print-shop');
    return { path: `/me/access/${row?.id ?? ''}`, body: { until: inDays(5) }, ...asOwner(server), status: 200 };
  },
  'POST /me/stop': async (server) => ({
    path: '/me/stop',
    body: { subject: 'account:carol', sign_out: false },
    ...asOwner(server),
    status: 200,
  }),
  'POST /me/handovers': (server) => handover(server, '/me/handovers', 201),
  'POST /me/handovers/preview': (server) => handover(server, '/me/handovers/preview', 200),
  'POST /me/invitations': async (server) => ({
    path: '/me/invitations',
    body: { address: 'maya@example.org', resource_ids: [await album(server)], ...terms() },
    ...asOwner(server),
    status: 201,
  }),
  'PUT /me/resources/{id}/star': (server) => mark(server, 'star', { starred: true }),
  'PUT /me/resources/{id}/labels': (server) => mark(server, 'labels', { labels: ['Summer'] }),
  'PUT /me/settings': async (server) => {
    const body = (await ownersOf(server).alice.owner.get('settings')).json<object>();
    return { path: '/me/settings', body, ...asOwner(server), status: 200 };
  },
  'POST /operator-api/clients': (server) => byOperator(server, { path: 'clients', body: CLIENT, status: 201 }),
  'POST /operator-api/clients/preview': (server) =>
    byOperator(server, { path: 'clients/preview', body: CLIENT, status: 200 }),
  'POST /operator-api/clients/{id}/preview': async (server) => {
    const path = `clients/${(await registered(await operatorApi(server))).client_id}/preview`;
    return byOperator(server, { path, body: CLIENT, status: 200 });
  },
  'PUT /operator-api/clients/{id}': async (server) => {
    const path = `clients/${(await registered(await operatorApi(server))).client_id}`;
    return byOperator(server, { path, of: path, body: CLIENT, status: 200 });
  },
  'PUT /operator-api/wording/{id}': async (server) => {
    const path = `wording/${Buffer.from('photos.read').toString('base64url')}`;
    return byOperator(server, { path, of: path, body: { words: WORDS, publish: false }, status: 200 });
  },
  'POST /register': async () => ({ path: '/register', body: await clientMetadata(), status: 201 }),
  'PUT /register/{id}': async (server) => {
    const body = await clientMetadata();
    const { client_id: id, registration_access_token: bearer } = await registrarOf(server).registered(body);
    return { path: `/register/${id}`, body: { client_id: id, ...body }, bearer, status: 200 };
  },
};
const KEPT = { account: 'alice', client: 'print-shop', scope: 'photos.read' };
const SETTINGS = {
  connections: [...OWNERS_CONNECTIONS, KEPT],
  config: { registration: { mode: 'open' }, sharing: { invitations: true }, ...BY_ALICE },
};

describeServer('FedAuthz 3, 4.3: JSON that names a member twice', SETTINGS, (server) => {
  const send = (request: string, { path, bearer, headers }: Omit<Good, 'body' | 'status'>, body: string) =>
    server().http.send({
      method: request.split(' ', 1)[0] ?? '',
      path,
      body,
      headers: { 'content-type': 'application/json', ...WHICHEVER, ...headers },
      ...(bearer !== undefined && { bearer }),
    });

  it('the table has every request that is documented to take JSON', async () => {
    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const spelled = (request: string) => request.replace(/\{[^}]+\}/, '{id}');
    expect(documentedJsonRequests(document).map(spelled).sort()).toEqual(Object.keys(REQUESTS).map(spelled).sort());
  });

  it.each(Object.keys(REQUESTS))(
    '%s: 400 invalid_request, wherever in the body, and nothing is done',
    async (request) => {
      const good = await REQUESTS[request]?.(server());
      if (!good) throw new Error(request);
      const texts = repetitions(good.body);
      expect(texts.length).toBeGreaterThanOrEqual(3);
      for (const text of texts)
        expect([text, outcome(await send(request, good, text))]).toEqual([text, '400 invalid_request']);
      expect((await send(request, good, JSON.stringify(good.body))).status).toBe(good.status);
    },
  );
});

/** The same value, each time with one member of one object in it named twice: alike, otherwise, and in another spelling. */
function repetitions(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const inside = entries.flatMap(([name, member]) =>
    repetitions(member).map((text) =>
      written(
        value,
        entries.map(([other, one]) => [other, other === name ? text : JSON.stringify(one)]),
      ),
    ),
  );
  if (Array.isArray(value)) return inside;
  const members = entries.map(([name, member]) => [JSON.stringify(name), JSON.stringify(member)] as const);
  const twice = members.flatMap(([name, member]) => {
    const escaped = `"\\u${name.charCodeAt(1).toString(16).padStart(4, '0')}${name.slice(2)}`;
    return [
      [name, member],
      [name, 'null'],
      [escaped, member],
    ].map((again) => `{${[...members, again].map((pair) => pair.join(':')).join()}}`);
  });
  return [...inside, ...twice];
}

const written = (value: object, entries: readonly (readonly [string, string])[]) =>
  Array.isArray(value)
    ? `[${entries.map(([, text]) => text).join()}]`
    : `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`;
