import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { basic } from '../support/http.js';
import { givePassword, locationOf, PersonAtBrowser } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const SECRETS = {
  manager: 'manager-secret-manager-secret-manager-000',
  rival: 'rival-secret-rival-secret-rival-secret-00',
};
type Manager = keyof typeof SECRETS;
const client = (id: Manager) => ({
  client_id: id,
  name: id,
  type: 'confidential',
  secret: { env: `${id.toUpperCase()}_SECRET` },
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  redirect_uris: [CALLBACK],
  scopes: [
    'openid',
    'offline_access',
    'photos.read',
    'photos.write',
    'grant_management_query',
    'grant_management_revoke',
  ],
  audiences: [PHOTOS],
});
const SET_UP = {
  issuerPath: '/t1',
  clients: [client('manager'), client('rival')],
  env: { MANAGER_SECRET: SECRETS.manager, RIVAL_SECRET: SECRETS.rival },
};
type Form = Readonly<Record<string, string>>;

describeServer('Grant Management for OAuth 2.0', SET_UP, (server) => {
  let alice: PersonAtBrowser;
  beforeAll(() => givePassword(server(), 'alice'));
  beforeEach(() => void (alice = new PersonAtBrowser(server())));

  const token = async (form: Form, id: Manager = 'manager') =>
    server().http.form('/token', form, { headers: { authorization: basic(id, SECRETS[id]) } });
  const own = async (scope: string, id: Manager = 'manager') =>
    textMember(await token({ grant_type: 'client_credentials', scope }, id), 200, 'access_token');
  const query = async (grantId: string, bearer: string) => server().http.get(`/grants/${grantId}`, { bearer });
  const revoke = (grantId: string, bearer: string) =>
    fetch(`${server().issuer}/grants/${grantId}`, { method: 'DELETE', headers: { authorization: `Bearer ${bearer}` } });
  const addressOf = (changes: Form) => {
    const usual = { client_id: 'manager', scope: 'openid offline_access photos.read', resource: PHOTOS };
    const query = new URLSearchParams(authorizationRequest({ ...usual, ...changes }));
    return `${server().issuer}/authorize?${query.toString()}`;
  };
  const granted = async (changes: Form) => {
    const back = await alice.allow(addressOf(changes));
    expect(back.searchParams.has('grant_id')).toBe(false);
    const code = back.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    const answer = await token(form);
    return {
      grantId: textMember(answer, 200, 'grant_id'),
      access: textMember(answer, 200, 'access_token'),
      refresh: textMember(answer, 200, 'refresh_token'),
    };
  };
  const isActive = async (access: string) =>
    (await clientOf(server(), 'photo-service').introspect(access)).json()['active'];
  const refreshed = async (refresh: string) =>
    (await token({ grant_type: 'refresh_token', refresh_token: refresh })).json()['error'];

  it('IR-53, IR-55 a client sees what it was given, by a name that is no secret and names nobody', async () => {
    const { grantId } = await granted({ grant_management_action: 'create' });
    const other = await granted({ grant_management_action: 'create' });
    expect(other.grantId).not.toBe(grantId);
    expect(grantId).toMatch(/^g_[\w-]{22}$/);
    const answer = await query(grantId, await own('grant_management_query'));
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(answer.json()).toEqual({
      scopes: [{ scope: 'openid offline_access photos.read', resource: [PHOTOS] }],
      claims: [],
      authorization_details: [],
      created_at: time,
      last_updated_at: time,
      updated_by: 'client',
    });
  });

  it('IR-57 a token that is revoked is gone, and the grant is still there', async () => {
    const { grantId, refresh } = await granted({ grant_management_action: 'create' });
    const headers = { authorization: basic('manager', SECRETS.manager) };
    expect((await server().http.form('/revoke', { token: refresh }, { headers })).status).toBe(200);
    expect(await refreshed(refresh)).toBe('invalid_grant');
    expect((await query(grantId, await own('grant_management_query'))).status).toBe(200);
  });

  it('IR-50 merge adds to the grant and ends its refresh tokens', async () => {
    const first = await granted({ grant_management_action: 'create' });
    const changes = { grant_management_action: 'merge', grant_id: first.grantId, scope: 'offline_access photos.write' };
    const merged = await granted(changes);
    expect(merged.grantId).toBe(first.grantId);
    const { scopes } = (await query(first.grantId, await own('grant_management_query'))).json<{
      scopes: { scope: string }[];
    }>();
    expect(scopes[0]?.scope.split(' ').sort()).toEqual(['offline_access', 'openid', 'photos.read', 'photos.write']);
    expect(await refreshed(first.refresh)).toBe('invalid_grant');
    expect(await isActive(first.access)).toBe(true);
  });

  it('IR-51 replace leaves only what was given now, and ends all tokens of before', async () => {
    const first = await granted({ grant_management_action: 'create' });
    await granted({
      grant_management_action: 'replace',
      grant_id: first.grantId,
      scope: 'offline_access photos.write',
    });
    const { scopes } = (await query(first.grantId, await own('grant_management_query'))).json<{
      scopes: { scope: string }[];
    }>();
    expect(scopes[0]?.scope.split(' ').sort()).toEqual(['offline_access', 'photos.write']);
    expect(await refreshed(first.refresh)).toBe('invalid_grant');
    expect(await isActive(first.access)).toBe(false);
  });

  it('IR-52 DELETE ends the grant, its refresh tokens and its access tokens, once', async () => {
    const { grantId, access, refresh } = await granted({ grant_management_action: 'create' });
    const bearer = await own('grant_management_revoke');
    const answers = await Promise.all(Array.from({ length: 8 }, () => revoke(grantId, bearer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(7).fill(404)]);
    expect(await isActive(access)).toBe(false);
    expect(await refreshed(refresh)).toBe('invalid_grant');
    expect((await query(grantId, await own('grant_management_query'))).status).toBe(404);
    const back = locationOf(await alice.open(addressOf({ grant_management_action: 'merge', grant_id: grantId })));
    expect(back.searchParams.get('error')).toBe('invalid_grant_id');
  });

  it('IR-52, IR-56 a grant of another client stays, and there is no list', async () => {
    const { grantId, access } = await granted({ grant_management_action: 'create' });
    const rival = await own('grant_management_query grant_management_revoke', 'rival');
    expect((await query(grantId, rival)).status).toBe(403);
    expect((await revoke(grantId, rival)).status).toBe(403);
    expect(await isActive(access)).toBe(true);
    for (const path of ['/grants', '/grants/'])
      expect((await server().http.get(path, { bearer: rival })).status).toBe(404);
  });

  it('IR-53 a token without the scope, none, and names of nothing get 403, 401 and 404', async () => {
    const { grantId } = await granted({ grant_management_action: 'create' });
    const [reading, ending] = [await own('grant_management_query'), await own('grant_management_revoke')];
    expect((await query(grantId, ending)).json()['error']).toBe('insufficient_scope');
    expect((await revoke(grantId, reading)).status).toBe(403);
    expect((await server().http.get(`/grants/${grantId}`)).status).toBe(401);
    for (const id of ['g_x', '%00', '..%2f', 'x'.repeat(90)]) expect((await query(id, reading)).status).toBe(404);
  });

  it('IR-53 what a client holds for itself is no grant of anybody', async () => {
    const answer = await token({ grant_type: 'client_credentials', scope: 'photos.read' });
    const seen = await server().http.form(
      '/introspect',
      { token: textMember(answer, 200, 'access_token') },
      { headers: { authorization: basic('manager', SECRETS.manager) } },
    );
    const grantId = String(seen.json()['grant_id']);
    expect((await query(grantId, await own('grant_management_query'))).status).toBe(404);
  });
});
