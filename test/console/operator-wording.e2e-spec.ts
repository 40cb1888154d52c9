import type { Page } from 'playwright-core';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { openOperator, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { expectSound, screenBrowser } from './screens.js';

const MARKUP = '<b>x</b>';
const LONG = `photos.${'x'.repeat(53)}`;

interface Row {
  readonly id: string;
  readonly scope: string;
  readonly published: boolean;
  readonly words: object;
  readonly draft?: { readonly texts: Readonly<Record<string, { readonly verb?: string }>> };
  readonly version: string;
}

describeServer(
  'P7 resource servers and wording in the operator’s console',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS, engines: ONE_ENGINE },
  (server) => {
    const open = screenBrowser();
    const rowOf = async (scope: string): Promise<Row> => {
      const api = await operatorApi(server());
      const { items } = (await api.get('wording?limit=200')).json<{ items: Row[] }>();
      const row = items.find((one) => one.scope === scope);
      if (!row) throw new Error(`${scope} is not listed`);
      return row;
    };
    const said = (page: Page, text: string) =>
      page.locator('[role=status][aria-live]', { hasText: text }).waitFor({ state: 'attached' });
    const edit = async (page: Page, scope: string) => {
      const { id } = await rowOf(scope);
      await openOperator(server(), page, `/wording/${id}`);
      await page.getByRole('button', { name: 'Publish words' }).waitFor();
    };
    const expectValue = async (page: Page, label: string, value: string) => {
      const read = () => page.getByLabel(label, { exact: true }).inputValue();
      expect(await eventually(read, (now) => now === value)).toBe(value);
    };
    const fill = async (page: Page, words: Readonly<Record<string, string>>) => {
      for (const [label, text] of Object.entries(words)) await page.getByLabel(label, { exact: true }).fill(text);
    };

    beforeAll(async () => {
      const { photos } = ownersOf(server()).alice;
      for (const scope of ['x.publish', 'x.withdrawn', 'x.race', 'x.back', 'x.session', MARKUP, LONG]) {
        await photos.register({ name: 'Odd', resource_scopes: ['view', scope] });
      }
    });

    it('G17 what is missing is said beside each cell; complete words are published, and can be withdrawn', async () => {
      const { page } = await open();
      await openOperator(server(), page, '/wording');
      await page.getByText(/^\d+ of \d+ can be given by owners\.$/).waitFor();
      await page.getByRole('progressbar', { name: 'Permissions that owners can give' }).waitFor();
      await page.getByRole('link', { name: 'Edit words of x.publish' }).click();
      await page.getByRole('button', { name: 'Publish words' }).click();
      await page.getByRole('heading', { name: 'Please check this' }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Verb (German)' }).getAttribute('aria-invalid')).toBe('true');
      await page.getByRole('link', { name: 'Object in German is missing.' }).click();
      expect(await page.evaluate<string>('document.activeElement.id')).toBe('word-object-de');
      expect((await rowOf('x.publish')).published).toBe(false);

      await page.getByLabel('How far it goes').selectOption('act');
      await fill(page, {
        'Verb (English)': 'approve',
        'Object (English)': 'purchase requests',
        'What follows from it (English)': 'Binding, as if you had done it.',
        'Verb (German)': 'genehmigen',
        'Object (German)': 'Bestellungen',
      });
      const preview = page.getByRole('region', { name: 'What owners will read' });
      await preview.getByText(/Peter Sample can approve purchase requests in Summer album until/).waitFor();
      await preview.getByText(/Peter Muster kann .*Bestellungen genehmigen/).waitFor();
      await page.getByRole('button', { name: 'Publish words' }).click();
      await said(page, 'Published. Owners can give it now.');
      expect((await rowOf('x.publish')).published).toBe(true);
      await page.getByRole('button', { name: 'Withdraw: nobody can give it' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the words' }).click();
      await said(page, 'Withdrawn. Owners cannot give it any more.');
      expect((await rowOf('x.publish')).published).toBe(false);
      expect(await page.getByLabel('Verb (English)', { exact: true }).inputValue()).toBe('approve');
    });

    it('ux 6: words that owners do not know, and too many, are said beside their cells, and are not published', async () => {
      const { page } = await open();
      await edit(page, LONG);
      await page.getByLabel('How far it goes').selectOption('see');
      await fill(page, {
        'Verb (English)': 'read',
        'Object (English)': 'one two three four five six seven eight nine',
        'What stops working without it (English)': 'Without it no token.',
        'Verb (German)': 'ansehen',
        'Object (German)': 'Fotos',
      });
      await page.getByText('10 words: owners read nine at most.').waitFor();
      await page.getByText('“read” is no word of owners.').waitFor();
      await page.getByRole('button', { name: 'Publish words' }).click();
      await page.getByRole('heading', { name: 'Please check this' }).waitFor();
      await page.locator('#word-object-en-problem', { hasText: '10 words' }).waitFor();
      await page.locator('#word-verb-en-problem', { hasText: '“read”' }).waitFor();
      await page.locator('#word-without-en-problem', { hasText: '“token”' }).waitFor();
      expect((await rowOf(LONG)).published).toBe(false);
      await fill(page, {
        'Verb (English)': 'see',
        'Object (English)': 'photos',
        'What stops working without it (English)': '',
      });
      await page.getByRole('button', { name: 'Publish words' }).click();
      await said(page, 'Published.');
      expect((await rowOf(LONG)).published).toBe(true);
    });

    it('principle 5: withdrawing and giving up say whom it concerns, and ask; what is being written stays', async () => {
      const watched = await open();
      const { page } = watched;
      await edit(page, 'x.withdrawn');
      await page.getByLabel('How far it goes').selectOption('see');
      await fill(page, {
        'Verb (English)': 'see',
        'Object (English)': 'diaries',
        'Verb (German)': 'ansehen',
        'Object (German)': 'Tagebücher',
      });
      await page.getByRole('button', { name: 'Publish words' }).click();
      await said(page, 'Published.');
      await fill(page, { 'Verb (English)': 'UNSAVED' });
      await page.getByRole('button', { name: 'Withdraw: nobody can give it' }).click();
      const dialog = page.getByRole('dialog', { name: 'Withdraw the words of x.withdrawn?' });
      await dialog.getByText('It concerns one server:').waitFor();
      await dialog.getByText('Photo service: 2 owners').waitFor();
      await expectSound(watched, 'operator wording: withdraw it?');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect((await rowOf('x.withdrawn')).published).toBe(true);
      await page.getByRole('button', { name: 'Withdraw: nobody can give it' }).click();
      await dialog.getByRole('button', { name: 'Withdraw the words' }).click();
      await said(page, 'Withdrawn. Owners cannot give it any more.');
      expect((await rowOf('x.withdrawn')).published).toBe(false);
      await expectValue(page, 'Verb (English)', 'UNSAVED');
      await page.getByRole('button', { name: 'Back to the words of the configuration' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Leave it as it is' }).click();
      await page.getByRole('button', { name: 'Back to the words of the configuration' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Give them up' }).click();
      await said(page, 'What was written here is given up.');
      await expectValue(page, 'Verb (English)', 'UNSAVED');
      expect((await rowOf('x.withdrawn')).draft).toBeUndefined();
    });

    it('P7: the preview ends with a day, with samples in the language of its sentence; fields of a row stand in one line', async () => {
      const { page } = await open();
      await page.setViewportSize({ width: 1280, height: 900 });
      await edit(page, 'x.back');
      await fill(page, {
        'Verb (English)': 'see',
        'Object (English)': 'diaries',
        'Verb (German)': 'ansehen',
        'Object (German)': 'Tagebücher',
      });
      const preview = page.getByRole('region', { name: 'What owners will read' });
      await preview.getByText(/Peter Muster kann .*Sommeralbum/).waitFor();
      // The end of the day, as it is told where the zone is another: the hour at which somebody looks is never part of it.
      expect(await preview.innerText()).not.toMatch(/\d\d:\d\d(?<!24:00)/);
      const tops = async (ids: readonly string[]) =>
        Promise.all(ids.map(async (id) => Math.round((await page.locator(`#word-${id}`).boundingBox())?.y ?? -1)));
      for (const language of ['en', 'de']) {
        const [verb, object] = await tops([`verb-${language}`, `object-${language}`]);
        const [consequence, without] = await tops([`consequence-${language}`, `without-${language}`]);
        expect([verb, consequence]).toEqual([object, without]);
      }
      expect(await page.locator('textarea').count()).toBe(4);
    });

    it('G8 names with markup are text, and a lost race shows both versions', async () => {
      const watched = await open();
      const { page } = watched;
      await edit(page, MARKUP);
      await page.getByRole('heading', { level: 1, name: `Words of ${MARKUP}` }).waitFor();
      await page.getByRole('button', { name: 'Publish words' }).click();
      await page.getByRole('heading', { name: 'Please check this' }).waitFor();
      await fill(page, { 'Verb (English)': '<i>mine</i>', 'Object (English)': 'm'.repeat(60) });
      await expectSound(watched, 'operator wording: words are missing');

      const api = await operatorApi(server());
      const { id, version } = await rowOf(MARKUP);
      const theirs = { level: 'change', texts: { en: { verb: 'theirs', object: 'things' } } };
      await api.change('PUT', `wording/${id}`, { words: theirs, publish: false }, { 'if-match': `"${version}"` });
      await page.getByRole('button', { name: 'Save as draft' }).click();
      const race = page.getByRole('alert').filter({ hasText: 'Somebody else changed these words meanwhile' });
      await race.waitFor();
      for (const [field, mine, other] of [
        ['How far it goes', 'Not decided yet', 'Change something'],
        ['Verb (English)', '<i>mine</i>', 'theirs'],
        ['Object (English)', 'm'.repeat(60), 'things'],
        ['State', 'A draft.', 'Nobody has worded it. A draft is being written.'],
      ] as const) {
        const both = race.locator('dl', { hasText: `${field}: Yours` });
        expect(await both.locator('dd').allInnerTexts()).toEqual([mine, other]);
      }
      expect(await race.locator('dl').count()).toBe(4);
      expect(await page.getByRole('heading', { name: 'Please check this' }).count()).toBe(0);
      await expectSound(watched, 'operator wording: another was first');
      await race.getByRole('button', { name: 'Keep mine: save over theirs' }).click();
      await said(page, 'Saved as a draft.');
      expect((await rowOf(MARKUP)).draft?.texts['en']?.verb).toBe('<i>mine</i>');
    });

    it('a lost race: taking theirs forgets mine', async () => {
      const { page } = await open();
      await edit(page, 'x.race');
      await fill(page, { 'Verb (English)': 'mine' });
      const api = await operatorApi(server());
      const { id, version } = await rowOf('x.race');
      const theirs = { texts: { en: { verb: 'theirs', object: 'things' } } };
      await api.change('PUT', `wording/${id}`, { words: theirs, publish: false }, { 'if-match': `"${version}"` });
      await page.getByRole('button', { name: 'Save as draft' }).click();
      await page.getByRole('button', { name: 'Take theirs: forget mine' }).click();
      expect(await page.getByLabel('Verb (English)', { exact: true }).inputValue()).toBe('theirs');
      expect((await rowOf('x.race')).draft?.texts['en']?.verb).toBe('theirs');
    });

    it('who comes back to words reads them as they are now', async () => {
      const { page } = await open();
      await openOperator(server(), page, '/wording');
      await page.getByRole('link', { name: 'Edit words of x.back' }).click();
      await page.getByRole('button', { name: 'Publish words' }).waitFor();
      await page.getByRole('link', { name: 'All scopes' }).click();
      await page.getByRole('link', { name: 'Edit words of x.back' }).waitFor();
      const api = await operatorApi(server());
      const { id, version } = await rowOf('x.back');
      const theirs = { texts: { en: { verb: 'theirs', object: 'things' } } };
      await api.change('PUT', `wording/${id}`, { words: theirs, publish: false }, { 'if-match': `"${version}"` });
      await page.getByRole('link', { name: 'Edit words of x.back' }).click();
      await expectValue(page, 'Verb (English)', 'theirs');
      await page.getByRole('button', { name: 'Save as draft' }).click();
      await said(page, 'Saved as a draft.');
    });

    it('words half written are lost by a link or by Back after a question alone', async () => {
      const { page } = await open();
      await openOperator(server(), page, '/wording');
      await page.getByRole('link', { name: 'Edit words of x.back' }).click();
      await fill(page, { 'Verb (English)': 'half written' });
      const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
      await page.getByRole('link', { name: 'All scopes' }).click();
      await dialog.getByRole('button', { name: 'Stay here' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.goBack();
      await dialog.getByRole('button', { name: 'Stay here' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expectValue(page, 'Verb (English)', 'half written');
      await page.getByRole('link', { name: 'All scopes' }).click();
      await dialog.getByRole('button', { name: 'Leave without saving' }).click();
      await page.getByRole('link', { name: 'Edit words of x.back' }).click();
      await page.getByRole('button', { name: 'Publish words' }).waitFor();
      expect(await page.getByLabel('Verb (English)', { exact: true }).inputValue()).not.toBe('half written');
      await page.getByRole('link', { name: 'All scopes' }).click();
      await page.getByRole('link', { name: 'Edit words of x.back' }).waitFor();
    });

    it('a session that ends in the middle keeps what was written', async () => {
      const { context, page } = await open();
      await edit(page, 'x.session');
      await fill(page, { 'Verb (English)': 'leaf through' });
      await context.clearCookies();
      await page.getByRole('button', { name: 'Save as draft' }).click();
      await page.locator('input[name=password]').waitFor();
      await signInAgain(page);
      await page.getByRole('button', { name: 'Save as draft' }).waitFor();
      expect(await page.getByLabel('Verb (English)', { exact: true }).inputValue()).toBe('leaf through');
      await page.getByRole('button', { name: 'Save as draft' }).click();
      const row = await eventually(
        () => rowOf('x.session'),
        ({ draft }) => draft !== undefined,
      );
      expect(row.draft?.texts['en']?.verb).toBe('leaf through');
    });

    it('resource servers say how they do; the list is searched, and says so when nothing matches', async () => {
      const watched = await open();
      const { page } = watched;
      await openOperator(server(), page, '/wording');
      await page.getByRole('rowheader', { name: /^Photo service/ }).waitFor();
      expect(await page.getByRole('row').filter({ hasText: 'Other service' }).first().innerText()).toContain(
        'None: it cannot register anything',
      );
      await page.getByRole('link', { name: 'Edit words of view' }).waitFor();
      await expectSound(watched, 'operator wording: servers and scopes');
      await page.getByLabel('Find by scope, words or server').fill('nothing of the kind');
      await page.getByText('No scope matches.').waitFor();
      await expectSound(watched, 'operator wording: nothing matches');
      expect(page.url()).toContain('q=nothing');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await expectValue(page, 'Find by scope, words or server', '');
      await page.getByRole('link', { name: 'Edit words of view' }).waitFor();
      await page.getByLabel('Only those that owners cannot give yet').check();
      await page.getByRole('link', { name: 'Edit words of view' }).waitFor({ state: 'detached' });
    });
  },
);
