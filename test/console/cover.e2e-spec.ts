import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { countedInteractions } from '../support/keystroke-model.js';
import { measured } from '../support/measures.js';
import { readsIn } from './languages.js';
import { endSessionAt, expectFocus, expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

const DAY = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** Counts what she does, as G3 does: a press, or a field that is filled in. */
function counted(page: Page) {
  const count = countedInteractions();
  const press = (name: string | RegExp) => count(() => page.getByRole('button', { name }).click());
  const fill = (label: string, value: string) =>
    count(() => page.getByLabel(label, { exact: true }).fill(value), value.replaceAll('-', '').length);
  return { press, fill, count: count.total, seconds: count.seconds };
}

describeServer(
  'O4: cover for me',
  {
    engines: ONE_ENGINE,
    connections: OWNERS_CONNECTIONS,
    config: { ...WORDED, sharing: { directory: 'names', longest_days: 90 } },
  },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    const handedOver = async () =>
      (await hers().get('access?limit=200'))
        .json<{ items: AccessJson[] }>()
        .items.filter(({ origin }) => origin === 'handover');
    const endAll = async () => {
      const { items } = (await hers().get('handovers')).json<{ items: { id: string; state: string }[] }>();
      for (const { id } of items.filter(({ state }) => state !== 'ended'))
        await server().http.send({ method: 'DELETE', path: `/me/handovers/${id}`, bearer: alice().token });
    };

    beforeEach(async () => {
      await endAll();
      await readsIn(server(), 'en');
    });

    it('G3 hands over what binds her for two weeks in 8 interactions at most; back: one press ends it', async () => {
      const name = `Approvals ${randomUUID()}`;
      const album = await alice().album(name);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/cover');
      await page.getByRole('checkbox', { name }).waitFor();
      expect(await page.getByRole('checkbox', { name }).isChecked()).toBe(true);
      const her = counted(page);
      await her.fill('Person', 'Bob');
      await her.press(/^Person Bob/);
      await expectFocus(page, /Choose somebody else/);
      await her.fill('Last day, included', dayIn(14));
      await her.press('Review');
      await page.getByRole('heading', { level: 2, name: /^What .*Bob.* gets$/ }).waitFor();
      await expectFocus(page, /^H2 What/);
      await page.getByText(name).waitFor();
      await page.getByText('It costs money each time.').first().waitFor();
      await her.press('Hand over to Bob');
      // The review says, too, who covers what until when.
      await page.getByRole('button', { name: 'I am back: end now' }).waitFor();
      await page
        .getByText(/Bob .* covers \d+ things? until/)
        .first()
        .waitFor();
      measured('G3', 'interactions', her.count());
      measured('G3', 'seconds (model)', her.seconds());
      measured('G3', 'interactions to end it', 1);
      expect(her.count()).toBeLessThanOrEqual(8);
      const given = await handedOver();
      const one = given.find(({ resources }) => resources.some(({ id }) => id === album));
      expect(one?.scopes.map(({ scope }) => scope)).toEqual(['view', 'print']);
      expect(one?.until?.slice(0, 10) === dayIn(14) || one?.until?.slice(0, 10) === dayIn(15)).toBe(true);
      await openConsole(server(), page, 'alice', '/cover');
      await page.getByRole('button', { name: 'I am back: end now' }).click();
      await page.getByRole('button', { name: 'I am back: end now' }).waitFor({ state: 'detached' });
      expect(await handedOver()).toEqual([]);
    });

    it('an incomplete form says what is missing, and leads there; nothing is handed over', async () => {
      await alice().album(`Album ${randomUUID()}`);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/cover');
      await page.getByRole('button', { name: 'Review' }).click();
      await expectFocus(page, 'H2 Please check this');
      await page.getByRole('link', { name: 'Say which day is the last.' }).click();
      await page.locator('#cover-last:focus').waitFor();
      await page.getByLabel('Last day, included', { exact: true }).fill(dayIn(120));
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('link', { name: 'That is longer than the operator allows.' }).waitFor();
      expect(await handedOver()).toEqual([]);
    });

    it('back from the review leads to the form as it was, and so does a sign-in in its middle', async () => {
      const name = `Album ${randomUUID()}`;
      await alice().album(name);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/cover?q=${name}`);
      await page.getByLabel('Person', { exact: true }).fill('Carol');
      await page.getByRole('button', { name: /^Person Carol/ }).click();
      await page.getByLabel('Last day, included', { exact: true }).fill(dayIn(3));
      await page.getByLabel('Note (optional)').fill('Call me.');
      await page.getByRole('radio', { name: 'See only' }).check();
      await page.getByRole('button', { name: 'Review' }).click();
      await page.waitForURL(/step=review/);
      expect(await page.getByRole('main').innerText()).not.toContain('order prints');
      await page.goBack();
      await page.getByLabel('Note (optional)').waitFor();
      expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Call me.');
      await endSessionAt(watched, 'POST', 'handovers/preview');
      await page.getByRole('button', { name: 'Review' }).click();
      await signInAgain(page);
      await page.getByLabel('Note (optional)').waitFor();
      expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Call me.');
      await page.getByRole('button', { name: 'Choose somebody else' }).waitFor();
      await page.reload();
      expect(new URL(page.url()).searchParams.get('q')).toBe(name);
    });

    it('O4: a substitute who is away is told with the days, what cannot be handed over is left out by name, and the rest goes on', async () => {
      const mark = randomUUID();
      const album = await alice().album(`Goes ${mark}`);
      await alice().photos.register({ name: `Stays ${mark}`, resource_scopes: ['x.undescribed'] });
      const { bob } = ownersOf(server());
      const his = { subject: 'account:carol', resource_ids: [await bob.album()], allow: 'act', until: inDays(5) };
      const { id } = (await accessOf(server(), bob).post('handovers', his)).json<{ id: string }>();
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/cover?q=${mark}`);
      for (const name of [`Goes ${mark}`, `Stays ${mark}`]) await page.getByRole('checkbox', { name }).check();
      await page.getByLabel('Person', { exact: true }).fill('Bob');
      await page.getByRole('button', { name: /^Person Bob/ }).click();
      await page.getByLabel('Last day, included', { exact: true }).fill(dayIn(3));
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByText(/^Bob Baker is away too, from .* until .*\.$/).waitFor();
      await expectSound(watched, 'cover: the substitute is away');
      await server().http.send({ method: 'DELETE', path: `/me/handovers/${id}`, bearer: bob.token });
      await page.goBack();
      await page.getByRole('button', { name: 'Review' }).click();
      const left = page.getByRole('heading', { level: 3, name: '1 thing is left out' });
      await left.waitFor();
      await page.getByText('Nothing of it may be handed over that far.').waitFor();
      await page.getByText(/is away too/).waitFor({ state: 'detached' });
      await expectSound(watched, 'cover: something is left out');
      await page.getByRole('button', { name: 'Hand over to Bob' }).click();
      await page.getByRole('button', { name: 'I am back: end now' }).waitFor();
      const given = (await handedOver()).flatMap(({ resources }) => resources.map((one) => one.id));
      expect(given).toContain(album);
    });

    it('two presses hand over once', async () => {
      await alice().album(`Twice ${randomUUID()}`);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/cover');
      await page.getByLabel('Person', { exact: true }).fill('Bob');
      await page.getByRole('button', { name: /^Person Bob/ }).click();
      await page.getByLabel('Last day, included', { exact: true }).fill(dayIn(3));
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Hand over to Bob' }).dblclick();
      await page.getByRole('button', { name: 'I am back: end now' }).waitFor();
      const { items } = (await hers().get('handovers')).json<{ items: { state: string }[] }>();
      expect(items.filter(({ state }) => state !== 'ended')).toHaveLength(1);
    });

    it('G8, G14, G16, G19: form, problems and review, in German, with names of every kind', async () => {
      for (const name of ['<b onclick=alert(1)>Bold</b>', 'ألبوم الصيف', 'W'.repeat(60)]) await alice().album(name);
      await readsIn(server(), 'de');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/cover');
      await page.getByText('W'.repeat(60)).waitFor();
      await page.locator('form button[type=submit]').click();
      await expectSound(watched, 'cover: incomplete');
      await page.locator('#cover-person').fill('Bob');
      await page.getByRole('button', { name: /^Person Bob/ }).click();
      await page.locator('#cover-last').fill(dayIn(14));
      await page.locator('form button[type=submit]').click();
      await page.waitForURL(/step=review/);
      await expectSound(watched, 'cover: review');
    });
  },
);
