import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { isSignedIn, NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora', 'dora');
const CHANGE = { current_password: PASSWORD, password: NEW_PASSWORD, password_again: NEW_PASSWORD };

describeServer('a person changes her password', { config, env, issuerPath: '/t1' }, (server) => {
  it('222, 224 the present one is asked for; other sessions end, and this one goes on under a new value', async () => {
    const { browser: other } = await signedIn(server(), 'alice');
    const { browser, shown } = await signedIn(server(), 'alice', { page: '/password' });
    expect([shown.status, shown.url]).toEqual([200, `${server().issuer}/account/password`]);
    const before = browser.cookie('vk_session') ?? '';
    const done = await browser.submit(shown, CHANGE);
    expect([done.status, done.url]).toEqual([200, `${server().issuer}/account/password/changed`]);
    expect(await isSignedIn(server(), browser)).toBe(true);
    expect(await isSignedIn(server(), other)).toBe(false);
    const thief = new FormBrowser(server().issuer);
    thief.plant('vk_session', before);
    expect(await isSignedIn(server(), thief)).toBe(false);
    expect((await signedIn(server(), 'alice')).shown.status).toBe(401);
    expect((await signedIn(server(), 'alice', { password: NEW_PASSWORD })).shown.status).toBe(200);
  });

  it('what is wrong is said beside the field, and nothing is changed', async () => {
    const { browser, shown } = await signedIn(server(), 'bela', { page: '/password' });
    let page = shown;
    for (const [changes, words] of [
      [{ password_again: 'something else entirely' }, 'not the same'],
      [{ password: 'short', password_again: 'short' }, 'at least 12'],
      [{ password: PASSWORD, password_again: PASSWORD }, 'the one you have now'],
      [{ current_password: 'not my password at all' }, 'current password is not right'],
      [{ current_password: '' }, 'current password is not right'],
    ] as const) {
      page = await browser.submit(page, { ...CHANGE, ...changes });
      expect([page.status, page.text]).toEqual([400, expect.stringContaining(words)]);
      expect(page.text).not.toContain(NEW_PASSWORD);
    }
    expect((await signedIn(server(), 'bela')).shown.status).toBe(200);
  });

  it('230 guesses at the present password from a browser left open are slowed', async () => {
    const { browser, shown } = await signedIn(server(), 'cora', { page: '/password' });
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess += 1)
      statuses.push((await browser.submit(shown, { ...CHANGE, current_password: `wrong guess no ${guess}` })).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429]);
    // Not even the right one is tried, and the owner can still sign in.
    expect((await browser.submit(shown, CHANGE)).status).toBe(429);
    expect((await signedIn(server(), 'cora')).shown.status).toBe(200);
  });

  it('of two changes at the same time one succeeds', async () => {
    const { browser, shown } = await signedIn(server(), 'dora', { page: '/password' });
    const tries = ['one', 'two', 'three'].map((word) => {
      const password = `${NEW_PASSWORD} ${word}`;
      return browser.submit(shown, { ...CHANGE, password, password_again: password });
    });
    const ended = await Promise.all(tries);
    expect(ended.filter(({ url }) => url.endsWith('/changed'))).toHaveLength(1);
  });
});

describeServer(
  '232 changes need a recent sign-in',
  { ...people('alice'), config: { ...people('alice').config, sign_in: { recent_sign_in: '5s' } } },
  (server) => {
    it('who signed in long ago signs in again, and a form from before does nothing', async () => {
      const pages = ['/password', '/codes', '/codes/app', '/passkeys', '/passkeys/new'];
      const opened = await Promise.all(pages.map((page) => signedIn(server(), 'alice', { page })));
      await new Promise((resolve) => setTimeout(resolve, 5_100));
      for (const [index, { browser, shown }] of opened.entries()) {
        const address = `${server().issuer}/account${pages[index]}`;
        expect(await isSignedIn(server(), browser)).toBe(true);
        const late =
          shown.url === address && shown.text.includes('<form')
            ? await browser.submit(shown, CHANGE)
            : await browser.open(address);
        expect(`${address} ${late.url}`).toContain('/interaction/');
        expect(late.text).toContain('Please sign in again');
        const back = await browser.submit(late, { username: 'alice', password: PASSWORD });
        // Without a secret to confirm, the page of the app leads to that of the codes.
        expect([back.status, back.url]).toEqual([200, address.replace('/app', '')]);
      }
    });
  },
);
