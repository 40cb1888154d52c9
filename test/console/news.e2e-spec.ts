import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { accessOf } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { expectSound, focused, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

/** Marks the document, so that another one is told from it. */
const mark = (page: Page) => page.evaluate('window.isTheSame = true');
const isMarked = (page: Page) => page.evaluate<boolean>('window.isTheSame === true');

describeServer(
  'news in the console',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    const rowOf = (page: Page, name: string) => page.locator('section li[data-row]').filter({ hasText: name });
    const shared = async (name: string, until: string) =>
      hers().shareOne({ resource_ids: [await alice().album(name)], subject: 'account:carol', until });

    it('G5 a request shows without a reload in every window, and the navigation counts it until it is answered', async () => {
      const watched = await open();
      const { context, page } = watched;
      await openConsole(server(), page);
      const second = await context.newPage();
      await openConsole(server(), second, 'alice', '/requests');
      const windows = [page, second];
      await Promise.all(windows.map(mark));
      const name = `News ${randomUUID()}`;
      const { requestId } = await daveAsks(server(), alice(), await alice().album(name));
      await second.locator('li[data-row]').filter({ hasText: name }).waitFor();
      for (const one of windows) {
        const link = one.getByRole('navigation').getByRole('link', { name: 'Requests', exact: true });
        await link.getByText('1', { exact: true }).waitFor();
        const described = await link.getAttribute('aria-describedby');
        expect(await one.locator(`#${described ?? 'nothing'}`).textContent()).toBe('1 waiting for you');
      }
      await expectSound(watched, 'shell: news have come');
      await hers().post(`requests/${requestId}/deny`, {});
      for (const one of windows)
        await one.locator('[aria-describedby=waiting-requests]').waitFor({ state: 'detached' });
      expect(await Promise.all(windows.map(isMarked))).toEqual([true, true]);
    });

    it('all windows of a browser share one stream; when its window closes, the next one listens', async () => {
      const { context, page } = await open();
      const streams: string[] = [];
      context.on('request', (request) => {
        if (request.url().endsWith('/me/events')) streams.push(request.url());
      });
      await openConsole(server(), page);
      const second = await context.newPage();
      await openConsole(server(), second, 'alice', '/requests');
      // The first window may be about to begin; a second stream would be counted below.
      expect(await eventually(() => Promise.resolve(streams.length), Boolean)).toBe(1);
      await page.close();
      const name = `Next ${randomUUID()}`;
      const { requestId } = await daveAsks(server(), alice(), await alice().album(name));
      await second.locator('li[data-row]').filter({ hasText: name }).waitFor();
      expect(streams).toHaveLength(2);
      await hers().post(`requests/${requestId}/deny`, {});
    });

    it('G5 a share that is taken away elsewhere, and one that ends by itself, are gone without a reload', async () => {
      const key = randomUUID();
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      const { id } = await shared(`Taken ${key}`, tomorrow);
      const ending = await shared(`Ending ${key}`, tomorrow);
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/access?q=${key}`);
      await rowOf(page, `Taken ${key}`).waitFor();
      await rowOf(page, `Ending ${key}`).waitFor();
      await mark(page);
      await hers().end(id);
      await rowOf(page, `Taken ${key}`).waitFor({ state: 'detached' });
      // As soon as it is there she reads of its new end, and then it comes.
      const until = new Date(Date.now() + 4_000).toISOString();
      expect((await hers().change(ending.id, { scopes: ['view'], until })).status).toBe(200);
      await rowOf(page, `Ending ${key}`).waitFor({ state: 'detached' });
      expect(await isMarked(page)).toBe(true);
    });

    it('ux 4.0: F6 leads to the message, whose button is reached by keys alone', async () => {
      const name = `Keys ${randomUUID()}`;
      await shared(name, new Date(Date.now() + 86_400_000).toISOString());
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/access?q=${name}`);
      await rowOf(page, name)
        .getByRole('button', { name: /^Revoke/ })
        .click();
      await page.getByText(/Carol\W* no longer has access/).waitFor();
      await page.keyboard.press('F6');
      await page.locator('[aria-label=Messages]:focus').waitFor();
      for (let presses = 0; presses < 3 && !(await focused(page)).endsWith('Give back'); presses += 1)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(/Carol\W* has access again until/).waitFor();
      await rowOf(page, name).waitFor();
    });
  },
);
