import { AuthorizationServer } from './authorization-server.js';
import { clientSecretBasic } from './client-authentication.js';
import { ProtectionClient } from './protection-client.js';
import { type StubAnswer, StubAuthorizationServer } from './testing/stub-authorization-server.js';
import { UmaProtection } from './uma-protection.js';

const WARNING = '199 - "UMA Authorization Server Unreachable"';

describe('UmaProtection', () => {
  let stub: StubAuthorizationServer;
  beforeAll(async () => void (stub = await StubAuthorizationServer.start()));
  afterAll(() => stub.stop());
  beforeEach(() => void stub.reset());

  const protection = new UmaProtection('photos');
  const decide = (request: { url?: string; authorization?: string } = {}, scopes = ['view']) => {
    const server = new AuthorizationServer({
      issuer: stub.issuer,
      authentication: clientSecretBasic('rs', 'secret'),
      limits: { timeoutMs: 300 },
    });
    const { authorization, url = '/albums/1' } = request;
    return protection.decide(
      { url, headers: { authorization } },
      { id: 'r1', owner: new ProtectionClient(server) },
      scopes,
    );
  };
  const rpt = { authorization: 'Bearer rpt-1' };
  const seconds = Math.floor(Date.now() / 1000);
  const holds = (permission: object, more: object = {}) =>
    stub.on('POST /introspect', () => ({
      json: { active: true, permissions: [{ resource_id: 'r1', resource_scopes: ['view'], ...permission }], ...more },
    }));
  const challenged = () => ({
    granted: false,
    status: 401,
    headers: {
      'www-authenticate': `UMA realm="photos", as_uri="${stub.issuer}", ticket="ticket-1"`,
      'cache-control': 'no-store',
    },
    body: { error: 'invalid_token', as_uri: stub.issuer, ticket: 'ticket-1' },
  });

  it('UG-05 answers a request without a token with 401, the issuer and a ticket for what it would have needed', async () => {
    await expect(decide()).resolves.toMatchObject(challenged());
    expect(JSON.parse(stub.requests.at(-1)?.body ?? '')).toEqual([{ resource_id: 'r1', resource_scopes: ['view'] }]);
    expect(stub.count('POST /introspect')).toBe(0);
  });

  it('serves who holds the scope on the resource, and says who that is', async () => {
    holds({}, { client_id: 'print-shop', sub: 'bob' });
    await expect(decide(rpt)).resolves.toMatchObject({
      granted: true,
      token: { clientId: 'print-shop', subject: 'bob' },
    });
    expect(stub.count('POST /uma/permission')).toBe(0);
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bearer pat-1');
  });

  it('adds up the permissions on one resource', async () => {
    stub.on('POST /introspect', () => ({
      json: {
        active: true,
        permissions: [
          { resource_id: 'r1', resource_scopes: ['view'] },
          { resource_id: 'r1', resource_scopes: ['print'] },
        ],
      },
    }));
    await expect(decide(rpt, ['view', 'print'])).resolves.toMatchObject({ granted: true });
  });

  const tooWeak: [string, object, object][] = [
    ['for another resource', { resource_id: 'r2' }, {}],
    ['with another scope', { resource_scopes: ['print'] }, {}],
    ['without any scope', { resource_scopes: [] }, {}],
    ['whose permission has expired', { exp: seconds - 1 }, {}],
    ['whose permission is not valid yet', { nbf: seconds + 100 }, {}],
    ['that has expired itself', {}, { exp: seconds - 1 }],
    ['bound to a key that was not shown', {}, { cnf: { jkt: 'thumbprint' } }],
  ];
  it.each(tooWeak)('UG-06 treats a token %s exactly like none', async (_what, permission, more) => {
    holds(permission, more);
    await expect(decide(rpt)).resolves.toMatchObject(challenged());
  });

  it('UG-06 treats an inactive token exactly like none', async () => {
    await expect(decide(rpt)).resolves.toEqual(await decide());
  });

  it('needs all scopes, not one of them', async () => {
    holds({});
    await expect(decide(rpt, ['view', 'print'])).resolves.toMatchObject({ status: 401 });
  });

  const broken: [string, string, StubAnswer][] = [
    ['the metadata fails', 'GET /.well-known/uma2-configuration', { status: 500, json: {} }],
    ['no PAT is to be had', 'POST /token', { status: 401, json: { error: 'invalid_client' } }],
    ['the ticket is refused', 'POST /uma/permission', { status: 400, json: { error: 'invalid_resource_id' } }],
    ['the ticket does not come', 'POST /uma/permission', { write: () => undefined }],
    ['the ticket cannot stand in a header', 'POST /uma/permission', { status: 201, json: { ticket: 't"\r\nx: y' } }],
    ['the connection breaks', 'POST /uma/permission', { write: (response) => void response.socket?.destroy() }],
  ];
  it.each(broken)('UG-07 answers 403 with the warning and a JSON body when %s', async (_what, route, answer) => {
    stub.on(route, () => answer);
    const decision = await decide();
    expect(decision).toMatchObject({
      granted: false,
      status: 403,
      headers: { warning: WARNING },
      body: { error: 'temporarily_unavailable' },
      cause: expect.any(Error) as unknown,
    });
    expect(decision).not.toHaveProperty('headers.www-authenticate');
  });

  it.each([
    ['an error', { status: 500, json: { error: 'server_error' } }],
    ['a page', { write: (response) => void response.end('<p>active</p>') }],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
  ] as [string, StubAnswer][])('fails closed when introspection answers with %s', async (_what, answer) => {
    stub.on('POST /introspect', () => answer);
    await expect(decide(rpt)).resolves.toMatchObject({ status: 403, headers: { warning: WARNING } });
  });

  it('renews a PAT that the server no longer takes, once', async () => {
    let given = 0;
    stub.on('POST /token', () => ({ json: { access_token: `pat-${++given}`, token_type: 'Bearer', expires_in: 600 } }));
    stub.on('POST /uma/permission', ({ headers }) =>
      headers.authorization === 'Bearer pat-1'
        ? { status: 401, json: { error: 'invalid_token' } }
        : { status: 201, json: { ticket: 'ticket-1' } },
    );
    await expect(decide()).resolves.toMatchObject(challenged());
    expect(stub.count('POST /uma/permission')).toBe(2);
  });

  it('RFC 9700 §4.3.2 refuses a token in the query without asking anybody', async () => {
    await expect(decide({ url: '/albums/1?access_token=rpt-1' })).resolves.toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(stub.requests).toEqual([]);
  });

  it('needs at least one scope, since any permission would cover none', async () => {
    await expect(decide(rpt, [])).rejects.toThrow(TypeError);
  });

  it('refuses a realm that a header cannot carry', () => {
    expect(() => new UmaProtection('a\r\nb')).toThrow(TypeError);
  });
});
