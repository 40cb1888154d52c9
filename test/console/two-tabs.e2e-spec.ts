import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { givePassword } from '../support/person.js';
import { openShare, typeWho } from './sharing.js';
import { screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();
const ENDED = 'This access ended meanwhile. Nothing was changed.';
const NAMES = { ...WORDED, sharing: { directory: 'names' } };

const rowOf = (page: Page, name: string) => page.locator('section li[data-row]').filter({ hasText: name });
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: RegExp) => page.locator('main, [role=dialog]').getByRole('button', { name });

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Alice/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/console'));
}

describeServer(
  'two tabs of the console',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: NAMES },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    const held = async (id: string) =>
      (await hers().get(`access?resource_id=${id}`)).json<{ items: AccessJson[] }>().items;
    const album = async () => {
      const name = `Tabs ${randomUUID()}`;
      return { name, id: await alice().album(name) };
    };
    const shared = async () => {
      const { name, id } = await album();
      return { name, id, share: await hers().shareOne({ resource_ids: [id], subject: 'account:carol' }) };
    };
    /** Two tabs of one browser: what one does to cookies, the other has. @param paths - below `/console` */
    const tabs = async (...paths: readonly [string, string]) => {
      const { context, page } = await open();
      const other = await context.newPage();
      await openConsole(server(), page, 'alice', paths[0]);
      await openConsole(server(), other, 'alice', paths[1]);
      return [page, other] as const;
    };
    /** In the second tab, Carol has been chosen for the album. */
    const filledIn = async ({ name }: { readonly name: string }) => {
      const [first, second] = await tabs('/', `/?q=${name}`);
      await openShare(second, name);
      await typeWho(second, 'caro');
      await second.keyboard.press('Enter');
      await dialog(second).getByRole('checkbox', { name: 'Order prints' }).check();
      return [first, second] as const;
    };

    beforeAll(() => givePassword(server(), 'bob'));

    it('signed out in one: the open share dialog of the other is filled in as before, after a sign-in', async () => {
      const thing = await album();
      const [first, second] = await filledIn(thing);
      await signOut(first);
      await button(second, /^Share with Carol/).click();
      await signInAgain(second);
      await dialog(second)
        .getByText(/Carol Cook can see photos and order prints/)
        .waitFor();
      expect(await held(thing.id)).toEqual([]);
      await button(second, /^Share with Carol/).click();
      await second.getByText(/Carol Cook\W* has access until/).waitFor();
      expect(await held(thing.id)).toMatchObject([{ scopes: [{ scope: 'view' }, { scope: 'print' }] }]);
    });

    it('signed out and in again in one: a press in the other does what it says, once', async () => {
      const thing = await album();
      const [first, second] = await filledIn(thing);
      await signOut(first);
      await openConsole(server(), first);
      await button(second, /^Share with Carol/).click();
      await second.getByText(/Carol Cook\W* has access until/).waitFor();
      expect(await held(thing.id)).toHaveLength(1);
    });

    it('215 somebody else signed in in one: the other changes nothing and is hers no more', async () => {
      const thing = await album();
      const [first, second] = await filledIn(thing);
      await signOut(first);
      await openConsole(server(), first, 'bob');
      await button(second, /^Share with Carol/).click();
      await second.getByRole('button', { name: /Bob/ }).first().waitFor();
      await second.getByText(thing.name).first().waitFor({ state: 'detached' });
      expect(await held(thing.id)).toEqual([]);
    });

    it('the same share changed in both: the later one is shown both versions, and keeps hers or takes the other', async () => {
      const { name, id, share } = await shared();
      const [first, second] = await tabs(`/access?q=${name}`, `/access/${share.id}?change=true`);
      const change = async (page: Page, days: string) => {
        await page.getByRole('form').getByRole('radio', { name: days }).check();
        await page.getByRole('form').getByRole('checkbox', { name: 'Order prints' }).check();
      };
      await change(second, '30 days');
      await button(first, /^Change/).click();
      await change(first, '2 weeks');
      await first.getByRole('form').getByRole('checkbox', { name: 'See photos' }).uncheck();
      await button(first, /^Save for/).click();
      await first.getByText(/Carol\W* has access until/).waitFor();
      // News have come: what stands above the form is theirs already.
      await second
        .getByText(/Carol Cook can order prints/)
        .first()
        .waitFor();
      await button(second, /^Save for/).click();
      const race = second.getByRole('alert').filter({ hasText: 'This access was changed meanwhile.' });
      await race.getByText(/can order prints/).waitFor();
      await race.getByText(/can see photos and order prints/).waitFor();
      await race.getByRole('button', { name: 'Leave it as it is now' }).click();
      await race.waitFor({ state: 'detached' });
      expect(await held(id)).toMatchObject([{ scopes: [{ scope: 'print' }] }]);
      await button(first, /^Change/).click();
      await first.getByRole('form').getByRole('checkbox', { name: 'See photos' }).check();
      await button(second, /^Change/).click();
      await change(second, '1 day');
      await button(second, /^Save for/).click();
      await second.getByText(/Carol\W* has access until/).waitFor();
      await button(first, /^Save for/).click();
      await first.getByRole('button', { name: 'Save mine' }).click();
      await first.getByRole('form').waitFor({ state: 'detached' });
      const [{ until = '', scopes = [] } = {}] = await held(id);
      expect(scopes.map(({ scope }) => scope).sort()).toEqual(['print', 'view']);
      expect(Date.parse(until)).toBeGreaterThan(Date.parse(inDays(12)));
    });

    it('a request answered in one shows its outcome in the other, where it stood, and is counted no more', async () => {
      const { name, id } = await album();
      await daveAsks(server(), alice(), id);
      const [first, second] = await tabs('/requests', '/requests');
      const card = second.locator('li[data-row]').filter({ hasText: name });
      await card.getByRole('button', { name: /^Approve/ }).waitFor();
      await first
        .locator('li[data-row]')
        .filter({ hasText: name })
        .getByRole('button', { name: /^Deny ?,/ })
        .click();
      await card.getByText(/You denied this/).waitFor();
      await card.getByText('This was answered in another window or on another device.').waitFor();
      expect(await card.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
      await second.locator('[aria-describedby=waiting-requests]').waitFor({ state: 'detached' });
    });

    it('revoked in one, the row goes in the other; given back, it comes', async () => {
      const { name } = await shared();
      const [first, second] = await tabs(`/access?q=${name}`, `/access?q=${name}`);
      await rowOf(second, name).waitFor();
      await button(first, /^Revoke/).click();
      await rowOf(second, name).waitFor({ state: 'detached' });
      await first.getByRole('button', { name: 'Give back' }).first().click();
      await rowOf(second, name).waitFor();
    });

    it.each([
      ['the list', ({ name, share }: Shared) => `/access?q=${name}&change=${share.id}`],
      ['its resource', ({ id, share }: Shared) => `/resources/${id}?change=${share.id}`],
      ['its own screen', ({ share }: Shared) => `/access/${share.id}?change=true`],
    ])(
      'revoked in one while it is being changed at %s in the other: the form says that it ended',
      async (_, pathOf) => {
        const thing = await shared();
        const [first, second] = await tabs(`/access?q=${thing.name}`, pathOf(thing));
        await second.getByRole('form').getByRole('checkbox', { name: 'Order prints' }).check();
        await button(first, /^Revoke/).click();
        await second.getByRole('alert').getByText(ENDED).waitFor();
        await second.getByRole('alert').getByRole('button', { name: 'Close' }).click();
        await second.getByText(ENDED).waitFor({ state: 'detached' });
        await second.getByRole('form').waitFor({ state: 'detached' });
        expect(await held(thing.id)).toEqual([]);
      },
    );

    it('revoked in one while the share dialog of the other changes it: that is said, and a press shares anew', async () => {
      const { name, id, share } = await shared();
      const [first, second] = await tabs(`/access?q=${name}`, `/?q=${name}`);
      await openShare(second, name);
      await typeWho(second, 'caro');
      await second.keyboard.press('Enter');
      await dialog(second).getByText('Has access already:').waitFor();
      await button(first, /^Revoke/).click();
      await rowOf(first, name).waitFor({ state: 'detached' });
      await button(second, /^Change for Carol/).click();
      await dialog(second).getByText(ENDED).waitFor();
      expect(await held(id)).toEqual([]);
      await button(second, /^Share with Carol/).click();
      await second.getByText(/Carol Cook\W* has access until/).waitFor();
      const [anew, more] = await held(id);
      expect([anew?.id === share.id, more]).toEqual([false, undefined]);
    });
  },
);

interface Shared {
  readonly name: string;
  readonly id: string;
  readonly share: AccessJson;
}
