import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openShare, shareButton, typeWho } from '../console/sharing.js';
import { keepPicture, launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { fourFreePorts, observed, type Observed, passwordOf, said, START, stop } from '../support/demo.js';
import { countedInteractions } from '../support/keystroke-model.js';

/** What README shows; smaller than it is, since it stands there in a table. */
const VIEW = {
  viewport: { width: 1280, height: 720 },
  deviceScaleFactor: 0.625,
  reducedMotion: 'reduce',
  colorScheme: 'light',
} as const;

/** The demo as a newcomer meets it who is alice: her console, in one window, from the first share to the end of the last. */
describe('journey: the owner’s console in the demo', () => {
  const data = mkdtempSync(join(tmpdir(), 'valetkey-demo-console-'));
  const people: WatchedContext[] = [];
  let browser: Browser;
  let port: number;
  let demo: Observed;
  let alice: Page;
  let bob: Page;

  beforeAll(async () => {
    port = await fourFreePorts();
    const environment = { ...process.env, VALETKEY_DEMO_PORT: String(port), VALETKEY_DEMO_DATA: data };
    demo = observed([START, '--no-build'], environment);
    [browser] = await Promise.all([launchBrowser(), said(demo, 'Try next')]);
    [alice, bob] = [await person(), await person()];
  });
  afterAll(async () => {
    await browser?.close();
    if (demo) await stop(demo);
    rmSync(data, { recursive: true, force: true });
  });

  const person = async () => {
    const watched = await openContext(browser, VIEW);
    people.push(watched);
    return watched.page;
  };
  const signIn = async (page: Page, username: string) => {
    await page.locator('input[name=username]').fill(username);
    await page.locator('input[name=password]').fill(passwordOf({ port, data }, username));
    await page.locator('main button.primary').first().click();
  };
  const card = () => alice.locator('li[data-row]').filter({ hasText: 'Bob Baker' });

  it('G1 signs in, and shares an album with carol for a week in four interactions', async () => {
    await alice.goto(`http://127.0.0.1:${port}/console/`);
    await signIn(alice, 'alice');
    await alice.getByRole('heading', { level: 1, name: 'Your resources' }).waitFor();
    const album = (await alice.locator('h3 a').first().innerText()).trim();
    const count = countedInteractions();
    await count(() => openShare(alice, album));
    await count(() => typeWho(alice, 'caro'), 4);
    await count(() => alice.getByRole('option', { name: /Carol Cook/ }).click());
    await alice
      .getByRole('status', { name: 'What you are about to give' })
      .getByText(/Carol Cook .*until/)
      .waitFor();
    await keepPicture(alice, 'console-share');
    await count(() => alice.getByRole('dialog').getByRole('button', { name: 'Share with Carol' }).click());
    await alice.getByText(/Carol Cook\W* has access until .*\(in 7 days\)/).waitFor();
    await shareButton(alice, album).waitFor();
    expect(count.total()).toBe(4);
  });

  it('sees bob’s request arrive without a reload', async () => {
    await bob.goto(`http://127.0.0.1:${port + 2}`);
    await bob.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signIn(bob, 'bob');
    await bob.getByRole('button', { name: 'Allow', exact: true }).click();
    await bob.getByRole('button', { name: 'Ask for it', exact: true }).click();
    await bob.getByText('Waiting for her answer').waitFor();
    await alice.getByText(/1 request is waiting for your answer/).waitFor();
    await alice.getByRole('button', { name: 'Close' }).click();
    await keepPicture(alice, 'console-home');
  });

  it('G4 approves it with less than was asked, by one press', async () => {
    await alice.getByRole('link', { name: 'Review' }).click();
    await card().waitFor();
    const asked = card().getByRole('checkbox');
    expect([await asked.nth(0).isChecked(), await asked.nth(1).isChecked()]).toEqual([true, false]);
    await keepPicture(alice, 'console-requests');
    await card()
      .getByRole('button', { name: /^Approve for 1 week/ })
      .click();
    await card()
      .getByText(/^You approved this just now \(.*\)\.$/)
      .waitFor();
  });

  it('G5, G6 sees how it reaches her data, and ends it by one press', async () => {
    await alice.getByRole('navigation').getByRole('link', { name: 'Access', exact: true }).click();
    const row = alice.locator('section li[data-row]').filter({ hasText: 'Winter in the mountains' });
    await row.getByRole('button', { name: /^How it reaches your data/ }).click();
    await row.getByRole('list', { name: 'From you to your data' }).waitFor();
    await row.scrollIntoViewIfNeeded();
    await keepPicture(alice, 'console-access', 'window');
    await row.getByRole('button', { name: /^Revoke/ }).click();
    await alice.getByText(/Bob\W* .*no longer has access/).waitFor();
  });

  it('P7 whoever runs the server reads that the photo service answers', async () => {
    const oscar = await person();
    await oscar.goto(`http://127.0.0.1:${port}/operator/wording`);
    await signIn(oscar, 'oscar');
    const row = oscar.getByRole('row').filter({ hasText: 'Photo service' });
    await row.getByRole('cell', { name: /^Answers/ }).waitFor();
  });

  it('G19 no page broke its policy on the way', () => {
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
