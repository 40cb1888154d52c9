import type * as oauth from 'oauth4webapi';

import { addApp, codeOf, confirmApp, recoveryCodesOn, secretOn } from '../support/authenticator-app.js';
import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { linkOf, outbox, recoveryMail } from '../support/outbox.js';
import type { Server } from '../support/server.js';
import { CALLBACK } from '../support/world.js';
import { isSignedIn, NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora', 'dora', 'edda', 'fips', 'gita', 'hana', 'ines', 'jana');

/** Switches codes on: those of now and of the next step are left. */
async function enrol(server: Server, username: string) {
  const { browser, shown } = await signedIn(server, username, { page: '/codes' });
  return { browser, ...(await addApp(browser, shown)) };
}

/** Where the page's link with that text leads. */
const linkTo = ({ text }: Shown, label: string) =>
  new RegExp(`href="([^"]+)">(?:<span>)?${label}`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';

describeServer('one-time codes (RFC 6238) without script', { config, env, issuerPath: '/t1' }, (server) => {
  const follow = (browser: FormBrowser, page: Shown, label: string) =>
    browser.open(new URL(linkTo(page, label), page.url).href);

  it('the secret is a picture and a text; a wrong code shows it again; then signing in takes a code', async () => {
    const { browser, shown: off } = await signedIn(server(), 'alice', { page: '/codes' });
    const app = await browser.submit(off, { decision: 'begin' });
    const secret = secretOn(app);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(app.text).toContain('<svg');
    expect(app.text).toContain('otpauth://totp/');
    const wrong = await browser.submit(app, { code: '000000' });
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('otpauth://totp/')]);
    const { browser: early } = await signedIn(server(), 'alice');
    expect(await isSignedIn(server(), early)).toBe(true);
    const before = browser.cookie('vk_session');
    const { done, recoveryCodes } = await confirmApp(browser, wrong);
    expect([done.status, done.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(new Set(recoveryCodes).size).toBe(10);
    // 222 a sign-in that became stronger has a new value.
    expect(browser.cookie('vk_session')).not.toBe(before);
    const settings = await browser.open(`${server().issuer}/account/codes`);
    expect(settings.text).toContain('10 recovery codes are left');
    expect(settings.text).not.toContain(secret.slice(0, 4));

    const { browser: next, shown } = await signedIn(server(), 'alice');
    expect(shown.text).toContain('autocomplete="one-time-code"');
    expect(await isSignedIn(server(), next)).toBe(false);
    const code = codeOf(secret);
    // 230 a password alone makes no device known: its guesses at codes would count apart from those of strangers.
    expect(next.cookie('vk_device')).toBeUndefined();
    expect((await next.submit(shown, { code })).url).toBe(`${server().issuer}/account`);
    expect(next.cookie('vk_device')).toMatch(/^vk_dv_/);
    const { browser: replay, shown: again } = await signedIn(server(), 'alice');
    expect((await replay.submit(again, { code })).status).toBe(401);
  });

  it('a recovery code signs in once, however it is spelt; new ones end the old ones', async () => {
    const { browser, recoveryCodes } = await enrol(server(), 'bela');
    const [first = '', second = ''] = recoveryCodes;
    const { browser: next, shown } = await signedIn(server(), 'bela');
    const page = await follow(next, shown, 'Use a recovery code');
    expect(page.text).toContain('autocapitalize="characters"');
    expect((await next.submit(page, { code: first.toUpperCase().replaceAll('-', ' ') })).url).toMatch(/\/account$/);
    const { browser: other, shown: asked } = await signedIn(server(), 'bela');
    const twice = await other.submit(await follow(other, asked, 'Use a recovery code'), { code: first });
    expect([twice.status, twice.text]).toEqual([401, expect.stringContaining('Recovery code')]);
    const settings = await browser.open(`${server().issuer}/account/codes`);
    expect(settings.text).toContain('9 recovery codes are left');
    const renewed = recoveryCodesOn(await browser.submit(settings, { decision: 'renew' }));
    expect(renewed).toHaveLength(10);
    expect((await other.submit(twice, { code: second })).status).toBe(401);
    expect((await other.submit(twice, { code: renewed[0] ?? '' })).url).toMatch(/\/account$/);
  });

  it('232 a session from before cannot switch codes off without one; who gives one can', async () => {
    const { browser: early } = await signedIn(server(), 'cora');
    const { secret } = await enrol(server(), 'cora');
    const asked = await early.open(`${server().issuer}/account/codes`);
    expect(asked.text).toContain('autocomplete="one-time-code"');
    // She gave no password just now, and is told of none.
    expect([asked.text.includes('Your password was right'), asked.text.includes('more than your password')]).toEqual([
      false,
      true,
    ]);
    const settings = await early.submit(asked, { code: codeOf(secret) });
    expect(settings.url).toBe(`${server().issuer}/account/codes`);
    expect((await early.submit(settings, { decision: 'remove' })).text).toContain('Codes are off');
    const { browser } = await signedIn(server(), 'cora');
    expect(await isSignedIn(server(), browser)).toBe(true);
  });

  it('A2 whoever is not meant goes back to the first step, and whoever does not want to, to the application', async () => {
    const { secret, recoveryCodes } = await enrol(server(), 'ines');
    const query = new URLSearchParams(authorizationRequest({ client_id: 'print-shop' })).toString();
    const browser = new FormBrowser(server().issuer);
    const signIn = await browser.open(`${server().issuer}/authorize?${query}`);
    const asked = await browser.submit(signIn, { username: 'ines', password: PASSWORD });
    expect(asked.text).toContain('name="code"');
    const first = await browser.notYou(asked);
    expect([first.url, first.text.includes('name="password"')]).toEqual([signIn.url, true]);
    // The password that was given counts no more.
    expect((await browser.submit(asked, { code: codeOf(secret) })).text).toContain('name="password"');
    expect((await browser.open(`${signIn.url}/recovery-code`)).text).not.toContain('name="code"');
    const other = await browser.submit(first, { username: 'jana', password: PASSWORD });
    expect(other.text).toContain('value="allow"');
    // A3 has it, too.
    const again = await browser.notYou(other);
    expect([browser.cookie('vk_session'), again.text.includes('name="password"')]).toEqual([undefined, true]);
    const second = await browser.submit(again, { username: 'ines', password: PASSWORD });
    expect(recoveryCodes).toHaveLength(10);
    const { left } = await browser.submit(second, { decision: 'cancel', code: '' });
    expect(left?.searchParams.get('error')).toBe('access_denied');
    const account = await signedIn(server(), 'ines');
    expect([account.shown.text.includes('name="code"'), account.shown.text.includes('value="cancel"')]).toEqual([
      true,
      false,
    ]);
  });

  it('28, 232 a session is no first factor where she has to sign in again: a code alone signs nobody in', async () => {
    const { browser, secret, recoveryCodes } = await enrol(server(), 'gita');
    const again = authorizationRequest({ client_id: 'print-shop', prompt: 'login' });
    const asked = await browser.open(`${server().issuer}/authorize?${new URLSearchParams(again).toString()}`);
    expect(asked.text).toContain('name="password"');
    const session = browser.cookie('vk_session');
    const codes = { 'second-step': codeOf(secret), 'recovery-code': recoveryCodes[0] ?? '' };
    for (const [part, code] of Object.entries(codes)) {
      const moved = { ...asked, text: asked.text.replaceAll('/sign-in"', `/${part}"`) };
      expect((await browser.submit(moved, { code })).text).toContain('name="password"');
      expect((await browser.open(`${asked.url}/${part}`)).text).not.toContain('name="code"');
    }
    expect(browser.cookie('vk_session')).toBe(session);
  });

  it('224 who gave the former password before it was recovered is not let in by the code that follows', async () => {
    const { secret } = await enrol(server(), 'hana');
    const { browser: thief, shown } = await signedIn(server(), 'hana');
    expect(shown.text).toContain('autocomplete="one-time-code"');
    const before = (await outbox(server())).length;
    const owner = new FormBrowser(server().issuer);
    await owner.submit(await owner.open(`${server().issuer}/account/recovery`), { username: 'hana' });
    const asked = await owner.open(linkOf(await recoveryMail(server(), before)));
    await owner.submit(asked, { password: NEW_PASSWORD, password_again: NEW_PASSWORD });
    const refused = await thief.submit(shown, { code: codeOf(secret) });
    expect(refused.text).toContain('name="password"');
    expect(await isSignedIn(server(), thief)).toBe(false);
    const next = await thief.submit(refused, { username: 'hana', password: NEW_PASSWORD });
    await thief.submit(next, { code: codeOf(secret, 1) });
    expect(await isSignedIn(server(), thief)).toBe(true);
  });

  it('230 codes and recovery codes are guessed five times in all, each page says how often still, then there is a wait', async () => {
    await enrol(server(), 'dora');
    const { browser, shown } = await signedIn(server(), 'dora');
    const recovery = await follow(browser, shown, 'Use a recovery code');
    const statuses: number[] = [];
    const told: (string | undefined)[] = [];
    const tried = async (page: typeof shown, code: string) => {
      const { status, text } = await browser.submit(page, { code });
      statuses.push(status);
      told.push(/one more try|\d more tries|too many wrong codes/.exec(text)?.[0]);
      return text;
    };
    for (const guess of ['000001', '000002', '000003']) {
      const text = await tried(shown, guess);
      expect([text.includes(`value="${guess}"`), text.includes('the one that is shown now')]).toEqual([true, true]);
    }
    const onPaper = await tried(recovery, '0000-0000-0000-0000');
    // A2: a code on paper is compared with the list; none is shown anywhere.
    expect(onPaper).toContain('This recovery code is not right, or it was used before.');
    expect(onPaper).not.toContain('the one that is shown now');
    for (const last of ['1', '2']) await tried(recovery, `0000-0000-0000-000${last}`);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const waits = 'too many wrong codes';
    expect(told).toEqual(['4 more tries', '3 more tries', '2 more tries', 'one more try', waits, waits]);
    const locked = await browser.submit(shown, { code: '123456' });
    expect([locked.status, locked.text]).toEqual([429, expect.not.stringContaining('name="code"')]);
    // Another browser does not begin to count anew.
    const { browser: other, shown: page } = await signedIn(server(), 'dora');
    expect((await other.submit(page, { code: '654321' })).status).toBe(429);
  });

  it('of many uses of one recovery code at the same time one succeeds', async () => {
    const { recoveryCodes } = await enrol(server(), 'edda');
    const [code = ''] = recoveryCodes;
    const browsers = await Promise.all(Array.from({ length: 4 }, () => signedIn(server(), 'edda')));
    const ended = await Promise.all(
      browsers.map(async ({ browser, shown }) =>
        browser.submit(await follow(browser, shown, 'Use a recovery code'), { code }),
      ),
    );
    expect(ended.filter(({ url }) => url.endsWith('/account'))).toHaveLength(1);
  });

  it('AT-03, SU-02 acr, amr and auth_time say how and when she signed in, and what is out of reach is refused', async () => {
    const { secret, recoveryCodes } = await enrol(server(), 'fips');
    const claimsOf = async (changes: Record<string, string>, codes: readonly [label: string, code: string][]) => {
      const browser = new FormBrowser(server().issuer);
      const query = new URLSearchParams(authorizationRequest({ client_id: 'print-shop', ...changes })).toString();
      let page = await browser.open(`${server().issuer}/authorize?${query}`);
      page = await browser.submit(page, { username: 'fips', password: PASSWORD });
      for (const [label, code] of codes) {
        if (label !== '') page = await follow(browser, page, label);
        page = await browser.submit(page, { code });
      }
      if (!page.left) page = await browser.submit(page, { decision: 'allow' });
      const code = page.left?.searchParams.get('code') ?? undefined;
      if (code === undefined) return page.left?.searchParams.get('error');
      const parameters = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
      const answer = await clientOf(server(), 'print-shop').token(parameters);
      const payload = answer.json<{ id_token: string }>().id_token.split('.')[1] ?? '';
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as oauth.IDToken;
    };
    const twoFactors = { acr: 'urn:valetkey:acr:2', auth_time: expect.closeTo(Date.now() / 1000, -1) as number };
    expect(await claimsOf({}, [['', codeOf(secret)]])).toMatchObject({ ...twoFactors, amr: ['pwd', 'otp', 'mfa'] });
    const byPaper = await claimsOf({}, [['Use a recovery code', recoveryCodes[0] ?? '']]);
    expect(byPaper).toMatchObject({ ...twoFactors, amr: ['pwd', 'mfa'] });
    const unmet = await claimsOf(
      { acr_values: 'phr', claims: '{"id_token":{"acr":{"essential":true,"value":"phr"}}}' },
      [['', codeOf(secret, 1)]],
    );
    expect(unmet).toBe('unmet_authentication_requirements');
  });
});
