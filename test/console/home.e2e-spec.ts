import { randomInt, randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { changeStored } from '../support/database-content.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { givePassword } from '../support/person.js';
import { expectFocus, expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const openBrowser = screenBrowser();
const open = (options: BrowserContextOptions = {}) => openBrowser({ timezoneId: 'Europe/Vienna', ...options });

/** The end of a day so many days from today, where the browser is. */
const endOfDayIn = (days: number) =>
  `((now) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + ${days + 1}).toISOString())(new Date())`;

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search your resources' });

describeServer(
  'O1: your resources',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());

    it('search and filter stand in the address, a step back takes them back; nothing found: one press clears', async () => {
      const mark = randomUUID();
      const [shared] = await Promise.all([`Shared ${mark}`, `Private ${mark}`].map((name) => alice().album(name)));
      await hers().shareOne({ resource_ids: [shared], subject: 'account:carol', until: inDays(5) });
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page);
      await page.keyboard.press('/');
      await page.keyboard.type(mark);
      await page.waitForURL((url) => url.searchParams.get('q') === mark);
      await page.getByRole('heading', { level: 2, name: 'Photo service · 2' }).waitFor();
      await row(page, `Shared ${mark}`).getByText('1 person · next ends in').waitFor();
      await row(page, `Private ${mark}`).getByText('Only you').waitFor();
      await page.getByRole('radio', { name: 'Only me' }).check();
      await row(page, `Shared ${mark}`).waitFor({ state: 'detached' });
      await row(page, `Private ${mark}`).waitFor();
      await page.reload();
      await row(page, `Private ${mark}`).waitFor();
      expect(await search(page).inputValue()).toBe(mark);
      await page.goBack();
      await row(page, `Shared ${mark}`).waitFor();
      await search(page).fill(`${mark} nothing`);
      await page.getByText('Nothing of yours matches.').waitFor();
      await expectSound(watched, 'home: nothing found');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.waitForURL((url) => url.search === '');
      expect(
        await eventually(
          () => search(page).inputValue(),
          (words) => words === '',
        ),
      ).toBe('');
    });

    it('O1, O8 what reads "in 7 days" ends soon in both lists, and what reads "in 8 days" in neither', async () => {
      const mark = randomUUID();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${mark}`);
      for (const days of [7, 8]) {
        const until = await page.evaluate<string>(endOfDayIn(days));
        const album = await alice().album(`Day ${days} ${mark}`);
        await hers().shareOne({ resource_ids: [album], subject: 'account:carol', until });
      }
      await page.reload();
      await row(page, `Day 8 ${mark}`).getByText('next ends in 8 days').waitFor();
      await page.getByRole('radio', { name: 'Ending in 7 days' }).check();
      await row(page, `Day 8 ${mark}`).waitFor({ state: 'detached' });
      await row(page, `Day 7 ${mark}`).getByText('next ends in 7 days').waitFor();
      await page.goto(`${server().issuer}/console/access?q=${mark}`);
      await page.getByText('Ending in 7 days 1').click();
      await row(page, `Day 8 ${mark}`).waitFor({ state: 'detached' });
      await row(page, `Day 7 ${mark}`)
        .getByText(/\(in 7 days\)/)
        .first()
        .waitFor();
    });

    it('a star is there at once and stays; one that fails is taken back, and said', async () => {
      const name = `Starred ${randomUUID()}`;
      await alice().album(name);
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      const star = page.getByRole('button', { name: `Star: ${name}` });
      await star.click();
      await page.locator('button[aria-pressed=true]', { has: page.locator('svg') }).waitFor();
      await page.getByRole('radio', { name: 'With a star' }).check();
      await row(page, name).waitFor();
      await page.route('**/star', (route: Route) => route.abort());
      await star.click();
      await page.getByText(/The star of .* could not be changed/).waitFor();
      await page.getByRole('button', { name: `Star: ${name}`, pressed: true }).waitFor();
    });

    it('who waits is said on top, and one press leads there', async () => {
      const { requestId } = await daveAsks(server(), alice(), await alice().album(`Asked ${randomUUID()}`));
      const covered = await alice().album(`Covered ${randomUUID()}`);
      const draft = { subject: 'account:carol', resource_ids: [covered], allow: 'see', until: inDays(9) };
      const handover = (await hers().post('handovers', draft)).json<{ id: string }>();
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page);
      await page.getByText(/1 request is waiting for your answer, asked/).waitFor();
      await page.getByText(/Carol Cook covers 1 thing until/).waitFor();
      await expectSound(watched, 'home: somebody waits and somebody covers');
      await page.getByRole('link', { name: 'Review' }).click();
      await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
      await alice().owner.deny(requestId);
      await server().http.send({ method: 'DELETE', path: `/me/handovers/${handover.id}`, bearer: alice().token });
    });

    it('G3 who covers for her is said on top; one press ends it', async () => {
      const album = await alice().album(`Covered ${randomUUID()}`);
      const draft = { subject: 'account:carol', resource_ids: [album], allow: 'see', until: inDays(9) };
      expect((await hers().post('handovers', draft)).status).toBe(201);
      const { page } = await open();
      await openConsole(server(), page);
      await page.getByText(/Carol Cook covers 1 thing until/).waitFor();
      await page.getByRole('button', { name: 'I am back: end now' }).click();
      await page.getByText(/Carol Cook\W* no longer has access/).waitFor();
      await page.getByText(/Carol Cook covers 1 thing/).waitFor({ state: 'detached' });
      await expectFocus(page, 'H1 Your resources');
    });

    it('names with markup, from right to left, and of 60 characters are names', async () => {
      // It reads like a number, and is a word all the same.
      const mark = `4711e${randomInt(1_000, 10_000)}`;
      const markup = `<img src=x onerror=alert(1)> ${mark}`;
      const [arabic, long] = [`صور ${mark} العائلة`, `${mark}${'W'.repeat(52)}`];
      for (const name of [markup, arabic, long]) await alice().album(name);
      const watched = await open({ viewport: { width: 320, height: 700 } });
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${mark}`);
      for (const name of [markup, arabic, long]) await page.getByRole('link', { name }).waitFor();
      await page.locator('bdi:dir(rtl)', { hasText: arabic }).first().waitFor();
      await expectSound(watched, 'home: names of every kind');
      await page.getByRole('link', { name: markup }).click();
      await page.getByRole('heading', { level: 1, name: markup }).waitFor();
      await expectSound(watched, 'resource: names of every kind');
    });

    it('nothing yet, in German: what would be here, and which services can', async () => {
      await givePassword(server(), 'carol');
      const watched = await open({ locale: 'de-DE' });
      await openConsole(server(), watched.page, 'carol');
      await watched.page.getByText('Noch hat kein Dienst etwas von Ihnen angemeldet.').waitFor();
      await watched.page.getByText(/Diese Dienste können es: .*Photo service/).waitFor();
      await expectSound(watched, 'home: nothing yet');
    });

    it('G8, G14, G16, G19: a list, and several chosen', async () => {
      const mark = randomUUID();
      const ids = await Promise.all([`One ${mark}`, `Two ${mark}`].map((name) => alice().album(name)));
      await hers().share({ resource_ids: ids, subject: 'account:carol', until: inDays(3) });
      const put = { bearer: alice().token };
      await server().http.json('PUT', `/me/resources/${ids[0]}/labels`, { labels: ['work', 'عمل'] }, put);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${mark}`);
      await row(page, `Two ${mark}`).waitFor();
      await expectSound(watched, 'home: a list');
      await page.getByRole('button', { name: 'Share several' }).click();
      await page.getByRole('checkbox', { name: `Choose One ${mark}` }).check();
      await page.getByRole('button', { name: 'Share 1 thing' }).waitFor();
      await expectSound(watched, 'home: several chosen');
    });

    it('O1 each row says what kind of thing it is; grouped by label a thing stands under each of its labels', async () => {
      const mark = randomUUID();
      const type = 'https://photos.example/kinds/photo-album';
      const description = { resource_scopes: ['view'], type };
      const one = await alice().photos.register({ ...description, name: `One ${mark}` });
      await alice().photos.register({ ...description, name: `Two ${mark}` });
      const put = { bearer: alice().token };
      await server().http.json('PUT', `/me/resources/${one}/labels`, { labels: [`A ${mark}`, `B ${mark}`] }, put);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${mark}`);
      await row(page, `Two ${mark}`)
        .getByText(/^Photo album · Only you$/)
        .waitFor();
      await page.getByRole('radio', { name: 'By label' }).check();
      await page.waitForURL((url) => url.searchParams.get('by') === 'label');
      for (const label of [`A ${mark} · 1`, `B ${mark} · 1`]) {
        const group = page.getByRole('region', { name: label });
        await group.getByText('Photo album · Photo service · Only you').waitFor();
        expect(await group.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([`One ${mark}`]);
      }
      const rest = page.getByRole('region', { name: 'Without a label · 1' });
      expect(await rest.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([`Two ${mark}`]);
      await expectSound(watched, 'home: by label');
    });

    it('O1 with nothing yet there is nothing to count, and nothing to hand over', async () => {
      await givePassword(server(), 'carol');
      const { page } = await open();
      await openConsole(server(), page, 'carol');
      await page.getByText('No service has registered anything of yours yet.').waitFor();
      expect(await page.getByText(/0 things/).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Cover for me while away' }).count()).toBe(0);
    });

    it('G15 5,000 resources: the first page at once, more by presses that stand in the address, any found by its name', async () => {
      const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)';
      await changeStored(
        server(),
        `INSERT INTO resource (id, owner, resource_server_id, name, description, scopes, version, policy_version, created_at,
          updated_at, search_text, sort_name) ${numbers} SELECT 'many_' || i, 'account:bob', 'photo-service', 'Album ' || i,
          '{"name":"Album ' || i || '"}', '[["view",1]]', 1, 1, 1, 1, 'album ' || i, 'album ' || i FROM n`,
      );
      await givePassword(server(), 'bob');
      const { page } = await open();
      await openConsole(server(), page, 'bob');
      await page.getByText('5,000 things in 1 service · nothing is shared').waitFor();
      await page.getByRole('button', { name: 'Show more (50 of 5,000 shown)' }).click();
      await page.getByRole('button', { name: 'Show more (100 of 5,000 shown)' }).waitFor();
      await expectFocus(page, `A ${await page.locator('h3 a').nth(50).innerText()}`);
      await page.reload();
      await page.getByRole('button', { name: 'Show more (100 of 5,000 shown)' }).waitFor();
      await search(page).fill('4711');
      await page.getByRole('link', { name: 'Album 4711' }).waitFor();
      await page.getByRole('heading', { level: 2, name: 'Photo service · 1' }).waitFor();
    });
  },
);
