import { clientOf } from '../support/client.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic, httpFor } from '../support/http.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { UMA_TICKET } from '../support/world.js';

type Probe = (server: Server, path: string) => Promise<Answer>;

interface Advertised {
  /** Methods that do their work; every other one is answered with 405. */
  readonly methods: readonly string[];
  /** An honest request to the advertised address. */
  readonly probe: Probe;
  readonly status: number;
}

const CONNECTIONS = [{ account: 'alice', client: 'login-app', scope: 'openid' }];
/** A client that can send people to give claims. */
const VIEWER = {
  client_id: 'viewer',
  name: 'Viewer',
  type: 'public',
  grant_types: [UMA_TICKET],
  claims_redirect_uris: ['https://viewer.example/uma'],
};
const OPTIONS = { issuerPath: '/t1', connections: CONNECTIONS, clients: [VIEWER] };
const DESCRIPTION = { resource_scopes: ['view'] };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

async function pat(server: Server): Promise<string> {
  const answer = await clientOf(server, 'photo-service').clientCredentials({ scope: 'uma_protection' });
  return textMember(answer, 200, 'access_token');
}

async function ticket(server: Server, path: string): Promise<Answer> {
  const bearer = await pat(server);
  const created = await server.http.json('POST', '/uma/resources/', DESCRIPTION, { bearer });
  const wanted = { resource_id: textMember(created, 201, '_id'), resource_scopes: ['view'] };
  return server.http.json('POST', path, wanted, { bearer });
}

const asShop = (path: string, form: Record<string, string>) => (server: Server) =>
  clientOf(server, 'print-shop').post(path, form);

/** Every address of the metadata; a new one without a probe fails the test. */
const ADVERTISED: Readonly<Record<string, Advertised>> = {
  token_endpoint: {
    methods: ['POST'],
    status: 200,
    probe: (server, path) => asShop(path, { grant_type: 'client_credentials', scope: 'view' })(server),
  },
  authorization_endpoint: {
    methods: ['GET', 'POST'],
    status: 303,
    probe: (server, path) => {
      const request = new URLSearchParams({ ...authorizationRequest(), client_id: 'print-shop' });
      return server.http.get(`${path}?${request.toString()}`);
    },
  },
  end_session_endpoint: { methods: ['GET', 'POST'], status: 200, probe: (server, path) => server.http.get(path) },
  pushed_authorization_request_endpoint: {
    methods: ['POST'],
    status: 201,
    probe: (server, path) => asShop(path, authorizationRequest())(server),
  },
  device_authorization_endpoint: {
    methods: ['POST'],
    status: 200,
    probe: (server, path) => server.http.form(path, { client_id: 'public-app', scope: 'photos.read' }),
  },
  introspection_endpoint: {
    methods: ['POST'],
    status: 200,
    probe: (server, path) => asShop(path, { token: 'x' })(server),
  },
  revocation_endpoint: {
    methods: ['POST'],
    status: 200,
    probe: (server, path) => asShop(path, { token: 'x' })(server),
  },
  resource_registration_endpoint: {
    methods: ['GET', 'POST'],
    status: 201,
    probe: async (server, path) => server.http.json('POST', path, DESCRIPTION, { bearer: await pat(server) }),
  },
  permission_endpoint: { methods: ['POST'], status: 201, probe: ticket },
  claims_interaction_endpoint: {
    methods: ['GET'],
    status: 303,
    probe: async (server, path) => {
      const asked = new URLSearchParams({
        client_id: 'viewer',
        ticket: textMember(await ticket(server, '/uma/permission'), 201, 'ticket'),
      });
      return server.http.get(`${path}?${asked.toString()}`);
    },
  },
  userinfo_endpoint: {
    methods: ['GET', 'POST'],
    status: 200,
    probe: (server, path) => server.http.get(path, { bearer: server.connections[0]?.access_token ?? '' }),
  },
  // A grant is below it, and the address alone is none (IR-56).
  grant_management_endpoint: {
    methods: [],
    status: 401,
    probe: (server, path) => server.http.get(`${path}/g_none`),
  },
  jwks_uri: { methods: ['GET'], status: 200, probe: (server, path) => server.http.get(path) },
  service_documentation: { methods: ['GET'], status: 200, probe: (server, path) => server.http.get(path) },
};

