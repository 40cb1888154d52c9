import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { keepPicture, launchBrowser, openContext, picturesWanted } from '../support/browser.js';
import {
  ended,
  fourFreePorts,
  isFree,
  observed,
  type Observed,
  passwordOf,
  said,
  START,
  stop,
  STORY,
} from '../support/demo.js';
import { FormBrowser } from '../support/form-browser.js';

/** What README shows. */
const VIEW = { viewport: { width: 900, height: 420 }, javaScriptEnabled: false } as const;
const DOCUMENTED_PORT = 8080;

/** The demo as people meet it: in Chromium, without scripts. */
describe('journey: the demo in a browser without scripts', () => {
  const data = mkdtempSync(join(tmpdir(), 'valetkey-demo-browser-'));
  const contexts: BrowserContext[] = [];
  const complaints: string[][] = [];
  let browser: Browser;
  let port: number;
  let demo: Observed;
  let bob: Page;

  beforeAll(async () => {
    port = await portFor();
    demo = observed([START, '--no-build'], environment());
    [browser] = await Promise.all([launchBrowser(), said(demo, 'Try next')]);
    bob = await visitor();
  });
  afterAll(async () => {
    await browser?.close();
    if (demo) await stop(demo);
    rmSync(data, { recursive: true, force: true });
  });

  const environment = () => ({ ...process.env, VALETKEY_DEMO_PORT: String(port), VALETKEY_DEMO_DATA: data });
  const server = () => `http://127.0.0.1:${port}`;
  const shop = () => `http://127.0.0.1:${port + 2}`;
  const visitor = async () => {
    const watched = await openContext(browser, VIEW);
    contexts.push(watched.context);
    complaints.push(watched.complaints);
    return watched.page;
  };
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const fillIn = async (page: Page, username: string) => {
    await page.getByLabel(/name/i).fill(username);
    await page.locator('input[type=password]').fill(passwordOf({ port, data }, username));
  };

  it('IS-01, OC-01 bob signs in at the server, says yes, and the shop greets him', async () => {
    await bob.goto(shop());
    await press(bob, 'Sign in');
    expect(bob.url()).toMatch(new RegExp(`^${server()}/interaction/`));
    await fillIn(bob, 'bob');
    await keepPicture(bob, 'demo-sign-in');
    await press(bob, 'Sign in');
    expect(await bob.getByRole('heading', { level: 1 }).innerText()).toContain('Print shop');
    await keepPicture(bob, 'demo-consent');
    await press(bob, 'Allow');
    expect(bob.url()).toBe(`${shop()}/`);
    expect(await bob.locator('main').innerText()).toContain('You are signed in as Bob Baker.');
  });

  it('bob orders, alice approves, and the photo is on the page of his order', async () => {
    await press(bob, 'Ask for it');
    await bob.getByText('Waiting for her answer').waitFor();
    expect((await ended(observed([STORY, 'approve'], environment()))).code).toBe(0);
    await bob.getByText('It is printed.').waitFor();
    await bob.getByAltText('The photo that was ordered').waitFor();
    await bob.getByRole('link', { name: 'Back to the shop' }).click();
    expect(await bob.locator('main').innerText()).toMatch(/Your orders\s+Order 1: ready/);
    await keepPicture(bob, 'demo-shop');
  });

  it('who has said yes once, and is signed in at the server, is back in one click', async () => {
    await bob.context().clearCookies({ name: 'print_shop' });
    await bob.goto(shop());
    await press(bob, 'Sign in');
    expect(bob.url()).toBe(`${shop()}/`);
    expect(await bob.locator('main').innerText()).toContain('Bob Baker');
  });

  it('where nobody vouches for him, he says at the server who he is, and sees there what alice says', async () => {
    await bob.goto(shop());
    await bob.locator('select').selectOption(`http://127.0.0.1:${port + 1}/albums/garden/photos/1`);
    await press(bob, 'Ask, and say at the server who you are');
    expect(await bob.locator('main').innerText()).toMatch(/Print shop[\s\S]*Bob Baker[\s\S]*bob@partner\.example/);
    await bob.locator('[name="email.declined"]').check();
    await keepPicture(bob, 'demo-claims');
    await bob.locator('[value=send]').click();
    expect(await bob.getByRole('heading', { level: 1 }).innerText()).toContain('has been asked');
    expect((await ended(observed([STORY, 'approve'], environment()))).code).toBe(0);
    await press(bob, 'Check again');
    expect(await bob.getByRole('heading', { level: 1 }).innerText()).toContain('has allowed it');
    await keepPicture(bob, 'demo-answer');
    await bob.locator('[value=back]').click();
    expect(bob.url()).toMatch(new RegExp(`^${shop()}/claims\\?`));
    expect(await bob.locator('main').innerText()).toContain('Alice allows it: the photo service sent the photo.');
    // An answer is looked at once: the ticket in the address is used up.
    expect((await bob.reload())?.status()).toBe(400);
    await bob.getByRole('link', { name: 'Back to the shop' }).click();
    expect(bob.url()).toBe(`${shop()}/`);
  });

  it('keeps what only the shop should read from everybody else', async () => {
    const cookies = (await bob.context().cookies(shop())).filter(({ name }) => name.startsWith('print_shop'));
    expect(cookies).toEqual([expect.objectContaining({ name: 'print_shop', httpOnly: true, sameSite: 'Lax' })]);
    expect(cookies[0]?.value).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('OC-07, attack class 224 signing out at the shop ends the session at the server, and nobody sees the orders', async () => {
    await press(bob, 'Sign out');
    expect(bob.url()).toBe(`${shop()}/`);
    expect((await bob.goto(`${shop()}/orders/1`))?.status()).toBe(404);
    await bob.goto(shop());
    await press(bob, 'Sign in');
    await bob.locator('input[type=password]').waitFor();
  });

  it('carol, who says no, is told so and can begin again', async () => {
    const carol = await visitor();
    await carol.goto(shop());
    await press(carol, 'Sign in');
    await fillIn(carol, 'carol');
    await press(carol, 'Sign in');
    await press(carol, 'Deny');
    expect(await carol.locator('main').innerText()).toContain('you did not allow it');
    await press(carol, 'Sign in');
    await press(carol, 'Allow');
    expect(await carol.locator('main').innerText()).toMatch(/Carol Cook(?![\s\S]*Order 1)/);
  });

  it('attack class 30 finishes no sign-in that another browser has begun, nor one twice', async () => {
    const begun = await fetch(`${shop()}/sign-in`, { method: 'POST', redirect: 'manual' });
    const carol = new FormBrowser(server());
    const signIn = await carol.open(begun.headers.get('location') ?? '');
    const { left } = await carol.submit(signIn, { username: 'carol', password: passwordOf({ port, data }, 'carol') });
    expect(left?.searchParams.has('code')).toBe(true);

    const mallory = await visitor();
    await mallory.goto(left?.href ?? '');
    expect(await mallory.locator('main').innerText()).toContain('this browser has begun no sign-in here');

    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const finish = () => fetch(left?.href ?? '', { headers: { cookie }, redirect: 'manual' });
    const finished = await finish();
    expect([finished.status, finished.headers.get('location')]).toEqual([303, '/']);
    expect(finished.headers.getSetCookie().join('\n')).toMatch(
      /^print_shop_sign_in=; [^\n]*Max-Age=0[^\n]*\nprint_shop=ey/,
    );
    expect((await finish()).status).toBe(400);
  });

  it('no page broke its own content security policy on the way', () => {
    expect(contexts.length).toBeGreaterThan(2);
    expect(complaints.flat()).toEqual([]);
  });
});

/** Pictures for README show the address that README names. */
async function portFor(): Promise<number> {
  if (!picturesWanted()) return fourFreePorts();
  const free = await Promise.all([0, 1, 2, 3].map((offset) => isFree(DOCUMENTED_PORT + offset)));
  if (!free.every(Boolean)) throw new Error(`Pictures need the ports from ${DOCUMENTED_PORT}: stop the demo first.`);
  return DOCUMENTED_PORT;
}
