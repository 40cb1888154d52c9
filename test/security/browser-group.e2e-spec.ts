import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { registrarOf } from '../support/registrar.js';
import { CALLBACK } from '../support/world.js';

/** Of another writing, and looks like the bank that it is not. */
const LOOKALIKE = 'Ex\u0430mple B\u0430nk';
const ANOTHER = 'Print sh0p';
const EVIL = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '/%09/evil.example',
  `${CALLBACK}/../evil`,
  `${CALLBACK}@evil.example`,
];

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();

let logos: HttpServer;
const fetched: string[] = [];
const shop = {
  type: 'confidential',
  secret: { env: 'LOOKALIKE_SECRET' },
  grant_types: ['authorization_code'],
  redirect_uris: ['https://evil-pay.example/cb'],
  post_logout_redirect_uris: ['https://evil-pay.example/bye'],
  scopes: ['openid', 'photos.read'],
  audiences: ['https://photos.example'],
};
const clients: Record<string, unknown>[] = [{ ...shop, client_id: 'lookalike', name: LOOKALIKE }];

beforeAll(async () => {
  logos = createServer((request, response) => {
    fetched.push(request.url ?? '');
    response.end();
  });
  logos.listen(0, '127.0.0.1');
  await once(logos, 'listening');
  Object.assign(clients[0] ?? {}, { logo_uri: `http://127.0.0.1:${(logos.address() as AddressInfo).port}/logo.svg` });
});
afterAll(() => void logos.close());

const OPTIONS = {
  config: { registration: { mode: 'open' } },
  connections: OWNERS_CONNECTIONS,
  clients,
  env: { LOOKALIKE_SECRET: 'a-secret-of-the-lookalike-0123456789' },
};

