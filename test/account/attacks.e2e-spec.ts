import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { FORM_ROUTES } from '../support/page-routes.js';
import { isSignedIn, NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora', 'dora', 'edda');
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/password': { current_password: PASSWORD, password: NEW_PASSWORD, password_again: NEW_PASSWORD },
  '/applications': { authorization: 'x' },
  '/codes': { decision: 'begin' },
  '/codes/app': { code: '123456' },
  '/sessions': { session: 'others' },
  '/passkeys': { passkey: 'x' },
  '/passkeys/new': { name: 'x', answer: '{}' },
  '/passkeys/name': { passkey: 'x', name: 'y' },
  '/notices': { decision: 'off' },
};
/** That of who forgot her password is no page of an account: `test/security/page-routes`. */
const ACCOUNT_FORMS = FORM_ROUTES.filter((path) => /^\/account\/(?!recovery)/.test(path));
const PAGES = [
  '',
  '/password',
  '/password/changed',
  '/codes',
  '/sessions',
  '/passkeys',
  '/passkeys/new',
  '/notices',
  '/recovery',
];

const csrfIn = ({ text }: { text: string }) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';

describeServer('the account under attack', { config, env, issuerPath: '/t1' }, (server) => {
  const cookieOf = (browser: FormBrowser) =>
    ['vk_browser', 'vk_session', 'vk_device'].map((name) => `${name}=${browser.cookie(name) ?? ''}`).join('; ');

  it('215 every form of the account is among those that are tried', () => {
    expect(
      Object.keys(FORMS)
        .map((path) => `/account${path}`)
        .sort(),
    ).toEqual([...ACCOUNT_FORMS].sort());
  });

  it('215, 216 no form is taken without its own token, from another page, browser, session or origin', async () => {
    const { browser: witness } = await signedIn(server(), 'alice');
    const { browser: stranger } = await signedIn(server(), 'bela');
    const { browser } = await signedIn(server(), 'alice');
    const { http, issuer } = server();
    const cookie = cookieOf(browser);
    const pages = new Map<string, Shown>();
    for (const path of Object.keys(FORMS)) pages.set(path, await browser.open(`${issuer}/account${path}`));
    const other = csrfIn(await browser.open(`${issuer}/account/passkeys/new`));
    for (const [path, fields] of Object.entries(FORMS)) {
      const csrf = csrfIn(pages.get(path) ?? { text: '' });
      const foreign = csrfIn(await stranger.open(`${issuer}/account${path}`));
      const post = (token: string | undefined, headers: Record<string, string> = {}) =>
        http.form(`/account${path}`, { ...fields, csrf: token }, { headers: { cookie, ...headers } });
      const refused = [
        await post(undefined),
        await post('x'),
        await post(foreign),
        ...(path === '/passkeys/new' ? [] : [await post(other)]),
        await post(csrf, { origin: 'https://evil.example' }),
        await post(csrf, { origin: 'null' }),
        await post(csrf, { 'sec-fetch-site': 'cross-site' }),
        await post(csrf, { 'sec-fetch-site': 'same-site' }),
        await post(csrf, { cookie: cookie.replace(/vk_browser=[^;]*/, `vk_browser=${'A'.repeat(43)}`) }),
        await http.json('POST', `/account${path}`, { ...fields, csrf }, { headers: { cookie } }),
      ];
      expect(refused.map(({ status }) => `${path} ${status}`)).toEqual(refused.map(() => `${path} 403`));
      const asText = await http.send({
        method: 'POST',
        path: `/account${path}`,
        body: new URLSearchParams({ ...fields, csrf }).toString(),
        headers: { cookie, 'content-type': 'text/plain' },
      });
      expect(asText.status).toBeGreaterThanOrEqual(400);
      // GET changes nothing, whatever its query says; other methods are none.
      await http.get(`/account${path}?${new URLSearchParams({ ...fields, csrf }).toString()}`, { headers: { cookie } });
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await http.send({ method, path: `/account${path}`, headers: { cookie } })).status).toBe(405);
    }
    expect(await isSignedIn(server(), witness)).toBe(true);
    expect((await signedIn(server(), 'alice')).shown.status).toBe(200);
    expect((await browser.open(`${issuer}/account/codes`)).text).toContain('Codes are off');
    expect((await browser.open(`${issuer}/account/notices`)).text).toContain('On: you get a mail');
  });

  it('215 a decision is that of the person who saw the page: what another one sends allows nothing', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const { browser: other } = await signedIn(server(), 'bela');
    const query = new URLSearchParams(authorizationRequest({ client_id: 'print-shop' })).toString();
    const page = await browser.open(`${server().issuer}/authorize?${query}`);
    expect(page.text).toContain('value="allow"');
    // In another tab somebody else signed in.
    browser.plant('vk_session', other.cookie('vk_session') ?? '');
    const again = await browser.submit(page, { decision: 'allow' });
    expect([again.left, again.url]).toEqual([undefined, page.url]);
    expect(again.text).toContain('value="allow"');
    expect((await browser.submit(page, { decision: 'cancel' })).left).toBeUndefined();
    // She has seen it now, and it is hers to decide.
    const { left } = await browser.submit(again, { decision: 'allow' });
    expect(left?.searchParams.get('code')).toMatch(/^vk_ac_/);
  });

  it('215 a page of a former session in the same browser does nothing for the next person', async () => {
    const { browser, shown } = await signedIn(server(), 'cora', { page: '/sessions' });
    const signOut = await browser.open(`${server().issuer}/sign-out`);
    await browser.submit(signOut, { decision: 'sign_out' });
    const signIn = await browser.open(`${server().issuer}/account`);
    await browser.submit(signIn, { username: 'dora', password: PASSWORD });
    const { browser: second } = await signedIn(server(), 'dora');
    expect((await browser.submit(shown, { session: 'others' })).status).toBe(403);
    expect(await isSignedIn(server(), second)).toBe(true);
  });

  it('CO-15, 217, 235 every page, errors and sign-in among them: in no frame, in no cache, no script but where passkeys are', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const stranger = new FormBrowser(server().issuer);
    const shown = [
      ...(await Promise.all(PAGES.map((page) => browser.open(`${server().issuer}/account${page}`)))),
      await stranger.open(`${server().issuer}/account`),
      await stranger.open(`${server().issuer}/account/recovery/nothing`),
      await browser.submit(await browser.open(`${server().issuer}/account/codes`), { csrf: 'x' }),
    ];
    for (const { url, headers, text } of shown) {
      const policy = headers.get('content-security-policy') ?? '';
      expect([url, policy]).toEqual([url, expect.stringContaining("frame-ancestors 'none'")]);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const hasScript = url.endsWith('/passkeys/new');
      expect(`${url} ${/<script/.test(text)}`).toBe(`${url} ${hasScript}`);
      expect(/script-src 'sha256-[^']+';/.test(policy)).toBe(hasScript);
      expect(policy).not.toContain('unsafe');
      expect(text).not.toContain('<b>Example');
    }
    for (const path of ['/account/x.css', '/account/sessions/a.js', '/account/']) {
      const { status } = await server().http.get(path, { headers: { cookie: cookieOf(browser) } });
      expect(`${path} ${status}`).toBe(`${path} 404`);
    }
  });

  it('221 a sign-in on the way to the account leads to the account, whatever the address says', async () => {
    const evil = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/%09/evil.example',
    ];
    for (const target of evil)
      for (const name of ['next', 'returnTo', 'page', 'to', 'from']) {
        const query = new URLSearchParams({ [name]: target }).toString();
        const browser = new FormBrowser(server().issuer);
        const signIn = await browser.open(`${server().issuer}/account/sessions?${query}`);
        expect(signIn.text).not.toContain('evil.example');
        const recovery = await browser.open(`${server().issuer}/account/recovery?${query}`);
        expect(recovery.text).not.toMatch(/evil\.example|javascript:/);
        expect(recovery.text).toContain(`href="${server().issuer}/account"`);
      }
    const browser = new FormBrowser(server().issuer);
    const signIn = await browser.open(`${server().issuer}/account/sessions?next=//evil.example`);
    const after = await browser.submit(signIn, { username: 'alice', password: PASSWORD });
    expect([after.left, after.url]).toEqual([undefined, `${server().issuer}/account/sessions`]);
  });

  it('222, 223 a session that was planted is not the one that begins, and of two cookies of one name none counts', async () => {
    const { browser: mallory } = await signedIn(server(), 'bela');
    const planted = mallory.cookie('vk_session') ?? '';
    const victim = new FormBrowser(server().issuer);
    victim.plant('vk_session', planted);
    // She sees whose account it is, signs out of it, and in as herself.
    const signOut = await victim.open(`${server().issuer}/sign-out`);
    expect(signOut.text).toContain('bela');
    await victim.submit(signOut, { decision: 'sign_out' });
    const signIn = await victim.open(`${server().issuer}/account`);
    await victim.submit(signIn, { username: 'alice', password: PASSWORD });
    expect(victim.cookie('vk_session')).not.toBe(planted);
    expect(await isSignedIn(server(), mallory)).toBe(false);

    const value = victim.cookie('vk_session') ?? '';
    const { http } = server();
    const once = await http.get('/account', { headers: { cookie: `vk_session=${value}` } });
    const twice = await http.get('/account', { headers: { cookie: `vk_session=${value}; vk_session=${planted}` } });
    expect([once.status, twice.status]).toEqual([200, 303]);
  });

  it('24 the interaction of one browser signs nobody in, in another', async () => {
    const [mine, theirs] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
    const page = await mine.open(`${server().issuer}/account`);
    await theirs.open(`${server().issuer}/account`);
    for (const part of ['', '/passkey', '/recovery-code'])
      expect((await theirs.open(page.url + part)).status).toBe(400);
    expect((await theirs.submit(page, { username: 'alice', password: PASSWORD })).status).toBe(400);
    // Whoever has passed no first factor is at no second step.
    expect((await mine.open(`${page.url}/recovery-code`)).text).toContain('name="password"');
    const early = { ...page, text: page.text.replaceAll('/sign-in"', '/second-step"') };
    expect((await mine.submit(early, { code: '123456' })).text).toContain('name="password"');
    const paper = { ...page, text: page.text.replaceAll('/sign-in"', '/recovery-code"') };
    expect((await mine.submit(paper, { code: '0000-0000-0000-0000' })).text).toContain('name="password"');
  });

  it('230, 264 at one sign-in page one password is tried on fifty names and no more, and a known device signs in meanwhile', async () => {
    const { browser: owner } = await signedIn(server(), 'edda');
    const mallory = new FormBrowser(server().issuer);
    const page = await mallory.open(`${server().issuer}/account`);
    const headers = { cookie: cookieOf(mallory), 'sec-fetch-site': 'same-origin' };
    const path = `${page.url.slice(server().issuer.length)}/sign-in`;
    const attempt = (username: string, cookie = headers.cookie, token = csrfIn(page), at = path) =>
      server().http.form(at, { csrf: token, username, password: PASSWORD }, { from: '127.0.9.1', headers: { cookie } });
    const names = Array.from({ length: 60 }, (_, index) => `name-${index}`);
    const statuses: number[] = [];
    for (const name of names) statuses.push((await attempt(name)).status);
    expect(statuses).toEqual([...Array<number>(50).fill(401), ...Array<number>(10).fill(429)]);
    expect((await attempt('alice')).status).toBe(429);
    await owner.submit(await owner.open(`${server().issuer}/sign-out`), { decision: 'sign_out' });
    const signIn = await owner.open(`${server().issuer}/account`);
    const own = `${signIn.url.slice(server().issuer.length)}/sign-in`;
    expect((await attempt('edda', cookieOf(owner), csrfIn(signIn), own)).status).toBe(303);
  });

  it('230 the sign-in, recovery and passkey pages are the same for every name', async () => {
    const texts = new Set<string>();
    const lead = ({ text }: Shown) =>
      text.replace(/vk_ia_[\w-]+|name="(csrf|options)" value="[^"]+"|value="(alice|nobody)"/g, '');
    for (const username of ['alice', 'nobody']) {
      const browser = new FormBrowser(server().issuer);
      const page = await browser.open(`${server().issuer}/account`);
      const refused = await browser.submit(page, { username, password: 'not the password' });
      const passkey = await browser.open(`${page.url}/passkey`);
      const recovery = await browser.submit(await browser.open(`${server().issuer}/account/recovery`), { username });
      texts.add([refused, passkey, recovery].map(lead).join());
    }
    expect(texts.size).toBe(1);
  });
});
