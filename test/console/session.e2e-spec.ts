import { authorizationRequest } from '../support/authorization-request.js';
import { sessionApi } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually, past } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword } from '../support/person.js';
import type { Server } from '../support/server.js';
import { PASSWORD } from '../support/world.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';

/** At no resource of hers: far enough to be let in. */
const SHARE = { resource_id: 'r_nothing', subject: { type: 'anyone' }, scopes: ['view'] };
const LET_IN = '404 not_found';

async function signedIn({ issuer }: Server, username = 'alice', path = '/console/'): Promise<FormBrowser> {
  const browser = new FormBrowser(issuer);
  await browser.submit(await browser.open(issuer + path), { username, password: PASSWORD });
  return browser;
}

describeServer('the owner API by a session', { connections: OWNERS_CONNECTIONS }, (server) => {
  beforeAll(() => givePassword(server(), 'bob'));

  it('says who is signed in, to a session alone; what it says is not kept', async () => {
    const api = await sessionApi(server(), await signedIn(server()));
    const answer = await api.get('session');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({
      csrf_token: expect.stringMatching(/^[\w-]{43}$/) as string,
      person: { id: 'account:alice', name: 'Alice Archer', short_name: 'Alice', username: 'alice' },
      is_operator: false,
      settings: { language: 'en', time_zone: 'Europe/Vienna' },
      languages: ['en', 'de'],
    });
    const { alice } = ownersOf(server());
    for (const options of [{}, { bearer: alice.token }, { headers: { cookie: 'vk_session=nonsense' } }]) {
      const refused = await server().http.get('/me/session', options);
      expect(outcome(refused)).toBe('401 login_required');
      expect(refused.json()['reference']).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/);
    }
  });

  it('reads and changes as her token does, and nothing of others', async () => {
    const { alice, bob } = ownersOf(server());
    const [album, foreign] = await Promise.all([alice.album('Summer'), bob.album('Winter')]);
    const api = await sessionApi(server(), await signedIn(server()));
    const { items } = (await api.get('resources')).json<{ items: { id: string }[] }>();
    expect(items.map(({ id }) => id)).toEqual([album]);
    expect(outcome(await api.get(`resources/${foreign}`))).toBe('404 not_found');
    const policy = { resource_id: album, subject: { type: 'account', account_id: 'bob' }, scopes: ['view'] };
    const added = await api.change('POST', 'policies', policy);
    expect(added.status).toBe(201);
    const { id } = added.json<{ id: string }>();
    expect((await alice.owner.get(`policies/${id}`)).status).toBe(200);
    expect((await api.change('DELETE', `policies/${id}`)).status).toBe(204);
    expect(outcome(await api.change('POST', 'policies', { ...policy, resource_id: foreign }))).toBe(LET_IN);
  });

  it.each([
    ['no CSRF token', { 'x-csrf-token': '' }],
    ['an invented one', { 'x-csrf-token': 'A'.repeat(43) }],
    ['no Origin', { origin: '' }],
    ['the Origin of another site', { origin: 'https://evil.example' }],
    ['the Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['an opaque Origin', { origin: 'null' }],
  ])('215 a change with %s is refused, and nothing is done', async (_, headers) => {
    const api = await sessionApi(server(), await signedIn(server()));
    expect(outcome(await api.change('POST', 'policies', SHARE))).toBe(LET_IN);
    const refused = await api.change('POST', 'policies', SHARE, headers);
    expect(outcome(refused)).toBe('403 access_denied');
    expect(refused.json()['reference']).toBeDefined();
    expect(outcome(await api.change('DELETE', 'session', undefined, headers))).toBe('403 access_denied');
    expect((await api.get('session')).status).toBe(200);
  });

  it('215 the CSRF token of another session, and of another person, changes nothing', async () => {
    const [alice, again, bob] = await Promise.all([
      signedIn(server()),
      signedIn(server()),
      signedIn(server(), 'bob'),
    ]).then((browsers) => Promise.all(browsers.map((browser) => sessionApi(server(), browser))));
    for (const other of [again, bob]) {
      const refused = await alice?.change('POST', 'policies', SHARE, { 'x-csrf-token': other?.csrf ?? '' });
      expect(refused && outcome(refused)).toBe('403 access_denied');
    }
  });

  it('215 a form of any site is no change; what another site asks for has no session', async () => {
    const browser = await signedIn(server());
    const api = await sessionApi(server(), browser);
    const { http, issuer } = server();
    const cookie = `vk_browser=${browser.cookie('vk_browser') ?? ''}; vk_session=${browser.cookie('vk_session') ?? ''}`;
    const form = await http.form('/me/policies', SHARE as unknown as Record<string, string>, {
      headers: { cookie, origin: new URL(issuer).origin, 'x-csrf-token': api.csrf },
    });
    expect(outcome(form)).toBe('400 invalid_request');
    for (const site of ['cross-site', 'same-site'])
      expect(outcome(await api.get('session', { 'sec-fetch-site': site }))).toBe('401 login_required');
    expect((await api.get('resources', { 'sec-fetch-site': 'cross-site' })).status).toBe(401);
  });

  it('a token that is presented is what counts, with its own rules; a session does not help a wrong one', async () => {
    const api = await sessionApi(server(), await signedIn(server()));
    const { bob } = ownersOf(server());
    const headers = { authorization: `Bearer ${bob.token}`, origin: '', 'x-csrf-token': '' };
    expect(outcome(await api.change('POST', 'policies', SHARE, headers))).toBe(LET_IN);
    expect(outcome(await api.get('resources', { authorization: 'Bearer nonsense' }))).toBe('401 invalid_token');
  });

  it('222 the session of before a sign-in opens nothing after it; signing out ends it', async () => {
    const browser = await signedIn(server());
    const before = await sessionApi(server(), browser);
    const again = new URLSearchParams(authorizationRequest({ client_id: 'print-shop', prompt: 'login' }));
    const page = await browser.open(`${server().issuer}/authorize?${again.toString()}`);
    await browser.submit(page, { username: 'alice', password: PASSWORD });
    expect(outcome(await before.get('session'))).toBe('401 login_required');
    const after = await sessionApi(server(), browser);
    expect((await after.change('DELETE', 'session')).status).toBe(204);
    expect(outcome(await after.get('session'))).toBe('401 login_required');
    expect(outcome(await after.change('POST', 'policies', SHARE))).toBe('401 invalid_token');
  });
});