describeServer('attack classes of the browser', OPTIONS, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));
  const openConsent = async (browser = new FormBrowser(server().issuer), client_id = 'lookalike') => {
    const redirect = { client_id, redirect_uri: 'https://evil-pay.example/cb', scope: 'openid' };
    const page = await browser.open(`${server().issuer}/authorize?${query(authorizationRequest(redirect))}`);
    return browser.submit(page, { username: 'alice', password: PASSWORD });
  };
  const signedIn = async () => {
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(`${server().issuer}/account`);
    return { browser, shown: await browser.submit(page, { username: 'alice', password: PASSWORD }) };
  };

  it('219 a logo is fetched by nobody and is on no page: no picture, no address, no foreign content allowed', async () => {
    const { text, headers } = await openConsent();
    expect(text).toContain(LOOKALIKE);
    expect(text).not.toMatch(/<img|logo\.svg/);
    expect(headers.get('content-security-policy')).toContain("img-src 'self' data:");
    expect(fetched).toEqual([]);
  });

  it('238 the page that asks says where it leads, and that nobody has checked who asks, whatever the name looks like', async () => {
    const redirect = 'https://evil-pay.example/cb';
    const { client_id } = await registrarOf(server()).registered({ client_name: ANOTHER, redirect_uris: [redirect] });
    const { text } = await openConsent(new FormBrowser(server().issuer), client_id);
    expect(text).toContain(ANOTHER);
    expect(text).toContain('evil-pay.example');
    expect(text).toContain('Nobody here has checked who is behind it.');
    expect(text).not.toContain('Verified');
    // The mark that it has not is there.
    expect((await openConsent()).text).toContain('Verified');
  });

  it('221 no address that the request brings is followed: not after sign-out, not after a refusal, not after a sign-in', async () => {
    const { browser } = await signedIn();
    for (const target of EVIL)
      for (const path of [
        `/sign-out?${query({ client_id: 'lookalike', post_logout_redirect_uri: target })}`,
        `/sign-out?${query({ post_logout_redirect_uri: target })}`,
        `/authorize?${query(authorizationRequest({ client_id: 'lookalike', redirect_uri: target }))}`,
        `/authorize?${query(authorizationRequest({ client_id: 'lookalike', redirect_uri: target, prompt: 'none' }))}`,
      ]) {
        const { status, left, text } = await browser.open(server().issuer + path);
        expect([path, status, left]).toEqual([path, 400, undefined]);
        expect(text).not.toContain(`href="${target}`);
      }
    for (const name of ['next', 'returnTo', 'RelayState', 'target_link_uri'])
      expect(
        (await browser.open(`${server().issuer}/sign-out?${query({ [name]: EVIL[0] ?? '' })}`)).text,
      ).not.toContain('evil.');
  });

  it('225 another site signs nobody out: she is asked, and a forged word of an application counts for nothing', async () => {
    const { browser } = await signedIn();
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: server().issuer, aud: 'lookalike', sub: 'alice', iat: 1_790_000_000, exp: 4_000_000_000 };
    const forged = [
      `${encode({ alg: 'none' })}.${encode(claims)}.`,
      `${encode({ alg: 'ES256', kid: 'x' })}.${encode(claims)}.${'A'.repeat(86)}`,
      'x',
    ];
    for (const hint of [undefined, ...forged]) {
      const asked = query(hint === undefined ? {} : { id_token_hint: hint });
      const page = await browser.open(`${server().issuer}/sign-out?${asked}`);
      expect([page.status, page.left, page.text]).toEqual([
        200,
        undefined,
        expect.stringContaining('value="sign_out"'),
      ]);
      const posted = await browser.submit(
        { ...page, text: page.text.replace(/name="csrf" value="[^"]*"/, '') },
        {
          decision: 'sign_out',
        },
      );
      expect(posted.status).toBe(403);
    }
    expect((await browser.open(`${server().issuer}/account`)).url).toBe(`${server().issuer}/account`);
  });

  it('227 an owner opens no route of services, nor they hers, whatever a header or a body says of a role', async () => {
    const { alice } = ownersOf(server());
    const pat = server().connections[0]?.access_token ?? '';
    const roles = { 'x-role': 'admin', 'x-forwarded-user': 'admin', 'x-admin': 'true' };
    const as = (bearer: string) => ({ bearer, headers: roles });
    const { http } = server();
    const body = { role: 'admin', roles: ['admin'], is_admin: true, resource_scopes: ['view'] };
    const answers = [
      await http.json('POST', '/uma/resources/', body, as(alice.token)),
      await http.json('POST', '/uma/permission', { resource_id: 'x', resource_scopes: ['view'] }, as(alice.token)),
      await http.form('/introspect', { token: pat, role: 'admin' }, as(alice.token)),
      await http.get('/me/resources', as(pat)),
      await http.json('POST', '/me/policies', body, as(pat)),
      await http.get('/register/print-shop', as(alice.token)),
      await http.send({ method: 'DELETE', path: '/register/print-shop', ...as(alice.token) }),
      await http.json('POST', '/register', { redirect_uris: [CALLBACK], ...body }, as(alice.token)),
    ];
    const opened = answers.filter(({ status }) => ![401, 403, 404].includes(status));
    expect(opened.map(({ status, text }) => `${status} ${text}`)).toEqual([]);
  });

  it('228 members that are not the caller’s to give are refused or are nothing: owner, id, times, state, prototypes', async () => {
    const { alice, bob } = ownersOf(server());
    const album = await alice.album();
    const share = { resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] };
    const theirs = {
      owner: 'account:bob',
      owner_id: 'bob',
      id: 'p_mine',
      created_at: 1,
      state: 'approved',
      enabled: false,
    };
    const extras = [...Object.entries(theirs).map(([name, value]) => ({ [name]: value })), theirs];
    for (const extra of extras) {
      const answer = await alice.owner.addPolicy({ ...share, ...extra });
      expect([201, 400]).toContain(answer.status);
      if (answer.status === 201) expect(answer.json()['id']).not.toBe('p_mine');
      const resource = await alice.photos.create({
        name: 'Winter',
        resource_scopes: ['view'],
        _id: 'r_mine',
        ...extra,
      });
      expect([201, 400]).toContain(resource.status);
      if (resource.status === 201) expect(resource.json()['_id']).not.toBe('r_mine');
    }
    for (const list of ['resources', 'policies'])
      expect((await bob.owner.get(list)).json<{ items: unknown[] }>().items).toEqual([]);
    // A form of her account is about the account that is signed in.
    const { browser } = await signedIn();
    const page = await browser.open(`${server().issuer}/account/notices`);
    await browser.submit(page, {
      decision: 'off',
      account_id: 'bob',
      username: 'bob',
      role: 'admin',
      email: 'eve@evil.example',
    });
    const after = await browser.open(`${server().issuer}/account/notices`);
    expect(after.text).toContain('alice@example.org');
    expect(after.text).not.toContain('evil.example');
  });

  it('233 an identity of a partner is nobody’s account for having the e-mail address, name or id of one', async () => {
    const { alice } = ownersOf(server());
    const album = await alice.album('For bob');
    await alice.owner.share({ resource_id: album, subject: { type: 'account', account_id: 'bob' }, scopes: ['view'] });
    const { partner } = server().world;
    for (const claims of [
      { email: 'bob@example.org', email_verified: true },
      { email: 'bob@example.org' },
      { preferred_username: 'bob', name: 'Bob Baker' },
      { account_id: 'bob', linked: true },
    ])
      for (const subject of ['mallory-9', 'bob', 'bob@example.org']) {
        const ticket = await alice.photos.ticket({ resource_id: album, resource_scopes: ['view'] });
        const idToken = await partner.idToken({ subject, audience: server().issuer, claims });
        const answer = await clientOf(server(), 'print-shop').rpt(ticket, pushed(idToken));
        expect([subject, answer.status]).toEqual([subject, 403]);
        expect(answer.json()).not.toHaveProperty('access_token');
      }
  });

  it('239 pages set few cookies of bounded size, and a browser with too many is told so and comes back without them', async () => {
    const { browser } = await signedIn();
    const kept = ['vk_browser', 'vk_session', 'vk_device'].map((name) => browser.cookie(name) ?? '');
    for (const value of kept) expect(value.length).toBeLessThan(300);
    const bomb = Array.from({ length: 200 }, (_, index) => `c${index}=${'x'.repeat(100)}`).join('; ');
    const refused = await fetch(`${server().issuer}/account`, { headers: { cookie: bomb }, redirect: 'manual' });
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([431, []]);
    const again = await server().http.get('/account', { headers: { cookie: `vk_session=${kept[1] ?? ''}` } });
    expect(again.status).toBe(200);
    expect((again.headers['set-cookie'] ?? []).length).toBeLessThanOrEqual(1);
  });
});
