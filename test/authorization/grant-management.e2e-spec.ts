import { setTimeout as wait } from 'node:timers/promises';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { query as queryDatabase } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { allowed, givePassword, locationOf, PASSWORD } from '../support/person.js';
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
  config: { jobs: { expire_every: '200ms' } },
  clients: [client('manager'), client('rival')],
  env: { MANAGER_SECRET: SECRETS.manager, RIVAL_SECRET: SECRETS.rival },
};
type Form = Readonly<Record<string, string>>;

describeServer('Grant Management for OAuth 2.0', SET_UP, (server) => {
  let alice: FormBrowser;
  beforeAll(() => givePassword(server(), 'alice'));
  beforeEach(() => void (alice = new FormBrowser(server().issuer)));

  const token = async (form: Form, id: Manager = 'manager') =>
    server().http.form('/token', form, { headers: { authorization: basic(id, SECRETS[id]) } });
  const stored = (sql: string) => queryDatabase(server(), sql);
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
    const back = await allowed(alice, addressOf(changes));
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
      expires_at: time,
    });
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

  it('IR-54 a grant whose first tokens nobody fetched is dropped after ten minutes; fetched ones stay', async () => {
    const fetched = await granted({ grant_management_action: 'create' });
    const browser = new FormBrowser(server().issuer);
    await allowed(browser, addressOf({ grant_management_action: 'create', scope: 'openid photos.write' }));
    await allowed(browser, addressOf({ client_id: 'rival', scope: 'openid' }));
    const [pending] = await stored(`SELECT min(pending_until) AS at FROM authorization_consent`);
    expect(Number(pending?.['at']) - Date.now()).toBeLessThanOrEqual(600_000);
    expect(Number(pending?.['at']) - Date.now()).toBeGreaterThan(500_000);
    const waiting = `SELECT count(*) AS n FROM authorization_consent WHERE pending_until IS NOT NULL`;
    expect(Number((await stored(waiting))[0]?.['n'])).toBe(2);
    await server().stop();
    await stored(`UPDATE authorization_consent SET pending_until = 1 WHERE pending_until IS NOT NULL`);
    await server().restart();
    for (let left = 2, tries = 0; left > 0 && tries < 50; tries += 1) {
      await wait(100);
      left = Number((await stored(waiting))[0]?.['n']);
    }
    const [{ n } = { n: -1 }] = await stored(
      `SELECT count(*) AS n FROM authorization_record WHERE origin = 'client' AND state = 'expired' AND ended_by = 'server'`,
    );
    expect(Number(n)).toBe(2);
    expect((await query(fetched.grantId, await own('grant_management_query'))).status).toBe(200);
    expect(await isActive(fetched.access)).toBe(true);
    // What was dropped is asked for again.
    const silent = await browser.open(addressOf({ client_id: 'rival', scope: 'openid', prompt: 'none' }));
    expect(locationOf(silent).searchParams.get('error')).toBe('consent_required');
  });

  it('IR-57 tokens that are revoked are gone, and the grant is still there', async () => {
    const { grantId, access, refresh } = await granted({ grant_management_action: 'create' });
    const authorization = basic('manager', SECRETS.manager);
    expect((await server().http.form('/revoke', { token: refresh }, { headers: { authorization } })).status).toBe(200);
    expect(await isActive(access)).toBe(false);
    expect(await refreshed(refresh)).toBe('invalid_grant');
    expect((await query(grantId, await own('grant_management_query'))).status).toBe(200);
    const again = await granted({ grant_management_action: 'merge', grant_id: grantId });
    expect(again.grantId).toBe(grantId);
  });

  it('a grant of whoever else is signed in is invalid_grant_id, told to the client; nothing is shown', async () => {
    const { grantId } = await granted({ grant_management_action: 'create' });
    await givePassword(server(), 'bob');
    const bob = new FormBrowser(server().issuer);
    const address = addressOf({ grant_management_action: 'replace', grant_id: grantId });
    const back = locationOf(await bob.submit(await bob.open(address), { username: 'bob', password: PASSWORD }));
    expect(back.searchParams.get('error')).toBe('invalid_grant_id');
    expect(back.searchParams.get('iss')).toBe(server().issuer);
    expect((await query(grantId, await own('grant_management_query'))).status).toBe(200);
  });

  it.each<[string, Form]>([
    ['create with a grant', { grant_management_action: 'create', grant_id: 'g_x' }],
    ['a grant without an action', { grant_id: 'g_x' }],
    ['an action that there is not', { grant_management_action: 'extend' }],
    ['merge without a grant', { grant_management_action: 'merge' }],
    ['replace without a grant', { grant_management_action: 'replace' }],
  ])('%s is invalid_request, at the authorization endpoint and at PAR', async (_what, changes) => {
    const back = locationOf(await alice.open(addressOf(changes)));
    expect(back.searchParams.get('error')).toBe('invalid_request');
    const form = authorizationRequest({ client_id: 'manager', scope: 'openid', ...changes });
    const headers = { authorization: basic('manager', SECRETS.manager) };
    expect((await server().http.form('/par', form, { headers })).json()['error']).toBe('invalid_request');
  });

  it('grants by name are for confidential clients, and the metadata say what can be done', async () => {
    const changes = { client_id: 'public-app', redirect_uri: 'http://127.0.0.1/callback', resource: PHOTOS };
    const back = locationOf(await alice.open(addressOf({ ...changes, grant_management_action: 'create' })));
    expect(back.searchParams.get('error')).toBe('invalid_request');
    const metadata = (await server().http.get('/.well-known/openid-configuration')).json();
    expect(metadata['grant_management_actions_supported']).toEqual(
      expect.arrayContaining(['query', 'revoke', 'create', 'merge', 'replace']),
    );
    expect(metadata['grant_management_endpoint']).toBe(`${server().issuer}/grants`);
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
