import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { readsIn } from './languages.js';
import { expectFocus, expectSound, screenBrowser, tellNothing } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

describeServer(
  'O12: the check-up',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: { ...WORDED, sharing: { no_end: true } } },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    /** Without an end, so that it is worth a look. */
    const shared = async (name: string) => {
      const album = await alice().album(name);
      return hers().shareOne({
        resource_ids: [album],
        subject: 'account:carol',
        scopes: ['view', 'print'],
        until: null,
      });
    };
    const present = async ({ id }: AccessJson) => (await hers().get(`access/${id}`)).json<AccessJson>();
    const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

    /** All that is there is kept, so that the next round holds what a test makes. */
    const cleared = async () => {
      for (;;) {
        const { items } = (await hers().get('check-up')).json<{ items: AccessJson[] }>();
        if (items.length === 0) return;
        for (const { id } of items) await hers().post(`check-up/${id}/keep`, {});
      }
    };

    it('one at a time, with why; keep, shorten and remove do what they say, and a summary follows', async () => {
      await cleared();
      const mark = randomUUID();
      const shares = [await shared(`A ${mark}`), await shared(`B ${mark}`), await shared(`C ${mark}`)];
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/check-up');
      await page.getByText('1 of 3').waitFor();
      await page.getByText('It has no end date.').waitFor();
      await page.getByText(`A ${mark}`).waitFor();
      await expectFocus(page, /^BODY/);
      await button(page, 'Keep').click();
      await page.getByText('2 of 3').waitFor();
      await expectFocus(page, /^H2 .*Carol Cook/);
      await button(page, 'Shorten…').click();
      await page.getByRole('radio', { name: '2 weeks' }).check();
      await button(page, 'Shorten to 2 weeks').click();
      await page.getByText('3 of 3').waitFor();
      await button(page, 'Remove').click();
      await page.getByRole('heading', { level: 2, name: 'Done' }).waitFor();
      await expectFocus(page, 'H2 Done');
      for (const text of ['1 kept', '1 shortened', '1 removed']) await page.getByText(text, { exact: true }).waitFor();
      await expectSound(watched, 'check-up: done');
      const [, second, third] = shares as [AccessJson, AccessJson, AccessJson];
      const { until = '', scopes } = await present(second);
      expect(Date.parse(until)).toBeLessThan(Date.parse(inDays(16)));
      expect(scopes.map(({ scope }) => scope)).toEqual(['view', 'print']);
      expect((await present(third)).state).toBe('ended');
      await page.goBack();
      await page.getByText('3 of 3').waitFor();
      await page.getByText(/^You removed it\./).waitFor();
      await page.reload();
      await page.getByText(/There is nothing to look at|1 of/).waitFor();
    });

    it('deciding later goes on, and comes back to it; what somebody changed meanwhile is told before it is shortened', async () => {
      await cleared();
      const mark = randomUUID();
      const shares = [await shared(`A ${mark}`), await shared(`B ${mark}`)];
      const { page } = await open();
      await tellNothing(page);
      await openConsole(server(), page, 'alice', '/check-up');
      await page.getByRole('link', { name: 'Decide later' }).click();
      await page.getByText('2 of 2').waitFor();
      await button(page, 'Keep').click();
      await page.getByText('1 of 2').waitFor();
      const [first] = shares as [AccessJson];
      await hers().change(first.id, { scopes: ['view'], until: inDays(50) });
      await button(page, 'Shorten…').click();
      await button(page, 'Shorten to 1 week').click();
      await page.getByText('It was changed meanwhile. This is how it is now:').waitFor();
      expect((await present(first)).scopes).toHaveLength(1);
      await button(page, 'Shorten to 1 week').click();
      await page.getByRole('heading', { level: 2, name: 'Done' }).waitFor();
      const now = await present(first);
      expect([now.scopes.length, Date.parse(now.until ?? '') < Date.parse(inDays(9))]).toEqual([1, true]);
    });

    it('a second press does nothing more; what is gone already is said to be', async () => {
      await cleared();
      const share = await shared(`Gone ${randomUUID()}`);
      const { page } = await open();
      await tellNothing(page);
      await openConsole(server(), page, 'alice', '/check-up');
      await button(page, 'Remove').waitFor();
      await hers().end(share.id);
      await button(page, 'Remove').click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('It is not there any more');
    });

    it('G8, G14, G16, G19: in German, with names of every kind', async () => {
      await cleared();
      for (const name of ['<b onclick=alert(1)>Bold</b>', 'ألبوم الصيف', 'W'.repeat(60)]) await shared(name);
      await readsIn(server(), 'de');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/check-up');
      await page.getByText('1 von 3').waitFor();
      await expectSound(watched, 'check-up: one of three');
      await button(page, /Verkürzen…/).click();
      await expectSound(watched, 'check-up: to be shortened');
    });
  },
);