describeServer('RFC 8414 2: what is advertised works', OPTIONS, (server) => {
  const metadata = async () =>
    (await httpFor(`http://127.0.0.1:${server().port}`).get('/.well-known/oauth-authorization-server/t1')).json();
  const list = async (name: string) => (await metadata())[name] as string[];
  const pathOf = async (name: string) => String((await metadata())[name]).slice(server().issuer.length);

  it('IR-65 has a probe for every address of the metadata', async () => {
    const addresses = Object.keys(await metadata()).filter((name) => /(_endpoint|_uri|_documentation)$/.test(name));
    expect(addresses.sort()).toEqual(Object.keys(ADVERTISED).sort());
  });

  it.each(Object.entries(ADVERTISED))('IR-65 %s does its work', async (name, { probe, status }) => {
    expect((await probe(server(), await pathOf(name))).status).toBe(status);
  });

  it.each(
    Object.entries(ADVERTISED).filter(([name, { methods }]) => name !== 'service_documentation' && methods.length > 0),
  )('IR-65 %s answers each other method with 405 and names its own in Allow', async (name, { methods }) => {
    const path = await pathOf(name);
    for (const method of METHODS.filter((one) => !methods.includes(one))) {
      const answer = await server().http.send({ method, path });
      expect([method, answer.status]).toEqual([method, 405]);
      expect(answer.headers.allow?.split(', ')).toEqual(expect.arrayContaining([...methods]));
    }
  });

  it('IR-65 knows every grant type that it advertises, and no other', async () => {
    const advertised = await list('grant_types_supported');
    const unknown = ['implicit', 'password', 'urn:ietf:params:oauth:grant-type:jwt-bearer'];
    for (const grantType of [...advertised, ...unknown]) {
      const answer = await clientOf(server(), 'print-shop').token({ grant_type: grantType });
      const isUnknown = answer.json().error === 'unsupported_grant_type';
      expect([grantType, isUnknown]).toEqual([grantType, !advertised.includes(grantType)]);
    }
  });

  it('IR-65 authenticates clients by every advertised method, at every endpoint that does', async () => {
    const clients = {
      client_secret_basic: 'print-shop',
      client_secret_post: 'other-shop',
      private_key_jwt: 'signed-shop',
      none: 'public-app',
    } as const;
    for (const [endpoint, path] of [
      ['token', '/token'],
      ['introspection', '/introspect'],
      ['revocation', '/revoke'],
    ] as const) {
      const advertised = await list(`${endpoint}_endpoint_auth_methods_supported`);
      for (const [method, client] of Object.entries(clients)) {
        const form = { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' };
        const answer = await clientOf(server(), client).post(path, form);
        expect([endpoint, method, answer.status === 401]).toEqual([endpoint, method, !advertised.includes(method)]);
      }
      const known = [...Object.keys(clients), 'Bearer'];
      expect(advertised.filter((method) => !known.includes(method))).toEqual([]);
    }
    const bearer = await pat(server());
    expect((await server().http.form('/introspect', { token: 'x' }, { bearer })).status).toBe(200);
    const { secret = '' } = server().world.clients['print-shop'];
    const raw = await server().http.form(
      '/token',
      { grant_type: 'client_credentials', scope: 'view' },
      {
        headers: { authorization: basic('print-shop', secret) },
      },
    );
    expect(raw.status).toBe(200);
  });

  it('IR-65 gives tokens for every protected resource, with the advertised algorithm and scopes', async () => {
    const scopes = await list('scopes_supported');
    const resources = (await list('protected_resources')).filter((one) => !one.startsWith(server().issuer));
    for (const resource of resources) {
      const answer = await clientOf(server(), 'other-shop').clientCredentials({ resource });
      expect(answer.status).toBe(200);
      for (const scope of String(answer.json().scope).split(' ')) expect(scopes).toContain(scope);
    }
    const signed = await clientOf(server(), 'signed-shop').clientCredentials({ scope: 'photos.read' });
    const [header = ''] = textMember(signed, 200, 'access_token').split('.');
    const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
    expect(await list('access_token_signing_alg_values_supported')).toEqual([alg]);
  });
});
