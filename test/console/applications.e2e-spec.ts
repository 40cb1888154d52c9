import { randomUUID } from 'node:crypto';
import { type AccessJson, accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { readsIn } from './languages.js';
import { endSessionAt, expectFocus, expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();
const SHOP = '/applications/client%3Aprint-shop';

describeServer(
  'O5, O6: applications',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const given = async (album: string) =>
      (await accessOf(server(), alice()).get(`access?resource_id=${album}`)).json<{ items: AccessJson[] }>().items;

    beforeEach(() => readsIn(server(), 'en'));

    it('finds an application by name, and gives it what is ticked: nothing is chosen beforehand, and only looking is ticked', async () => {
      const name = `Album ${randomUUID()}`;
      const album = await alice().album(name);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/applications');
      await page.getByRole('searchbox').fill('print');
      await page.waitForURL(/q=print/);
      await page.getByRole('link', { name: 'Choose Print shop' }).click();
      await page.getByRole('heading', { level: 1, name: 'Give Print shop access' }).waitFor();
      await expectFocus(page, /^H1 /);
      await page.getByRole('checkbox', { name }).waitFor();
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
      await page.getByRole('checkbox', { name }).check();
      expect(await page.getByRole('checkbox', { name: 'See photos' }).isChecked()).toBe(true);
      expect(await page.getByRole('checkbox', { name: 'Order prints' }).isChecked()).toBe(false);
      await page.getByText(/Print shop can see photos in .* from today until .* \(30 days\)/).waitFor();
      await page.getByRole('button', { name: 'Give Print shop access' }).dblclick();
      await page.getByRole('heading', { level: 2, name: 'Access is given' }).waitFor();
      await expectSound(watched, 'application: given');
      const rows = await given(album);
      expect(rows.map(({ holder, scopes }) => [holder.id, scopes.map(({ scope }) => scope)])).toEqual([
        ['client:print-shop', ['view']],
      ]);
      await openConsole(server(), page, 'alice', '/applications');
      await page.getByRole('heading', { level: 2, name: 'Applications you know' }).waitFor();
      await page.getByRole('link', { name: 'Choose Print shop' }).waitFor();
    });

    it('what is missing is said; a session that ends in the middle keeps what was chosen', async () => {
      const name = `Album ${randomUUID()}`;
      const album = await alice().album(name);
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `${SHOP}?q=${name}`);
      await page.getByRole('checkbox', { name }).waitFor();
      await page.getByRole('button', { name: 'Give Print shop access' }).click();
      await page.getByRole('link', { name: 'Choose at least one thing.' }).waitFor();
      await page.getByRole('checkbox', { name }).check();
      await page.getByRole('checkbox', { name: 'See photos' }).uncheck();
      await page.getByRole('link', { name: /^Tick at least one thing that it may do/ }).waitFor();
      await page.getByRole('checkbox', { name: 'Order prints' }).check();
      await page.getByRole('radio', { name: '1 week' }).check();
      await endSessionAt(watched, 'POST', 'shares');
      await page.getByRole('button', { name: 'Give Print shop access' }).click();
      await signInAgain(page);
      await page.getByRole('checkbox', { name: 'Order prints' }).waitFor();
      expect(await page.getByRole('radio', { name: '1 week' }).isChecked()).toBe(true);
      expect(await given(album)).toEqual([]);
      await page.getByRole('button', { name: 'Give Print shop access' }).click();
      await page.getByRole('heading', { level: 2, name: 'Access is given' }).waitFor();
      expect((await given(album)).map(({ scopes }) => scopes.map(({ scope }) => scope))).toEqual([['print']]);
    });

    it('an application that is not there says so; a search without a hit says whom to ask', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/applications/client%3Anobody');
      await page.getByText('This application could not be read.').waitFor();
      await expectSound(watched, 'application: not there');
      await page.goto(`${server().issuer}/console/applications?q=zzzz`);
      await page.getByText('No application matches.').waitFor();
      await expectSound(watched, 'applications: nothing found');
    });

    it('G8, G14, G16, G19: in German, with names of every kind', async () => {
      for (const name of ['<b onclick=alert(1)>Bold</b>', 'ألبوم الصيف', 'W'.repeat(60)]) await alice().album(name);
      await readsIn(server(), 'de');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/applications?q=shop');
      await page.getByRole('link', { name: /Print shop/ }).waitFor();
      await expectSound(watched, 'applications: a list');
      await openConsole(server(), page, 'alice', SHOP);
      await page.getByRole('checkbox', { name: 'W'.repeat(60) }).check();
      await expectSound(watched, 'application: chosen');
    });
  },
);
