import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { countedInteractions } from '../support/keystroke-model.js';
import { measured } from '../support/measures.js';
import { openShare, shareButton, typeWho } from './sharing.js';
import { endSessionAt, expectSound, screenBrowser, tellNothing } from './screens.js';
import { WORDED } from './worded.js';

const openBrowser = screenBrowser();
/** Where Alice is: days are hers, and need no name of a zone. */
const open = (options: BrowserContextOptions = {}) => openBrowser({ timezoneId: 'Europe/Vienna', ...options });
const HELP = 'https://help.example/accounts';
const NAMES = { ...WORDED, sharing: { directory: 'names' }, pages: { help_url: HELP } };

const dialog = (page: Page) => page.getByRole('dialog');
const sentence = (page: Page) => dialog(page).getByRole('status', { name: 'What you are about to give' });
const shareWith = (page: Page, name: string) => dialog(page).getByRole('button', { name: `Share with ${name}` });
const isFocused = (page: Page, id: string) => page.locator(`[id="${id}"]:focus`).waitFor();
const summaryFocused = (page: Page) => page.locator('h2:focus', { hasText: 'Please check this' }).waitFor();

describeServer(
  'O3: the share dialog',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: NAMES },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    const album = async (name = `Summer ${randomUUID()}`) => ({ name, id: await alice().album(name) });
    const held = async (id: string) =>
      (await hers().get(`access?resource_id=${id}`)).json<{ items: AccessJson[] }>().items;

    it('G1, G18 four interactions share for a week: what is shown before is what is saved, and it can be undone', async () => {
      const { name, id } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      const count = countedInteractions();
      await count(() => shareButton(page, name).click());
      await count(() => typeWho(page, 'caro'), 4);
      await count(() => page.getByRole('option', { name: /Carol Cook/ }).click());
      const inAWeek = /until (\w+ \d+ \w+ \d+) \(7 days\)/;
      await sentence(page).filter({ hasText: inAWeek }).waitFor();
      const [, last] = inAWeek.exec((await sentence(page).textContent()) ?? '') ?? [];
      await count(() => shareWith(page, 'Carol').click());
      await page.getByText(`has access until ${last ?? '?'} (in 7 days).`).waitFor();
      measured('G1', 'interactions', count.total());
      measured('G1', 'seconds (model)', count.seconds());
      expect(count.total()).toBeLessThanOrEqual(4);
      await isFocused(page, `share-${id}`);
      const [share] = await held(id);
      expect(share).toMatchObject({ holder: { id: 'account:carol' }, scopes: [{ scope: 'view' }] });
      await page.getByText(`1 person · next ends in 7 days (${last ?? '?'})`).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(/Undone: for \W*Carol Cook/).waitFor();
      expect(await held(id)).toEqual([]);
    });

    it('G2 with two dates: six interactions', async () => {
      const { name, id } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      const [first, last] = [inDays(3), inDays(12)].map((day) => day.slice(0, 10)) as [string, string];
      const count = countedInteractions();
      await count(() => shareButton(page, name).click());
      // The hands stay at the keys: a name and Enter are one text.
      await count(async () => {
        await typeWho(page, 'caro');
        await page.keyboard.press('Enter');
      }, 5);
      await count(() => page.getByRole('radio', { name: 'Choose dates' }).check());
      await count(() => page.getByLabel('First day').fill(first), 8);
      await count(() => page.getByLabel('Last day').fill(last), 8);
      await count(() => shareWith(page, 'Carol').click());
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
      measured('G2', 'interactions', count.total());
      measured('G2', 'seconds (model)', count.seconds());
      expect(count.total()).toBeLessThanOrEqual(6);
      const [share] = await held(id);
      const inVienna = (at: string | undefined) =>
        new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Vienna' }).format(Date.parse(at ?? ''));
      expect(inVienna(share?.from)).toBe(first);
      expect(inVienna(new Date(Date.parse(share?.until ?? '') - 1).toISOString())).toBe(last);
    });

    it('G7 by keys alone, to an application; the focus returns to what opened it', async () => {
      const { name, id } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await shareButton(page, name).focus();
      await page.keyboard.press('Enter');
      await typeWho(page, 'print');
      await page.getByRole('option', { name: /Print shop/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('button', { name: 'Give access to Print shop' }).waitFor();
      expect(await page.getByRole('radio', { name: '30 days' }).isChecked()).toBe(true);
      for (let stop = 0; stop < 20; stop += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate<string>('document.activeElement.textContent')) === 'Give access to Print shop') break;
      }
      await page.keyboard.press('Enter');
      await page.getByText(/Print shop\W* has access until/).waitFor();
      await isFocused(page, `share-${id}`);
      await page.keyboard.press('Enter');
      await isFocused(page, 'share-who');
      await page.keyboard.press('Escape');
      await isFocused(page, `share-${id}`);
      expect(await held(id)).toHaveLength(1);
      measured('G7', 'shared by keys alone, the focus back at what opened it', 1);
    });

    it('Escape closes the list first, then the dialog; Enter never chooses who does not match, nor sends too early', async () => {
      const { name, id } = await album();
      await hers().shareOne({ resource_ids: [id], subject: 'account:bob' });
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: /Bob Baker/ }).waitFor();
      await page.route('**/me/directory?q=z*', () => new Promise(() => undefined));
      await page.keyboard.type('zoe');
      await page.keyboard.press('Enter');
      await page.getByText('Searching').waitFor();
      expect(await page.getByRole('option').count()).toBe(0);
      expect(await page.locator('#share-who').inputValue()).toBe('zoe');
      await page.keyboard.press('Escape');
      await page.getByText('Searching').waitFor({ state: 'detached' });
      await dialog(page).waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      expect(await held(id)).toHaveLength(1);
    });

    it('nobody found: says what to ask them for and who adds them; keys reach the operator’s help, which keeps the form', async () => {
      const { name } = await album();
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, '<b>nobody</b>');
      await page.getByText('Nobody and nothing called “<b>nobody</b>” was found.').waitFor();
      const whom = 'Ask them for the e-mail address or user name that they have here.';
      await dialog(page).getByText(whom, { exact: false }).waitFor();
      await expectSound(watched, 'share: nobody found');
      const hasHelp = async () => (await page.evaluate<string>('document.activeElement.href ?? ""')) === HELP;
      for (let presses = 0; presses < 4 && !(await hasHelp()); presses += 1) await page.keyboard.press('Tab');
      expect(await hasHelp()).toBe(true);
      expect(await page.evaluate('document.activeElement.target')).toBe('_blank');
      expect(await dialog(page).locator('#share-who').inputValue()).toBe('<b>nobody</b>');
    });

    it('an incomplete form tells what is missing, beside it and on top with the focus; nothing is disabled', async () => {
      const { name } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await dialog(page).getByRole('checkbox', { name: 'See photos' }).uncheck();
      await page.getByRole('radio', { name: 'Choose dates' }).check();
      await page.getByLabel('Last day').fill('');
      await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
      await summaryFocused(page);
      await page.getByRole('link', { name: 'Choose who gets access.' }).click();
      await isFocused(page, 'share-who');
      await page.getByRole('link', { name: 'Tick at least one thing to allow.' }).waitFor();
      await page.getByRole('link', { name: 'Choose the last day.' }).waitFor();
    });

    it('dates come with “Choose dates”, in sight; what is wrong with them is said where the sentence stands', async () => {
      const { name } = await album();
      const { page } = await open({ viewport: { width: 1280, height: 720 } });
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      await shareWith(page, 'Carol').waitFor();
      expect(await page.getByLabel('Last day').count()).toBe(0);
      await page.getByRole('radio', { name: 'Choose dates' }).check();
      const [last, end] = await Promise.all([page.getByLabel('Last day').boundingBox(), sentence(page).boundingBox()]);
      expect((last?.y ?? 720) + (last?.height ?? 0)).toBeLessThan(end?.y ?? 0);
      await page.getByLabel('Last day').fill('2020-01-01');
      await sentence(page).filter({ hasText: 'The last day is over already.' }).waitFor();
      await page.getByRole('radio', { name: '1 week' }).check();
      await page.getByLabel('Last day').waitFor({ state: 'detached' });
    });

    it('a double press makes one share', async () => {
      const { name, id } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      await shareWith(page, 'Carol').dblclick();
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
      expect(await held(id)).toHaveLength(1);
    });

    it('a press after no answer came is the same one again: one share', async () => {
      const { name, id } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      const lost = async (route: Route) => {
        await route.fetch();
        await route.abort();
      };
      await page.route('**/me/shares', lost, { times: 1 });
      await shareWith(page, 'Carol').click();
      await page.getByText('No answer came.', { exact: false }).waitFor();
      await page.getByText('It may have been done.', { exact: false }).waitFor();
      await shareWith(page, 'Carol').click();
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
      expect(await held(id)).toHaveLength(1);
    });

    it('who has access already is shown with it, and extended; somebody who was faster is not overwritten unseen', async () => {
      const { name, id } = await album();
      const share = await hers().shareOne({ resource_ids: [id], subject: 'account:carol', until: inDays(2) });
      const watched = await open();
      const { page } = watched;
      await tellNothing(page);
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      await dialog(page).getByText('Has access already:').waitFor();
      await expectSound(watched, 'share: has access already');
      const faster = { scopes: ['view', 'print'], until: inDays(3) };
      await hers().change(share.id, faster, { 'if-match': `"${share.version}"` });
      await dialog(page).getByRole('button', { name: 'Change for Carol' }).click();
      await dialog(page).getByText('This access was changed meanwhile.', { exact: false }).waitFor();
      await dialog(page)
        .getByText(/Carol Cook can see photos and order prints/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Save mine' }).click();
      await page.getByText(/Carol Cook\W* has access until \w+ \d+ \w+ \d+ \(in 7 days\)/).waitFor();
      expect(await held(id)).toMatchObject([{ id: share.id, scopes: [{ scope: 'view' }] }]);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(/Undone: for/).waitFor();
      expect((await held(id))[0]?.until).toBe(share.until);
    });

    it('the step back closes it, and forward opens it; a session that ends keeps what was filled in', async () => {
      const { name } = await album();
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await page.goBack();
      await dialog(page).waitFor({ state: 'detached' });
      await page.goForward();
      await isFocused(page, 'share-who');
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('checkbox', { name: 'Order prints' }).check();
      await endSessionAt(watched, 'POST', 'shares');
      await shareWith(page, 'Carol').click();
      await signInAgain(page);
      await dialog(page)
        .getByText(/Carol Cook can see photos and order prints/)
        .waitFor();
      await shareWith(page, 'Carol').click();
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
    });

    it('several at once: what all of them can be allowed, one write', async () => {
      const mark = randomUUID();
      const ids = await Promise.all([`A ${mark}`, `B ${mark}`].map((name) => alice().album(name)));
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${mark}`);
      await page.getByRole('button', { name: 'Share several' }).click();
      for (const name of ['A', 'B']) await page.getByRole('checkbox', { name: `Choose ${name} ${mark}` }).check();
      await page.getByRole('button', { name: 'Share 2 things' }).click();
      await page.getByRole('heading', { name: 'Share 2 things' }).waitFor();
      await typeWho(page, 'caro');
      await page.keyboard.press('Enter');
      await sentence(page)
        .filter({ hasText: `in A ${mark} and B ${mark} from today` })
        .waitFor();
      await shareWith(page, 'Carol').click();
      await page.getByText(/Carol Cook\W* has access until/).waitFor();
      for (const id of ids) expect(await held(id)).toHaveLength(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(/Undone: for/).waitFor();
      for (const id of ids) expect(await held(id)).toEqual([]);
    });

    it('G8, G14, G16, G19: empty, searching, chosen, incomplete', async () => {
      const { name } = await album(`${'Very long name '.repeat(4)}${randomUUID()}`);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${name.slice(-36)}`);
      await openShare(page, name);
      await expectSound(watched, 'share: empty');
      await typeWho(page, 'caro');
      await expectSound(watched, 'share: found');
      await page.keyboard.press('Enter');
      await expectSound(watched, 'share: chosen');
      await dialog(page).getByRole('checkbox', { name: 'See photos' }).uncheck();
      await shareWith(page, 'Carol').click();
      await summaryFocused(page);
      await expectSound(watched, 'share: incomplete');
    });
  },
);
