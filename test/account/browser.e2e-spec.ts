import { decodeJwt } from 'jose';
import type { Browser, Page } from 'playwright-core';

import { codeOf } from '../support/authenticator-app.js';
import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { colourViolations, violations } from '../support/axe.js';
import { launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { linkOf, outbox, recoveryMail, sentTo } from '../support/outbox.js';
import { addAuthenticator } from '../support/virtual-authenticator.js';
import { textMember } from '../support/uma.js';
import { CALLBACK } from '../support/world.js';
import { NEW_PASSWORD, PASSWORD, people } from './people.js';

const NAMES = ['alice', 'bela', 'cora', 'dora', 'edda', 'fay'];
const { config, env } = people(...NAMES);

let browser: Browser;
const contexts: WatchedContext[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterEach(async () => {
  for (const { context } of contexts.splice(0)) await context.close();
});

afterAll(() => browser?.close());

async function open(options: Parameters<typeof openContext>[1] = {}) {
  const watched = await openContext(browser, { reducedMotion: 'reduce', ...options });
  contexts.push(watched);
  return watched;
}

async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('User name or e-mail address').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describeServer('passkeys in a browser (WebAuthn level 3)', { config, env, issuerHost: 'localhost' }, (server) => {
  const address = (path: string) => `${server().issuer}/account${path}`;

  async function register(page: Page, username: string, name: string): Promise<void> {
    await page.goto(address('/passkeys/new'));
    await signIn(page, username);
    await page.getByLabel('Name of the passkey').fill(name);
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await page.waitForURL(address('/passkeys'));
  }

  it('218 one is made and named, signs in without a password, and is removed', async () => {
    const { page, complaints, context } = await open();
    await addAuthenticator(page);
    const name = '<b>Key</b> of "Alice"';
    await register(page, 'alice', name);
    await page.getByRole('heading', { name }).waitFor();
    await context.clearCookies();

    await page.goto(address(''));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(address(''));
    expect(await page.locator('.who').textContent()).toContain('alice');

    await page.goto(address('/passkeys'));
    // She sees when it was made and last used, and gives it another name.
    expect(await page.locator('li.item').textContent()).toMatch(/Made .*Last used /s);
    await page.getByRole('link', { name: `Rename \u2068${name}\u2069` }).click();
    const field = page.getByLabel('Name of the passkey');
    expect(await field.inputValue()).toBe(name);
    await field.fill(' ');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('link', { name: 'Please give it a name.' }).waitFor();
    const renamed = '"><img src=x onerror=alert(1)>';
    await field.fill(renamed);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.waitForURL(address('/passkeys'));
    await page.getByRole('heading', { name: renamed }).waitFor();
    await page.getByRole('button', { name: `Remove \u2068${renamed}\u2069` }).click();
    await page.getByText('You have no passkey.').waitFor();
    const happened = (await context.request.get(`${server().issuer}/me/activity?limit=50`)).text();
    const lines = (JSON.parse(await happened) as { items: { kind: string; actor?: { id: string } }[] }).items;
    expect(lines.map(({ kind, actor }) => `${kind} by ${actor?.id ?? 'nobody'}`)).toEqual(
      ['passkey_removed', 'signed_in', 'passkey_added', 'signed_in'].map((kind) => `${kind} by account:alice`),
    );
    await sentTo(server(), 'alice@example.org', 'A passkey was added: “b Key /b  of "Alice"”.');
    await sentTo(server(), 'alice@example.org', 'A passkey was removed: “"  img src=x onerror=alert(1)”.');
    await context.clearCookies();
    await page.goto(address(''));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    // The device still offers it, and nobody takes it any more; it is not asked again by itself.
    await page.getByText('We could not accept this passkey').waitFor();
    const { url } = await page
      .waitForRequest(/./, { timeout: 1000 })
      .then((request) => ({ url: request.url() }))
      .catch(() => ({ url: 'none' }));
    expect(url).toBe('none');
    expect(complaints).toEqual([]);
  });

  it('224 what began with a passkey ends when she removes it elsewhere; where she removes it she stays', async () => {
    const { page, context } = await open();
    await addAuthenticator(page);
    await register(page, 'fay', 'Key');
    const comeIn = async () => {
      await context.clearCookies();
      await page.goto(address(''));
      await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
      await page.waitForURL(address(''));
    };
    await comeIn();
    const elsewhere = await open({ storageState: await context.storageState() });
    await elsewhere.page.goto(address(''));
    expect(await elsewhere.page.locator('.who').textContent()).toContain('fay');
    await comeIn();

    await page.goto(address('/passkeys'));
    await page.getByRole('button', { name: 'Remove \u2068Key\u2069' }).click();
    await page.getByText('You have no passkey.').waitFor();
    await page.goto(address(''));
    expect(await page.locator('.who').textContent()).toContain('fay');
    await elsewhere.page.goto(address(''));
    await elsewhere.page.getByLabel('User name or e-mail address').waitFor();
  });

  it('AT-03, OC-01, SU-02 what asks for phr gets it by a passkey, and the ID token says so, from who has signed in by password', async () => {
    const { page } = await open();
    await addAuthenticator(page);
    await register(page, 'bela', 'Key');
    await page.context().clearCookies();
    await page.goto(address(''));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).waitFor();
    await signIn(page, 'bela');
    await page.waitForURL(address(''));
    const asked = authorizationRequest({
      client_id: 'print-shop',
      claims: '{"id_token":{"acr":{"essential":true,"value":"phr"}}}',
    });
    await page.goto(`${server().issuer}/authorize?${new URLSearchParams(asked).toString()}`);
    const back = page.waitForRequest(/^https:\/\/shop\.example\//);
    await page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true });
    const code = new URL((await back).url()).searchParams.get('code') ?? '';
    const parameters = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    const answer = await clientOf(server(), 'print-shop').token(parameters);
    expect(decodeJwt(textMember(answer, 200, 'id_token'))).toMatchObject({
      acr: 'phr',
      amr: ['hwk', 'user', 'mfa'],
      auth_time: expect.closeTo(Date.now() / 1000, -1) as number,
    });
  });

  it('232 a password does not take a passkey away, nor switch codes on beside it: the passkey is asked for', async () => {
    const { page } = await open();
    await addAuthenticator(page);
    await register(page, 'edda', 'Key');
    const { page: thief } = await open({ javaScriptEnabled: false });
    await thief.goto(address(''));
    await signIn(thief, 'edda');
    await thief.waitForURL(address(''));
    for (const path of ['/passkeys', '/passkeys/new', '/codes', '/codes/app']) {
      await thief.goto(address(path));
      await thief.waitForURL(/\/interaction\//);
      await thief.getByRole('button', { name: 'Use passkey' }).waitFor();
    }
    await page.goto(address('/codes'));
    await page.getByRole('button', { name: 'Switch codes on' }).waitFor();
  });

  it('a device that says no is told about, and the way by password stays', async () => {
    const { page, complaints } = await open();
    const { devtools, authenticatorId } = await addAuthenticator(page);
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.goto(address('/passkeys/new'));
    await signIn(page, 'cora');
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await page.getByText('This did not work').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('passkey-problem');
    expect(await violations(devtools)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('without scripts the pages say so, and lead to what works without', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto(address(''));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    await page.getByText('Passkeys need a browser that runs scripts').waitFor();
    await page.getByRole('button', { name: 'Use passkey' }).click();
    await page.getByText('We could not accept this passkey').waitFor();
    await page.getByRole('link', { name: 'Sign in another way' }).click();
    await signIn(page, 'dora');
    await page.waitForURL(address(''));
  });

  it('the challenge of one browser, an answer twice, or one for another page signs nobody in', async () => {
    const { page } = await open();
    await addAuthenticator(page);
    await register(page, 'dora', 'Key');
    await page.context().clearCookies();
    const answers: string[] = [];
    await page.route('**/interaction/*/passkey', async (route) => {
      const posted = route.request().postData();
      if (posted !== null) answers.push(posted);
      await route.continue();
    });
    await page.goto(address(''));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(address(''));
    const answer = new URLSearchParams(answers[0]).get('answer') ?? '';
    expect(answer).toContain('"signature"');

    const { page: thief } = await open({ javaScriptEnabled: false });
    await thief.goto(address(''));
    await thief.getByRole('link', { name: 'Sign in with a passkey' }).click();
    await thief.evaluate(`document.querySelector('[name=answer]').value = ${JSON.stringify(answer)}`);
    await thief.getByRole('button', { name: 'Use passkey' }).click();
    await thief.getByText('We could not accept this passkey').waitFor();
    await thief.goto(address(''));
    expect(thief.url()).toContain('/interaction/');
  });
});

describeServer('8: the pages of the account without scripts', { config, env, issuerHost: 'localhost' }, (server) => {
  it.each([1280, 360])(
    'G8, G14 at %i px, in light and dark: recovery, codes, sessions; axe finds nothing and nothing scrolls sideways',
    async (width) => {
      const { page, complaints } = await open({ viewport: { width, height: 800 } });
      const devtools = await page.context().newCDPSession(page);
      // axe needs timers, which stand still without scripts: they run while it looks, and at no other time.
      const letScriptsRun = (value: boolean) =>
        devtools.send('Emulation.setScriptExecutionDisabled', { value: !value });
      await letScriptsRun(false);
      const seen: string[] = [];
      const look = async () => {
        const title = await page.title();
        seen.push(title);
        await letScriptsRun(true);
        await page.emulateMedia({ colorScheme: 'light' });
        expect({ title, light: await violations(devtools) }).toEqual({ title, light: [] });
        await page.emulateMedia({ colorScheme: 'dark' });
        expect({ title, dark: await colourViolations(devtools) }).toEqual({ title, dark: [] });
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        await letScriptsRun(false);
      };
      const press = (name: string) => page.getByRole('button', { name }).click();
      const follow = (name: string) => page.getByRole('link', { name }).click();
      const username = width === 360 ? 'alice' : 'bela';
      await page.goto(`${server().issuer}/account`);
      await look();
      await follow('Forgotten your password?');
      await look();
      const before = (await outbox(server())).length;
      await page.getByLabel('User name or e-mail address').fill(username);
      await press('Send the link');
      await look();
      await page.goto(linkOf(await recoveryMail(server(), before)));
      await look();
      await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
      await page.getByLabel('New password again').fill(NEW_PASSWORD);
      await press('Change password');
      await look();
      await follow('Back to sign-in');
      await signIn(page, username, NEW_PASSWORD);
      await look();
      await follow('Look after codes');
      await look();
      await press('Switch codes on');
      await look();
      const secret = ((await page.locator('p.mono').textContent()) ?? '').replace(/\s/g, '');
      const confirm = async () => {
        await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1));
        const answer = page.waitForResponse((one) => one.request().method() === 'POST');
        await press('Switch on');
        return (await answer).status();
      };
      // Where a step of time ends on the way, its code has become too old.
      if ((await confirm()) === 400) await confirm();
      await look();
      await follow('I have kept them');
      await look();
      await follow('Back to your account');
      for (const part of ['Change password', 'Look after passkeys', 'Show browsers']) {
        await follow(part);
        await look();
        await page.goto(`${server().issuer}/account`);
      }
      await follow('Sign out');
      await press('Sign out');
      await page.goto(`${server().issuer}/account`);
      await signIn(page, username, NEW_PASSWORD);
      await look();
      await page.getByLabel('Code from your authenticator app').fill(codeOf(secret));
      await press('Confirm');
      await page.waitForURL(`${server().issuer}/account`);
      expect(new Set(seen).size).toBeGreaterThanOrEqual(12);
      expect(complaints).toEqual([]);
    },
  );
});
