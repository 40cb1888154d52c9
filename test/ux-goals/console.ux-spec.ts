import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { openShare, typeWho } from '../console/sharing.js';
import { WORDED } from '../console/worded.js';
import { accessOf } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { measured } from '../support/measures.js';
import { median, observeVitals, vitalsOf } from './vitals.js';

const ASSETS = join(process.cwd(), 'apps/console/dist/assets');
const ROUNDS = 5;
const PATHS = ['/', '/access', '/requests', '/activity', '/settings'];

const weight = (content: Buffer) => gzipSync(content, { level: 9 }).length;

describeServer(
  'the owner’s console, as it is loaded and pressed',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: { ...WORDED, sharing: { directory: 'names' } } },
  (server) => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
      const { alice } = ownersOf(server());
      const albums: string[] = [];
      for (let number = 1; number <= 30; number += 1) albums.push(await alice.album(`Album ${number}`));
      const hers = accessOf(server(), alice);
      for (const album of albums.slice(0, 10)) await hers.share({ resource_ids: [album], subject: 'account:bob' });
      for (const album of albums.slice(10, 13)) await daveAsks(server(), alice, album);
    });
    afterAll(() => browser?.close());

    const signedIn = async (): Promise<WatchedContext> => {
      const watched = await openContext(browser);
      await observeVitals(watched.context);
      await openConsole(server(), watched.page);
      return watched;
    };

    /** What a browser that has nothing yet asks for, after gzip. */
    const filesOf = async (path: string, isThere: (page: Page) => Promise<unknown>) => {
      const { context } = await signedIn();
      const fresh = await browser.newContext({ storageState: await context.storageState() });
      const page = await fresh.newPage();
      const files: Promise<{ name: string; bytes: number }>[] = [];
      page.on('response', (answer) => {
        const name = answer.url().split('/assets/')[1];
        if (name !== undefined) files.push(answer.body().then((body) => ({ name, bytes: weight(body) })));
      });
      await page.goto(server().issuer + path);
      await isThere(page);
      const all = await Promise.all(files);
      await Promise.all([fresh.close(), context.close()]);
      const sum = (kind: string) =>
        all.filter(({ name }) => name.endsWith(kind)).reduce((total, { bytes }) => total + bytes, 0);
      return { names: all.map(({ name }) => name), scripts: sum('.js'), styles: sum('.css') };
    };

    it('G10 what comes before the first screen stands, and the largest file of later', async () => {
      const owner = await filesOf('/console/', (page) =>
        page.getByRole('link', { name: 'Album 1', exact: true }).waitFor(),
      );
      const operator = await filesOf('/operator/', (page) => page.locator('h1').waitFor());
      measured('G10', 'B of scripts of the owner', owner.scripts);
      measured('G10', 'B of scripts of the operator', operator.scripts);
      measured('G10', 'B of styles', Math.max(owner.styles, operator.styles));
      const early = new Set([...owner.names, ...operator.names]);
      const later = readdirSync(ASSETS).filter((name) => name.endsWith('.js') && !early.has(name));
      const largest = Math.max(...later.map((name) => weight(readFileSync(join(ASSETS, name)))));
      measured('G10', 'B of the largest later file', largest);
    });

    it('G12, G13 the largest picture and the shifts of five screens', async () => {
      const { context } = await signedIn();
      const state = await context.storageState();
      for (const path of PATHS) {
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const fresh = await browser.newContext({ storageState: state });
          await observeVitals(fresh);
          const page = await fresh.newPage();
          await page.goto(`${server().issuer}/console${path}`, { waitUntil: 'networkidle' }).catch(() => undefined);
          await page.locator('#content h1').waitFor();
          const { lcp, cls } = await vitalsOf(page);
          times.push(lcp);
          measured('G13', 'CLS', cls);
          await fresh.close();
        }
        measured('G12', `ms LCP /console${path}`, median(times));
      }
    }, 240_000);

    it('G13 from a press to the next picture', async () => {
      const { page } = await signedIn();
      const acts: [string, (page: Page) => Promise<unknown>][] = [
        ['search', (at) => at.getByRole('searchbox').pressSequentially('Album 2')],
        ['filter', (at) => at.getByRole('radio', { name: 'Shared' }).click()],
        ['clear', (at) => at.getByRole('radio', { name: 'All' }).click()],
        ['open the dialog', (at) => openShare(at, 'Album 20')],
        ['type a name', (at) => typeWho(at, 'caro')],
        ['choose a person', (at) => at.getByRole('option', { name: /Carol Cook/ }).click()],
        ['choose a duration', (at) => at.getByRole('radio', { name: '1 day' }).click()],
        ['share', (at) => at.getByRole('button', { name: 'Share with Carol' }).click()],
      ];
      for (const [, act] of acts) await act(page);
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Requests', exact: true }).click();
      const card = page.locator('li[data-row]').first();
      await card.getByRole('button', { name: /^Approve for 1 week/ }).click();
      await card.getByText('You approved this.').waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Access', exact: true }).click();
      const revoke = page.getByRole('button', { name: /^Revoke/ }).first();
      await revoke.click();
      await page.getByText(/no longer has access/).waitFor();
      const { inp, cls } = await vitalsOf(page);
      measured('G13', 'ms INP', inp);
      measured('G13', 'CLS', cls);
    });
  },
);
