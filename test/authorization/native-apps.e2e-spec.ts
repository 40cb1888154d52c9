import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { PHOTOS } from '../support/world.js';

const LOOPBACK = 'http://127.0.0.1/callback';
const OWN_SCHEME = 'com.example.viewer:/callback';
const CLAIMED = 'https://viewer.example/callback';
const SECRET = 'viewer-secret-viewer-secret-viewer-secret';
const common = {
  name: 'Photo <i>viewer</i>',
  application_type: 'native',
  grant_types: ['authorization_code'],
  redirect_uris: [LOOPBACK, OWN_SCHEME, CLAIMED],
  scopes: ['openid', 'photos.read', 'photos.write'],
  optional_scopes: ['photos.write'],
  audiences: [PHOTOS],
};
const SET_UP = {
  clients: [
    { ...common, client_id: 'native', type: 'public' },
    { ...common, client_id: 'untouched', type: 'public' },
    { ...common, client_id: 'keeper', type: 'confidential', secret: { env: 'KEEPER_SECRET' } },
  ],
  env: { KEEPER_SECRET: SECRET },
};

describeServer('native apps (RFC 8252)', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const start = (browser: FormBrowser, changes: Readonly<Record<string, string>>) => {
    const request = { client_id: 'native', scope: 'openid photos.read', redirect_uri: LOOPBACK, ...changes };
    return browser.open(
      `${server().issuer}/authorize?${new URLSearchParams(authorizationRequest(request)).toString()}`,
    );
  };
  /** A browser in which alice has allowed the application what it asks for. */
  const allowed = async (changes: Readonly<Record<string, string>>) => {
    const browser = new FormBrowser(server().issuer);
    const asked = await browser.submit(await start(browser, changes), { username: 'alice', password: PASSWORD });
    const { left } = asked.left ? asked : await browser.submit(asked, { decision: 'allow' });
    expect(left?.searchParams.get('code')).toMatch(/^vk_ac_/);
    return browser;
  };
  const errorIn = ({ left }: Shown) => left?.searchParams.get('error');
  const codeIn = ({ left }: Shown) => left?.searchParams.get('code') ?? undefined;
  const redeem = async (shown: Shown, redirectUri: string) =>
    server().http.form('/token', {
      grant_type: 'authorization_code',
      client_id: 'native',
      code: codeIn(shown) ?? '',
      redirect_uri: redirectUri,
      code_verifier: VERIFIER,
    });

  it.each([
    ['on the loopback', LOOPBACK],
    ['on another port of the loopback', 'http://127.0.0.1:49152/callback'],
    ['under a scheme of its own', OWN_SCHEME],
  ])(
    'RFC 8252 8.6 a public client %s gets no code unseen: who asks is shown again, shorter',
    async (_where, redirectUri) => {
      const changes = { redirect_uri: redirectUri };
      const browser = await allowed(changes);
      const again = await start(browser, changes);
      expect([again.status, codeIn(again)]).toEqual([200, undefined]);
      expect(again.text).toContain('Photo &lt;i&gt;viewer&lt;/i&gt;');
      expect(again.text).toContain('You allowed this before');
      expect(again.text).not.toContain('It cannot work without');
      expect(errorIn(await start(browser, { ...changes, prompt: 'none' }))).toBe('interaction_required');
      const denied = await browser.submit(again, { decision: 'deny' });
      expect(errorIn(denied)).toBe('access_denied');
      const once = await start(browser, changes);
      const given = await browser.submit(once, { decision: 'allow' });
      expect((await redeem(given, redirectUri)).json()['scope']).toBe('openid photos.read');
    },
  );

  it('RFC 8252 8.6 an optional scope that she left out is not given by it, and not asked for', async () => {
    const changes = { scope: 'openid photos.read photos.write', redirect_uri: OWN_SCHEME };
    const browser = await allowed(changes);
    const again = await start(browser, changes);
    expect(again.text).not.toContain('photos.write"');
    const given = await browser.submit(again, { decision: 'allow', 'permission.photos.write': 'allow' });
    expect((await redeem(given, OWN_SCHEME)).json()['scope']).toBe('openid photos.read');
  });

  it('RFC 8252 8.6 a claimed https address is proof enough, and so is a secret: they are answered in silence', async () => {
    const browser = await allowed({ redirect_uri: CLAIMED });
    expect(codeIn(await start(browser, { redirect_uri: CLAIMED }))).toMatch(/^vk_ac_/);
    expect(codeIn(await start(browser, { redirect_uri: CLAIMED, prompt: 'none' }))).toMatch(/^vk_ac_/);
    // What was allowed there is no silent answer on the loopback.
    expect(errorIn(await start(browser, { prompt: 'none' }))).toBe('interaction_required');
    const keeper = { client_id: 'keeper', redirect_uri: LOOPBACK };
    const other = await allowed(keeper);
    const silent = await start(other, { ...keeper, prompt: 'none' });
    expect(codeIn(silent)).toMatch(/^vk_ac_/);
    const form = { grant_type: 'authorization_code', code: codeIn(silent) ?? '', redirect_uri: LOOPBACK };
    const headers = { authorization: basic('keeper', SECRET) };
    const answer = await server().http.form('/token', { ...form, code_verifier: VERIFIER }, { headers });
    expect(answer.status).toBe(200);
  });

  it('RFC 8252 8.6 OC-02 who never allowed anything is consent_required in silence, as at any client', async () => {
    const untouched = { client_id: 'untouched' };
    const browser = await allowed({ ...untouched, scope: 'openid' });
    expect(errorIn(await start(browser, { ...untouched, prompt: 'none' }))).toBe('consent_required');
  });
});
