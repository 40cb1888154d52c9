import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { expectFocus, expectSound, screenBrowser } from './screens.js';
import { openShare, typeWho } from './sharing.js';
import { WORDED } from './worded.js';

const openBrowser = screenBrowser();
const open = (options: BrowserContextOptions = {}) => openBrowser({ timezoneId: 'Europe/Vienna', ...options });

const holderOf = (page: Page, name: string) => page.locator('[data-row-heading]', { hasText: name });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

describeServer(
  'O2: a resource',
  {
    engines: ONE_ENGINE,
    connections: OWNERS_CONNECTIONS,
    config: { ...WORDED, sharing: { directory: 'names' } },
  },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());

    it('shared here it says who has it; one press revokes, and the focus goes to the next row', async () => {
      const name = `ألبوم ${randomUUID()}`;
      const album = await alice().album(name);
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/resources/${album}`);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      expect(await page.title()).toBe(`${name} · Valetkey`);
      await page.getByText('Only you can use this.').waitFor();
      for (const [typed, holder] of [
        ['bob', 'Bob Baker'],
        ['caro', 'Carol Cook'],
      ]) {
        await openShare(page, name);
        await typeWho(page, typed ?? '');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: /^Share with/ }).click();
        await holderOf(page, holder ?? '').waitFor();
      }
      await page.getByRole('button', { name: /^Revoke.*Bob Baker/ }).click();
      await holderOf(page, 'Bob Baker').waitFor({ state: 'detached' });
      await expectFocus(page, /Carol Cook/);
    });

    it('tabs have addresses, follow arrow keys and keep the focus; a step back goes one back', async () => {
      const album = await alice().album(`Tabs ${randomUUID()}`);
      await hers().share({ resource_ids: [album], subject: 'account:carol' });
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/resources/${album}`);
      await tab(page, 'Who has access').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/\/activity$/);
      await expectFocus(page, 'A Activity');
      await page.getByText(/gave access: Carol Cook can see photos/).waitFor();
      await page.keyboard.press('End');
      await page.waitForURL(/\/link$/);
      await page.getByText('Photo service does not say where it shows this to people.').waitFor();
      expect(await page.getByText(album).isVisible()).toBe(false);
      await page.getByText('Technical details').click();
      expect(await page.getByText(album).isVisible()).toBe(true);
      await page.keyboard.press('Shift+Tab');
      await page.goBack();
      await page.waitForURL(/\/activity$/);
      expect(await tab(page, 'Activity').getAttribute('aria-selected')).toBe('true');
      await page.reload();
      await page.getByText(/gave access: Carol Cook/).waitFor();
    });

    it('leads to where its service shows it', async () => {
      const uri = 'https://photos.example/albums/7';
      const album = await alice().photos.register({ name: 'Linked', uri, resource_scopes: ['view'] });
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/resources/${album}/link`);
      const link = page.getByRole('link', { name: 'Open it at Photo service' });
      await link.waitFor();
      expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([uri, 'noreferrer']);
    });

    it('labels are hers to change, and find it on the home screen', async () => {
      const name = `Labelled ${randomUUID()}`;
      const album = await alice().album(name);
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/resources/${album}`);
      await page.getByRole('button', { name: 'Edit labels' }).click();
      await page.getByLabel('Labels').fill(`work, ${'a'.repeat(41)}`);
      await page.keyboard.press('Enter');
      await page.getByText(/is longer than 40 letters/).waitFor();
      await page.getByLabel('Labels').fill('work, <b>two</b> words, work');
      await page.getByRole('button', { name: 'Save labels' }).click();
      await page.getByRole('list', { name: 'Labels' }).getByText('<b>two</b> words').waitFor();
      await page.locator('#edit-labels:focus').waitFor();
      await openConsole(server(), page);
      await page.getByLabel('Label', { exact: true }).selectOption('<b>two</b> words');
      const named = page.getByRole('listitem').filter({ has: page.getByRole('heading') });
      // Her thing stands in the list before the label is chosen, too: what is waited for is that the others are gone.
      expect(
        await eventually(
          () => named.getByRole('heading').allInnerTexts(),
          (all) => all.length === 1,
        ),
      ).toEqual([name]);
    });

    it('what is not hers, and what is not there, look the same, and lead on', async () => {
      const bobs = await ownersOf(server()).bob.album('Of Bob');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page);
      const shown: string[] = [];
      for (const id of [bobs, 'r_none']) {
        await openConsole(server(), page, 'alice', `/resources/${id}`);
        await page.getByText('It is not there any more, or it never was.').waitFor();
        shown.push((await page.locator('#content').innerText()).replace(/Reference \S+/, ''));
      }
      expect(shown[0]).toBe(shown[1]);
      await expectSound(watched, 'resource: not there');
      await page.getByRole('link', { name: 'To all your resources' }).click();
      await page.getByRole('heading', { level: 1, name: 'Your resources' }).waitFor();
    });

    it('G8, G14, G16, G19: each tab, and a share that is being changed', async () => {
      const album = await alice().album(`Sound ${randomUUID()}`);
      const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol', note: 'Until the party' });
      const watched = await open();
      const { page } = watched;
      for (const [path, state] of [
        ['', 'resource: who has access'],
        ['/activity', 'resource: activity'],
        ['/link', 'resource: link'],
        [`?change=${encodeURIComponent(share.id)}`, 'resource: a share is changed'],
      ] as const) {
        await openConsole(server(), page, 'alice', `/resources/${album}${path}`);
        await tab(page, 'Who has access').waitFor();
        await page.locator('[role=tabpanel] :is(li, h2)').first().waitFor();
        await expectSound(watched, state);
      }
    });
  },
);
