import { AuthorizationServer } from './authorization-server.js';
import { BearerProtection } from './bearer-protection.js';
import { clientSecretBasic } from './client-authentication.js';
import { StubAuthorizationServer } from './testing/stub-authorization-server.js';

describe('RFC 6750 §3: plain bearer tokens', () => {
  let stub: StubAuthorizationServer;
  beforeAll(async () => void (stub = await StubAuthorizationServer.start()));
  afterAll(() => stub.stop());
  beforeEach(() => void stub.reset());

  const decide = (authorization?: string) => {
    const server = new AuthorizationServer({ issuer: stub.issuer, authentication: clientSecretBasic('rs', 'secret') });
    const bearer = new BearerProtection(server, { realm: 'photos', audience: 'https://photos.example' });
    return bearer.decide({ url: '/', headers: { authorization } }, ['photos.read']);
  };
  const is = (json: object) =>
    stub.on('POST /introspect', () => ({ json: { active: true, aud: 'https://photos.example', ...json } }));

  it('asks for a token without naming an error', async () => {
    await expect(decide()).resolves.toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="photos"' },
    });
  });

  it('serves who has the scope, asking as the client that the resource server is', async () => {
    is({ scope: 'photos.write photos.read', client_id: 'app' });
    await expect(decide('Bearer at')).resolves.toMatchObject({ granted: true, token: { clientId: 'app' } });
    expect(stub.requests.at(-1)?.headers.authorization).toMatch(/^Basic /);
  });

  it('names the scope that is missing', async () => {
    is({ scope: 'photos.write' });
    await expect(decide('Bearer at')).resolves.toMatchObject({
      status: 403,
      headers: { 'www-authenticate': 'Bearer realm="photos", error="insufficient_scope", scope="photos.read"' },
    });
  });

  it.each([
    ['for another audience', { aud: ['https://other.example'], scope: 'photos.read' }],
    ['for no audience', { aud: undefined, scope: 'photos.read' }],
    ['bound to a key', { cnf: {}, scope: 'photos.read' }],
    ['that is inactive', { active: false }],
  ])('refuses a token %s', async (_what, json) => {
    is(json);
    await expect(decide('Bearer at')).resolves.toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="photos", error="invalid_token"' },
    });
  });
});