const OPERATORS = { operators: { accounts: ['alice'] } };

describeServer('the way in to the console', { issuerPath: '/t1', config: OPERATORS }, (server) => {
  const signInAt = (back: string) => `/console/sign-in?${new URLSearchParams({ return: back }).toString()}`;

  it.each(['/console/', '/console/access?show=no_end', '/operator/clients'])(
    'leads through the sign-in to exactly %s',
    async (path) => {
      const { issuer } = server();
      const browser = new FormBrowser(issuer);
      const shown = await browser.submit(await browser.open(issuer + path), { username: 'alice', password: PASSWORD });
      expect([shown.status, shown.url]).toEqual([200, issuer + path]);
      expect((await browser.open(issuer + path)).url).toBe(issuer + path);
    },
  );

  it.each([
    'https://evil.example/console/',
    '//evil.example/console/',
    '/\\evil.example/console/',
    '/console/../../account/password',
    '/sign-out',
    'javascript:alert(1)',
  ])('221 never to %s: to the first screen instead, before and after the sign-in', async (back) => {
    const { issuer } = server();
    const browser = new FormBrowser(issuer);
    const page = await browser.open(issuer + signInAt(back));
    const shown = await browser.submit(page, { username: 'alice', password: PASSWORD });
    expect([shown.status, shown.url, shown.left]).toEqual([200, `${issuer}/console/`, undefined]);
    expect((await browser.open(issuer + signInAt(back))).url).toBe(`${issuer}/console/`);
  });

  it('a return that comes twice is a page of ours', async () => {
    const shown = await new FormBrowser(server().issuer).open(`${server().issuer}/console/sign-in?return=/&return=/`);
    expect([shown.status, shown.left]).toEqual([400, undefined]);
  });
});

describeServer(
  'RFC 9470 by a session: what changes something needs the sign-in that the operator demands',
  { config: { owner_api: { max_auth_age: '2s' } }, engines: ONE_ENGINE },
  (server) => {
    it('232 an old one reads, and changes nothing; the console sends to a new sign-in, which changes', async () => {
      const { issuer } = server();
      const browser = await signedIn(server());
      const api = await sessionApi(server(), browser);
      await past(Date.now() + 3_000);
      expect(outcome(await api.change('POST', 'policies', SHARE))).toBe('401 insufficient_user_authentication');
      expect((await api.get('resources')).status).toBe(200);
      expect((await browser.open(`${issuer}/console/sign-in?return=/console/access`)).url).toBe(
        `${issuer}/console/access`,
      );
      const again = async () => {
        const page = await browser.open(`${issuer}/console/sign-in?return=/console/access&for=change`);
        const shown = await browser.submit(page, { username: 'alice', password: PASSWORD });
        expect(shown.url).toBe(`${issuer}/console/access`);
        return outcome(await (await sessionApi(server(), browser)).change('POST', 'policies', SHARE));
      };
      // On a slow machine two seconds may be over before the change.
      expect(await eventually(again, (answer) => answer === LET_IN)).toBe(LET_IN);
    });
  },
);
