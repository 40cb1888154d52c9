import { AuthorizationServer } from './authorization-server.js';
import { clientSecretBasic } from './client-authentication.js';
import { ProtectionClient } from './protection-client.js';
import { StubAuthorizationServer } from './testing/stub-authorization-server.js';

describe('FedAuthz §3: resource registration', () => {
  let stub: StubAuthorizationServer;
  beforeAll(async () => void (stub = await StubAuthorizationServer.start()));
  afterAll(() => stub.stop());
  beforeEach(() => void stub.reset());

  const resources = () =>
    new ProtectionClient(
      new AuthorizationServer({ issuer: stub.issuer, authentication: clientSecretBasic('rs', 'secret') }),
    ).resources;
  const description = { name: 'Winter', resource_scopes: ['view'] };

  it('creates with the PAT and gives back the id', async () => {
    stub.on('POST /uma/resources/', () => ({ status: 201, json: { _id: 'r1' } }));
    await expect(resources().create(description)).resolves.toEqual({ id: 'r1', userAccessPolicyUri: undefined });
    expect(stub.requests.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer pat-1', 'content-type': 'application/json' },
      body: JSON.stringify(description),
    });
  });

  it.each([
    ['a page of the server', (issuer: string) => `${issuer}/me/share/r1`, true],
    ['a page elsewhere', () => 'https://evil.example/me/share/r1', false],
    ['a name that only begins alike', (issuer: string) => `${issuer}.evil.example/`, false],
    ['a user in front of another host', (issuer: string) => `${issuer}@evil.example/`, false],
    ['no address', () => 'javascript:alert(1)', false],
  ])('uma2-fedauthz 7: as user_access_policy_uri, %s', async (_what, uri, taken) => {
    const given = uri(stub.issuer);
    stub.on('POST /uma/resources/', () => ({ status: 201, json: { _id: 'r1', user_access_policy_uri: given } }));
    const { userAccessPolicyUri } = await resources().create(description);
    expect(userAccessPolicyUri).toBe(taken ? given : undefined);
  });

  it('reads all members and the version, or says that there is nothing', async () => {
    stub.on('GET /uma/resources/r1', () => ({
      headers: { etag: '"7"' },
      json: { _id: 'r1', 'name#fr': 'Hiver', ...description },
    }));
    await expect(resources().read('r1')).resolves.toEqual({
      id: 'r1',
      userAccessPolicyUri: undefined,
      description: { 'name#fr': 'Hiver', ...description },
      etag: '"7"',
    });
    await expect(resources().read('r2')).resolves.toBeUndefined();
  });

  it('UF-16 updates a version only if it is still that version', async () => {
    stub.on('PUT /uma/resources/r1', ({ headers }) =>
      headers['if-match'] === '"7"' ? { json: { _id: 'r1' } } : { status: 412, json: { error: 'precondition_failed' } },
    );
    await expect(resources().update('r1', description, '"7"')).resolves.toMatchObject({ id: 'r1' });
    await expect(resources().update('r1', description, '"6"')).rejects.toMatchObject({ status: 412 });
  });

  it.each([[204], [200]])('takes %i as deleted, and 404 as already gone', async (status) => {
    stub.on('DELETE /uma/resources/r1', () => ({ status }));
    await expect(resources().delete('r1')).resolves.toBe(true);
    await expect(resources().delete('r2')).resolves.toBe(false);
  });

  it.each(['', '.', '..'])('never takes "%s" for an id: it would name another endpoint', async (id) => {
    await expect(resources().delete(id)).rejects.toThrow(TypeError);
  });

  it('encodes an id', async () => {
    await resources().read('../x?y');
    expect(stub.requests.at(-1)?.route).toBe('GET /uma/resources/..%2Fx%3Fy');
  });

  const all = async () => {
    const ids: string[] = [];
    for await (const id of resources().list()) ids.push(id);
    return ids;
  };

  it('lists page by page', async () => {
    const link = '</uma/resources/?cursor=2>; rel="next"';
    stub.on('GET /uma/resources/', () => ({ headers: { link }, json: ['a', 'b'] }));
    stub.on('GET /uma/resources/?cursor=2', () => ({ json: ['c'] }));
    await expect(all()).resolves.toEqual(['a', 'b', 'c']);
  });

  it.each([
    '<http://127.0.0.1:1/uma/resources/?cursor=2>; rel="next"',
    '</other>; rel="next"',
    '</uma/resources/>; rel="next"',
  ])('does not carry the PAT along the link %s', async (link) => {
    stub.on('GET /uma/resources/', () => ({ headers: { link }, json: ['a'] }));
    await expect(all()).rejects.toMatchObject({ reason: 'bad_answer' });
  });
});
