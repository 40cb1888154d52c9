import { SignJWT } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { signedShop } from '../support/signed-shop.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const SECRET = 'gallery-secret-gallery-secret-gallery-00';
const WEB = 'https://web.example/callback';
const shared = {
  name: 'Web',
  type: 'confidential',
  secret: { env: 'WEB_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'offline_access', 'photos.read', 'photos.write'],
  audiences: [PHOTOS],
};
const SET_UP = {
  clients: [
    { ...shared, client_id: 'web', redirect_uris: [WEB] },
    { ...shared, client_id: 'rival', name: 'Rival', redirect_uris: [WEB, `${WEB}/2`] },
  ],
  env: { WEB_SECRET: SECRET },
  connections: [{ account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' }],
};
type Form = Readonly<Record<string, string | undefined>>;

/** Addresses that resemble the registered one, or are read in two ways. */
const DIFFERENTIALS = [
  ...['@evil.example', ':443@evil.example', '@@evil.example', '.evil.example', '%2eevil.example', '%00.evil.example'],
  ...[
    '\\@evil.example',
    '\\.evil.example',
    '。evil.example',
    '．evil.example',
    ':8443',
    ':443',
    '.',
    ':',
    '%09',
    '%0d%0a',
  ],
]
  .map((tail) => `https://web.example${tail}/callback`)
  .concat(
    ...[
      [
        '/',
        '?x',
        '?',
        '#',
        '#x',
        '%2f',
        '/..',
        '/../evil',
        '/..;/evil',
        '/%2e%2e/evil',
        '/%252e%252e/evil',
        '%00',
        '%0d%0aX:y',
      ],
      [' ', '\t', '\n', ';x', '&x=y', '/./', '//', '\\', '%5c', '@evil.example', '/callback', '.evil'],
    ]
      .flat()
      .map((tail) => `${WEB}${tail}`),
    [
      'HTTPS://web.example/callback',
      'https://WEB.example/callback',
      'https://web.example/Callback',
      'http://web.example/callback',
    ],
    [
      '//web.example/callback',
      '//evil.example',
      'https:evil.example',
      'https:///web.example/callback',
      '/callback',
      'callback',
    ],
    [
      'https://evil.example/https://web.example/callback',
      'https://xn--wb-eja.example/callback',
      'https://wеb.example/callback',
    ],
    [
      'https://2130706433/callback',
      'https://[::1]/callback',
      'https://web.example%2fcallback',
      'ftp://web.example/callback',
    ],
    [' https://web.example/callback', '\u0000https://web.example/callback', 'javascript://web.example/callback'],
  );

describeServer('attacks on the authorization endpoint', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const addressOf = (changes: Form = {}) => {
    const request = authorizationRequest({ client_id: 'web', redirect_uri: WEB, ...changes });
    return `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
  };
  const open = (changes: Form = {}, browser = new FormBrowser(server().issuer)) => browser.open(addressOf(changes));
  const signIn = (browser: FormBrowser, page: Shown) => browser.submit(page, { username: 'alice', password: PASSWORD });
  /** A browser in which alice has allowed the application all that it asks for. */
  const settled = async (changes: Form = {}) => {
    const browser = new FormBrowser(server().issuer);
    const asked = await signIn(browser, await open(changes, browser));
    const back = asked.left ? asked : await browser.submit(asked, { decision: 'allow' });
    return { browser, back };
  };
  /** What the application is told, in whichever part of the address. */
  const told = ({ left }: Shown) => {
    const { search, hash } = left ?? { search: '', hash: '' };
    return Object.fromEntries(new URLSearchParams(hash === '' ? search : hash.slice(1)));
  };
  const redeem = (back: Shown, clientId = 'web', more: Form = {}) => {
    const form = { grant_type: 'authorization_code', code: told(back)['code'] ?? '', redirect_uri: WEB, ...more };
    const given = Object.entries({ code_verifier: VERIFIER, ...form }).filter((pair) => pair[1] !== undefined);
    const headers = { authorization: basic(clientId, SECRET) };
    return server().http.form('/token', Object.fromEntries(given) as Record<string, string>, { headers });
  };
  const isPassword = ({ text }: Shown) => text.includes('name="password"');

  it('attack class 2: of many ways to write an address that is read in two ways none is sent to, nor pushed', async () => {
    expect(DIFFERENTIALS.length).toBeGreaterThan(50);
    for (const uri of DIFFERENTIALS) {
      const shown = await open({ redirect_uri: uri });
      expect([uri, shown.status, shown.left]).toEqual([uri, 400, undefined]);
      const form = authorizationRequest({ client_id: 'web', redirect_uri: uri });
      const pushed = await server().http.form('/par', form, { headers: { authorization: basic('web', SECRET) } });
      expect([uri, pushed.status]).toEqual([uri, 400]);
    }
  });

  it('attack class 3: no address is no address, with one registered or two, and inside a request object', async () => {
    for (const client_id of ['web', 'rival']) {
      const shown = await open({ client_id, redirect_uri: undefined });
      expect([shown.status, shown.left]).toEqual([400, undefined]);
    }
    const shop = signedShop(server());
    const claims = authorizationRequest({ client_id: 'signed-shop', redirect_uri: undefined });
    const now = Math.floor(Date.now() / 1000);
    const request = await new SignJWT({ ...claims, iss: 'signed-shop', aud: server().issuer, nbf: now, exp: now + 60 })
      .setProtectedHeader({ alg: 'ES256', typ: 'oauth-authz-req+jwt', kid: 'signed-shop-1' })
      .sign(shop.privateKey);
    const query = new URLSearchParams({ client_id: 'signed-shop', request, redirect_uri: CALLBACK });
    const shown = await new FormBrowser(server().issuer).open(`${server().issuer}/authorize?${query.toString()}`);
    expect([shown.status, shown.left]).toEqual([400, undefined]);
  });

  it('attack classes 6, 7: of the loopback only the port may differ, and no scheme that runs is an address', async () => {
    const asked = (redirect_uri: string) => open({ client_id: 'public-app', redirect_uri });
    for (const good of ['http://127.0.0.1/callback', 'http://127.0.0.1:1/callback', 'http://127.0.0.1:65535/callback'])
      expect([good, (await asked(good)).status]).toEqual([good, 200]);
    const bad = [
      ...['localhost', 'localhost:80', '127.0.0.1.evil.test', '127.1', '2130706433', '0x7f.1', '[::1]', '127.0.0.1:0'],
      ...['127.0.0.1:65536', '127.0.0.1:080', '127.0.0.1:', 'x@127.0.0.1', '127.0.0.2', '0.0.0.0'],
    ].map((host) => `http://${host}/callback`);
    const schemes = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
    ];
    const others = [
      'http://127.0.0.1/other',
      'https://127.0.0.1/callback',
      'blob:http://127.0.0.1/x',
      'com.example.app:/x',
    ];
    for (const uri of [...bad, ...schemes, ...others]) {
      const shown = await asked(uri);
      expect([uri, shown.status, shown.left]).toEqual([uri, 400, undefined]);
      expect(shown.text.toLowerCase()).not.toContain('script:');
    }
  });

  it.each(['token', 'id_token token', 'code token', 'code id_token', 'none', 'CODE', 'code code'])(
    'attack class 8: response_type=%s gives no token and no code in any address',
    async (response_type) => {
      const { browser } = await settled();
      const shown = await open({ response_type, nonce: 'n' }, browser);
      expect(told(shown)).toMatchObject({ error: 'unsupported_response_type', iss: server().issuer });
      expect(shown.left?.href).not.toMatch(/access_token|id_token=|code=/);
    },
  );

  it.each<[string, Form]>([
    ['9: no response_type', { response_type: undefined }],
    ['10: an unknown response mode', { response_mode: 'web_message' }],
    ['11: no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['12: method plain', { code_challenge_method: 'plain' }],
    ['12: no method, which means plain', { code_challenge_method: undefined }],
    ['12: a method that there is not', { code_challenge_method: 'S512' }],
    ['13: a challenge that is too short', { code_challenge: 'x'.repeat(42) }],
    ['13: a challenge that is too long', { code_challenge: 'x'.repeat(129) }],
    ['13: a challenge with padding', { code_challenge: `${'x'.repeat(43)}=` }],
  ])('attack class %s is invalid_request, for a client with a secret and for one without', async (_what, changes) => {
    for (const client of [{}, { client_id: 'public-app', redirect_uri: 'com.example.app:/callback' }]) {
      const answer = told(await open({ ...client, ...changes }));
      expect(answer).toMatchObject({ error: 'invalid_request', iss: server().issuer });
      expect(answer).not.toHaveProperty('code');
    }
  });

  it('attack class 14: a code is redeemed with its verifier alone: none, another, or the challenge itself is nothing', async () => {
    const { browser } = await settled();
    const challenge = authorizationRequest()['code_challenge'];
    for (const code_verifier of [undefined, 'x'.repeat(43), challenge, `${VERIFIER}x`]) {
      const answer = await redeem(await open({}, browser), 'web', { code_verifier });
      expect([answer.status, answer.json()['error']]).toEqual([400, 'invalid_grant']);
    }
    expect((await redeem(await open({}, browser))).status).toBe(200);
  });

  it('attack class 26: what she withdrew or never gave no other grant gives', async () => {
    const { back } = await settled({ scope: 'openid offline_access photos.write', prompt: 'consent' });
    const refreshToken = String((await redeem(back)).json()['refresh_token']);
    const { browser } = await settled({ scope: 'openid offline_access photos.write' });
    const waiting = await open({ scope: 'openid offline_access photos.write' }, browser);
    const [owner] = server().connections;
    const bearer = owner?.access_token ?? '';
    const list = (await server().http.get('/me/authorizations?limit=100', { bearer })).json<{
      items: { grant_id: string; client: { client_id: string } }[];
    }>();
    for (const { grant_id: id } of list.items.filter(({ client }) => client.client_id === 'web'))
      await server().http.send({ method: 'DELETE', path: `/me/authorizations/${id}`, bearer });
    expect((await redeem(waiting)).json()['error']).toBe('invalid_grant');
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await redeem(back, 'web', refresh)).json()['error']).toBe('invalid_grant');
    for (const grant_type of ['jwt-bearer', 'saml2-bearer', 'token-exchange'].map(
      (one) => `urn:ietf:params:oauth:grant-type:${one}`,
    ))
      expect((await redeem(back, 'web', { grant_type, assertion: 'x' })).json()['error']).toBe(
        'unsupported_grant_type',
      );
    expect(told(await open({ prompt: 'none' }, browser))).toMatchObject({ error: 'consent_required' });
  });

  it('attack class 27: in silence there is no session, no consent, no other person, and nothing besides silence', async () => {
    const error = async (changes: Form, browser?: FormBrowser) => told(await open(changes, browser))['error'];
    const fresh = { client_id: 'rival', scope: 'openid photos.write' };
    expect(await error({ prompt: 'none' })).toBe('login_required');
    const { browser } = await settled();
    expect(await error({ ...fresh, prompt: 'none' }, browser)).toBe('consent_required');
    expect(await error({ prompt: 'none', id_token_hint: 'a.b.c' }, browser)).toBe('login_required');
    expect(await error({ prompt: 'none login' }, browser)).toBe('invalid_request');
  });

  it('attack class 28: an old session is no fresh sign-in, and the page from before does not become one', async () => {
    const { browser, back } = await settled();
    const timeIn = (text: unknown) =>
      (JSON.parse(Buffer.from(String(text).split('.')[1] ?? '', 'base64url').toString()) as { auth_time: number })
        .auth_time;
    const before = timeIn((await redeem(back)).json()['id_token']);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const changes of [{ prompt: 'login' }, { max_age: '0' }, { max_age: '1' }]) {
      const asked = await open(changes, browser);
      expect(isPassword(asked)).toBe(true);
      const forced = await browser.submit(
        { ...asked, text: asked.text.replaceAll('/sign-in"', '/decision"') },
        { decision: 'allow' },
      );
      expect(told(forced)).not.toHaveProperty('code');
    }
    const again = await signIn(browser, await open({ prompt: 'login' }, browser));
    expect(timeIn((await redeem(again)).json()['id_token'])).toBeGreaterThan(before);
  });

  it('attack class 29: a forged id_token_hint signs nobody in, and answers nothing in the name of another', async () => {
    const { browser } = await settled();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: server().issuer, sub: 'bob', aud: 'web', iat: 1, exp: 9_999_999_999 };
    const forged = [
      `${part({ alg: 'none' })}.${part(claims)}.`,
      `${part({ alg: 'ES256', kid: 'x' })}.${part(claims)}.AAAA`,
      await server().world.partner.idToken({ subject: 'alice', audience: 'web' }),
      'x',
    ];
    for (const id_token_hint of forged) {
      expect(told(await open({ id_token_hint, prompt: 'none' }, browser))).toMatchObject({ error: 'login_required' });
      const stranger = await open({ id_token_hint });
      expect([isPassword(stranger), stranger.left]).toEqual([true, undefined]);
    }
  });

  it('attack classes 30, 31: the address of a page and a form from elsewhere sign nobody in', async () => {
    const attacker = new FormBrowser(server().issuer);
    const started = await open({}, attacker);
    const victim = new FormBrowser(server().issuer);
    const opened = await victim.open(started.url);
    expect([opened.status, isPassword(opened)]).toEqual([400, false]);
    const posted = await signIn(victim, started);
    expect([posted.status >= 400, posted.left, victim.cookie('vk_session')]).toEqual([true, undefined, undefined]);
    expect(isPassword(await attacker.open(started.url))).toBe(true);
    const own = await open({}, victim);
    const without = { ...own, text: own.text.replace(/<input[^>]*name="csrf"[^>]*>/g, '') };
    expect((await signIn(victim, without)).status).toBe(403);
    expect(victim.cookie('vk_session')).toBeUndefined();
  });

  it.each([
    ['a scope that there is not', 'openid nothing', 'invalid_scope'],
    ['a scope of the server that is not the client’s', 'openid uma_protection', 'invalid_scope'],
    ['characters that no scope has', 'openid pho"tos', 'invalid_scope'],
    ['ten thousand scopes', Array.from({ length: 10_000 }, (_, index) => `s${index}`).join(' '), '400'],
  ])('attack class 32: %s gives no code, in little time', async (_what, scope, refusal) => {
    const { browser } = await settled();
    const began = performance.now();
    const url = `${server().issuer}/authorize`;
    const page = { ...(await open({}, browser)), url, text: `<form action="${url}"></form>` };
    const shown = await browser.submit(page, authorizationRequest({ client_id: 'web', redirect_uri: WEB, scope }));
    expect(shown.left ? told(shown)['error'] : String(shown.status)).toBe(refusal);
    expect(told(shown)).not.toHaveProperty('code');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('attack class 35: no page and no answer gives the code to a cache, a referrer or a third party', async () => {
    const browser = new FormBrowser(server().issuer);
    const first = await open({ prompt: 'consent' }, browser);
    const second = await signIn(browser, first);
    const last = await browser.submit(second, { decision: 'allow' });
    for (const { headers, text } of [first, second, last]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!127\.0\.0\.1)/);
    }
    expect([last.status, told(last)['code']]).toEqual([303, expect.stringMatching(/^vk_ac_/)]);
  });

  it('attack class 37: of two windows each answer is its own application’s, whichever comes first', async () => {
    const { browser } = await settled();
    const [one, other] = [
      await open({ prompt: 'consent', scope: 'openid photos.read', state: 'one' }, browser),
      await open(
        { client_id: 'rival', redirect_uri: `${WEB}/2`, scope: 'openid photos.write', state: 'other' },
        browser,
      ),
    ];
    const swapped = await browser.submit(
      { ...one, text: one.text.replaceAll(one.url.slice(-20), other.url.slice(-20)) },
      { decision: 'allow' },
    );
    expect(told(swapped)).not.toHaveProperty('code');
    const [ofOther, ofOne] = [
      await browser.submit(other, { decision: 'allow' }),
      await browser.submit(one, { decision: 'allow' }),
    ];
    expect([told(ofOne)['state'], told(ofOther)['state']]).toEqual(['one', 'other']);
    expect((await redeem(ofOne, 'rival')).json()['error']).toBe('invalid_grant');
    expect((await redeem(ofOther, 'web')).json()['error']).toBe('invalid_grant');
    expect((await redeem(ofOne)).json()['scope']).toBe('openid photos.read');
    expect((await redeem(ofOther, 'rival', { redirect_uri: `${WEB}/2` })).json()['scope']).toBe('openid photos.write');
    expect((await browser.submit(one, { decision: 'allow' })).status).toBeGreaterThanOrEqual(400);
  });
});
