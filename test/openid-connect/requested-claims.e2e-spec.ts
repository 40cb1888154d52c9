import { decodeJwt } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { type Answer, basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const SECRET = 'greeter-secret-greeter-secret-greeter-00';
const CALLBACK = 'https://greeter.example/callback';
/** Each with what its operator lets it ask people for. */
const SCOPES: Readonly<Record<string, string[]>> = {
  single: ['openid', 'profile', 'email'],
  covered: ['openid', 'profile', 'email'],
  left: ['openid', 'profile', 'email'],
  narrow: ['openid', 'email'],
  named: ['openid', 'email', 'profile', 'grant_management_query'],
  lost: ['openid', 'email', 'offline_access'],
  meant: ['openid'],
  paired: ['openid'],
};
const SET_UP = {
  clients: Object.entries(SCOPES).map(([client_id, scopes]) => ({
    client_id,
    name: `The ${client_id} greeter`,
    type: 'confidential',
    secret: { env: 'GREETER_SECRET' },
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirect_uris: [CALLBACK],
    scopes,
    ...(client_id === 'meant' && { subject_type: 'public' }),
    ...(client_id === 'left' && { optional_scopes: ['email'] }),
  })),
  env: { GREETER_SECRET: SECRET },
};

type Form = Readonly<Record<string, string>>;
type Claims = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describeServer('OpenID Connect Core §5.5: claims asked for one by one', SET_UP, (server) => {
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    await givePassword(server(), 'bob');
  });

  const start = (browser: FormBrowser, clientId: string, claims: Claims, changes: Form = {}) => {
    const usual = { client_id: clientId, redirect_uri: CALLBACK, scope: 'openid', claims: JSON.stringify(claims) };
    const form = new URLSearchParams({ ...authorizationRequest(usual), ...changes });
    return browser.open(`${server().issuer}/authorize?${form.toString()}`);
  };
  const asked = async (clientId: string, claims: Claims, changes: Form = {}) => {
    const browser = new FormBrowser(server().issuer);
    const signIn = await start(browser, clientId, claims, changes);
    return { browser, page: await browser.submit(signIn, { username: 'alice', password: PASSWORD }) };
  };
  const allow = (browser: FormBrowser, page: Shown) => browser.submit(page, { decision: 'allow' });
  const errorIn = ({ left }: Shown) => left?.searchParams.get('error');
  const token = (clientId: string, form: Form) =>
    server().http.form('/token', form, { headers: { authorization: basic(clientId, SECRET) } });
  const redeem = (clientId: string, { left }: Shown) => {
    const code = left?.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return token(clientId, form);
  };
  /** Names of what is told about her, in the ID token and at UserInfo. */
  const told = async (answer: Answer) => {
    const own = ['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid', 'at_hash', 'nonce'];
    const idToken = Object.keys(decodeJwt(textMember(answer, 200, 'id_token'))).filter((name) => !own.includes(name));
    const userInfo = await server().http.get('/userinfo', { bearer: textMember(answer, 200, 'access_token') });
    return { idToken, userInfo: Object.keys(userInfo.json()).filter((name) => name !== 'sub') };
  };

  it('OC-05 attack class 26: what is asked for by name is shown, and given by nobody who was not asked', async () => {
    const { browser, page } = await asked('single', {});
    expect(page.text).not.toContain('e-mail address');
    await allow(browser, page);
    const email = { userinfo: { email: null } };
    expect(errorIn(await start(browser, 'single', email, { prompt: 'none' }))).toBe('consent_required');
    const more = await start(browser, 'single', email);
    expect(more.text).toContain('e-mail address');
    expect(more.text).not.toContain('your name');
    expect(await told(await redeem('single', await allow(browser, more)))).toEqual({
      idToken: [],
      userInfo: ['email'],
    });
    // Once for each purpose; the next claim is another one.
    const again = await start(browser, 'single', email, { prompt: 'none' });
    expect(await told(await redeem('single', again))).toEqual({ idToken: [], userInfo: ['email'] });
    const name = { id_token: { name: { essential: true } } };
    expect(errorIn(await start(browser, 'single', name, { prompt: 'none' }))).toBe('consent_required');
  });

  it('OC-05 attack class 26: one claim gives neither its scope nor the other claims of it', async () => {
    const { browser, page } = await asked('covered', { userinfo: { name: null } });
    const answer = await redeem('covered', await allow(browser, page));
    expect(await told(answer)).toEqual({ idToken: [], userInfo: ['name'] });
    const others = { userinfo: { locale: null } };
    expect(errorIn(await start(browser, 'covered', others, { prompt: 'none' }))).toBe('consent_required');
    const scope = { scope: 'openid profile', prompt: 'none' };
    expect(errorIn(await start(browser, 'covered', {}, scope))).toBe('consent_required');
    // Its scope, once given, gives it too.
    await allow(browser, await start(browser, 'covered', {}, { scope: 'openid profile' }));
    const silent = await start(browser, 'covered', { id_token: { locale: null } }, { prompt: 'none' });
    expect(await told(await redeem('covered', silent))).toEqual({ idToken: ['locale'], userInfo: [] });
  });

  it('OC-05 a claim of an optional scope that she leaves out is left out with it', async () => {
    const claims = { userinfo: { email: null }, id_token: { email: null } };
    const { browser, page } = await asked('left', claims, { scope: 'openid email' });
    expect(await told(await redeem('left', await allow(browser, page)))).toEqual({ idToken: [], userInfo: [] });
    const silent = await start(browser, 'left', claims, { scope: 'openid email', prompt: 'none' });
    expect(await told(await redeem('left', silent))).toEqual({ idToken: [], userInfo: [] });
  });

  it('OC-05 attack class 26: claims of scopes that the client may not have are ignored, and so are unknown ones', async () => {
    const claims = { userinfo: { name: { essential: true }, email: null, shoe_size: null }, id_token: { name: null } };
    const { browser, page } = await asked('narrow', claims);
    expect(page.text).not.toContain('your name');
    const answer = await redeem('narrow', await allow(browser, page));
    expect(await told(answer)).toEqual({ idToken: [], userInfo: ['email'] });
  });

  describe('OC-03, OpenID Connect Core 3.1.2.2, attack class 29: a sub asked for with a value', () => {
    const subOf = async (clientId: string, shown: Shown) =>
      String(decodeJwt(textMember(await redeem(clientId, shown), 200, 'id_token')).sub);
    const meaning = (sub: unknown) => ({ id_token: { sub: { value: sub } } });

    it.each(['meant', 'paired'])(
      '%s: whoever else is signed in is asked to sign in as the one that is meant',
      async (id) => {
        const alice = await asked(id, {});
        const hers = await subOf(id, await allow(alice.browser, alice.page));
        const browser = new FormBrowser(server().issuer);
        const page = await browser.submit(await start(browser, id, {}), { username: 'bob', password: PASSWORD });
        expect(await subOf(id, await allow(browser, page))).not.toBe(hers);
        for (const sub of [hers, 7, ''])
          expect(errorIn(await start(browser, id, meaning(sub), { prompt: 'none' }))).toBe('login_required');
        const again = await start(browser, id, meaning(hers));
        expect(again.text).toContain('name="password"');
        // Nor by signing in as the wrong one once more.
        const still = await browser.submit(again, { username: 'bob', password: PASSWORD });
        expect([still.left, still.text.includes('name="password"')]).toEqual([undefined, true]);
        expect(await subOf(id, await browser.submit(still, { username: 'alice', password: PASSWORD }))).toBe(hers);
        expect(await subOf(id, await start(browser, id, meaning(hers), { prompt: 'none' }))).toBe(hers);
      },
    );
  });

  it('IR-53 a grant that is asked about says which claims were given one by one', async () => {
    const { browser, page } = await asked(
      'named',
      { userinfo: { email: null } },
      { grant_management_action: 'create' },
    );
    const grantId = textMember(await redeem('named', await allow(browser, page)), 200, 'grant_id');
    const form = { grant_type: 'client_credentials', scope: 'grant_management_query' };
    const bearer = textMember(await token('named', form), 200, 'access_token');
    expect((await server().http.get(`/grants/${grantId}`, { bearer })).json()).toMatchObject({ claims: ['email'] });
  });

  it('OC-05 attack class 50: what is taken from the client is told no more, neither of old tokens nor of new ones', async () => {
    const claims = { userinfo: { email: null }, id_token: { email: null } };
    const { browser, page } = await asked('lost', claims, { scope: 'openid offline_access' });
    const answer = await redeem('lost', await allow(browser, page));
    expect(await told(answer)).toEqual({ idToken: ['email'], userInfo: ['email'] });
    const code = await start(browser, 'lost', claims, { scope: 'openid offline_access', prompt: 'none' });
    await reconfigure(server(), (settings) => {
      entryOf(settings, 'clients', 'client_id', 'lost').scopes = ['openid', 'offline_access'];
    });
    expect((await told(answer)).userInfo).toEqual([]);
    expect(await told(await redeem('lost', code))).toEqual({ idToken: [], userInfo: [] });
    const refresh = { grant_type: 'refresh_token', refresh_token: textMember(answer, 200, 'refresh_token') };
    expect(await told(await token('lost', refresh))).toEqual({ idToken: [], userInfo: [] });
  });
});
