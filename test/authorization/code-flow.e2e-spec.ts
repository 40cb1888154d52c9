import * as oauth from 'oauth4webapi';

import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { CALLBACK, PASSWORD } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const ALICE = { username: 'alice', password: PASSWORD };

describeServer(
  'authorization code with a person (RFC 6749 §4.1, OpenID Connect Core §3.1)',
  { issuerPath: '/t1' },
  (server) => {
    const discovered = async () => {
      const issuer = new URL(server().issuer);
      const answer = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: 'oidc' });
      return oauth.processDiscoveryResponse(issuer, answer);
    };
    const shop = { client_id: 'print-shop' };
    const secret = () => oauth.ClientSecretBasic(server().world.clients['print-shop'].secret ?? '');
    /** A request of the print shop, with what its client library remembers. */
    const asked = async (changes: Record<string, string> = {}) => {
      const as = await discovered();
      const verifier = oauth.generateRandomCodeVerifier();
      const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
      const url = new URL(as.authorization_endpoint ?? '');
      const parameters = {
        client_id: 'print-shop',
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: 'openid photos.read',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...changes,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { as, url: url.href, verifier, state, nonce };
    };
    type Asked = Awaited<ReturnType<typeof asked>>;
    const finish = async ({ as, verifier, state, nonce }: Asked, { left }: Shown) => {
      if (!left) throw new Error('the browser was not sent back');
      const parameters = oauth.validateAuthResponse(as, shop, left, state);
      const answer = await oauth.authorizationCodeGrantRequest(
        as,
        shop,
        secret(),
        parameters,
        CALLBACK,
        verifier,
        INSECURE,
      );
      return oauth.processAuthorizationCodeResponse(as, shop, answer, { expectedNonce: nonce, requireIdToken: true });
    };
    const signIn = async (browser: FormBrowser, request: Asked) =>
      browser.submit(await browser.open(request.url), ALICE);

    it('IS-01, OC-01 a person signs in, allows, and the application has tokens and knows who she is', async () => {
      const browser = new FormBrowser(server().issuer);
      const request = await asked();
      const page = await browser.open(request.url);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const consent = await browser.submit(page, ALICE);
      expect(consent.text).toContain('print-shop');
      const back = await browser.submit(consent, { decision: 'allow' });
      expect(back.status).toBe(303);
      expect(back.left?.searchParams.get('iss')).toBe(server().issuer);
      const tokens = await finish(request, back);
      expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ acr: 'urn:valetkey:acr:1', amr: ['pwd'] });
      expect(tokens.scope ?? 'openid photos.read').toBe('openid photos.read');
    });

    it('CO-15 no page on the way is framed, tells where the browser came from, or loads anything of others', async () => {
      const browser = new FormBrowser(server().issuer);
      const signInPage = await browser.open((await asked({ prompt: 'consent' })).url);
      const consent = await browser.submit(signInPage, ALICE);
      expect(consent.text).toContain('value="allow"');
      const others = ['/device', '/sign-out', '/authorize', '/interaction/none', '/account'];
      const pages = await Promise.all(others.map((path) => browser.open(server().issuer + path)));
      for (const { url, headers, text } of [signInPage, consent, ...pages]) {
        const policy = headers.get('content-security-policy') ?? '';
        expect([url, policy]).toEqual([url, expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/)]);
        expect([url, headers.get('x-frame-options'), headers.get('referrer-policy')]).toEqual([
          url,
          'DENY',
          'no-referrer',
        ]);
        expect(text).not.toMatch(/<script|<iframe|<img|\son\w+=/i);
        const loaded = [...text.matchAll(/<link[^>]*\shref="([^"]*)"/g)].map(([, link = '']) => new URL(link, url));
        const { origin } = new URL(url);
        expect([url, ...loaded.filter((one) => one.protocol !== 'data:' && one.origin !== origin)]).toEqual([url]);
      }
    });

    it('CO-14 asked once for one purpose: the second time she is sent back at once', async () => {
      const browser = new FormBrowser(server().issuer);
      const first = await asked();
      const shown = await signIn(browser, first);
      await finish(first, shown.left ? shown : await browser.submit(shown, { decision: 'allow' }));
      const second = await asked();
      await finish(second, await browser.open(second.url));
    });

    it('OC-02, OC-03 prompt=none without a session is login_required, prompt=login asks again', async () => {
      const nobody = await new FormBrowser(server().issuer).open((await asked({ prompt: 'none' })).url);
      expect(nobody.left?.searchParams.get('error')).toBe('login_required');
      const browser = new FormBrowser(server().issuer);
      await signIn(browser, await asked());
      const again = await asked({ prompt: 'login' });
      const page = await browser.open(again.url);
      expect(page.left).toBeUndefined();
      const shown = await browser.submit(page, ALICE);
      await finish(again, shown.left ? shown : await browser.submit(shown, { decision: 'allow' }));
    });

    it('a wrong password and an unknown name get the same page (attack class 55), deny is access_denied', async () => {
      const browser = new FormBrowser(server().issuer);
      const request = await asked({ prompt: 'consent' });
      const page = await browser.open(request.url);
      const wrong = await browser.submit(page, { username: 'alice', password: 'wrong' });
      const unknown = await browser.submit(page, { username: 'nobody', password: 'wrong' });
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(unknown.text.replace('value="nobody"', 'value="alice"')).toBe(wrong.text);
      const denied = await browser.submit(await browser.submit(wrong, ALICE), { decision: 'deny' });
      expect(denied.left?.searchParams.get('error')).toBe('access_denied');
    });

    it('CO-02 an address that is not registered shows an error page and sends nobody anywhere', async () => {
      const shown = await new FormBrowser(server().issuer).open(
        (await asked({ redirect_uri: 'https://evil.example/' })).url,
      );
      expect([shown.status, shown.left]).toEqual([400, undefined]);
    });

    it('another browser can do nothing with the address of a page, nor another site with its form', async () => {
      const [alice, mallory] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
      const page = await alice.open((await asked()).url);
      await mallory.open((await asked()).url);
      expect((await mallory.open(page.url)).status).toBe(400);
      expect((await mallory.submit(page, ALICE)).status).toBe(400);
      expect(
        (await alice.submit({ ...page, text: page.text.replace(/name="csrf" value="./, '$&x') }, ALICE)).status,
      ).toBe(403);
    });

    it('OC-07 signing out ends the session: confirmed by her, or by the application with its ID token', async () => {
      const browser = new FormBrowser(server().issuer);
      const request = await asked();
      const shown = await signIn(browser, request);
      const tokens = await finish(request, shown.left ? shown : await browser.submit(shown, { decision: 'allow' }));
      const silent = async () => {
        const { left } = await browser.open((await asked({ prompt: 'none' })).url);
        return left?.searchParams.get('error') ?? 'signed in';
      };
      await browser.open(`${server().issuer}/sign-out?id_token_hint=${tokens.id_token ?? ''}`);
      expect(await silent()).toBe('login_required');
      await signIn(browser, await asked());
      expect(await silent()).toBe('signed in');
      const confirm = await browser.open(`${server().issuer}/sign-out`);
      expect(confirm.text).toContain('alice');
      expect(await silent()).toBe('signed in');
      await browser.submit(confirm, { decision: 'sign_out' });
      expect(await silent()).toBe('login_required');
    });

    it('OC-07 an ID token of an earlier sign-in signs nobody out without a question', async () => {
      const [early, late] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
      const enter = async (browser: FormBrowser) => {
        const request = await asked();
        const shown = await signIn(browser, request);
        return finish(request, shown.left ? shown : await browser.submit(shown, { decision: 'allow' }));
      };
      const old = await enter(early);
      await enter(late);
      const page = await late.open(`${server().issuer}/sign-out?id_token_hint=${old.id_token ?? ''}`);
      expect(page.text).toContain('value="sign_out"');
      expect((await late.open((await asked({ prompt: 'none' })).url)).left?.searchParams.has('code')).toBe(true);
    });

    it('HEAD makes no code, and does nothing in an interaction', async () => {
      const browser = new FormBrowser(server().issuer);
      const page = await browser.open((await asked()).url);
      for (const url of [(await asked()).url, page.url])
        expect((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status).toBe(405);
    });
  },
);
