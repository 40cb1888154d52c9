import { accessOf, carolsToken } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { readsIn } from './languages.js';
import { expectFocus, expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

describeServer(
  'O13: stop everything',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const hers = () => accessOf(server(), alice());
    const shared = async (subject: string, name = 'Stop') => {
      const album = await alice().album(name);
      return { album, share: await hers().shareOne({ resource_ids: [album], subject }) };
    };

    it('of one holder: the count before, one press, what ended and what is left; the others keep theirs', async () => {
      const { album } = await shared('account:carol');
      const { share: kept } = await shared('account:bob');
      const token = await carolsToken(server(), alice(), album);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/stop?subject=account:carol');
      await page.getByText('of 1 person').waitFor();
      await page.getByRole('button', { name: 'Stop all access of Carol' }).click();
      await page.getByRole('heading', { level: 2, name: 'Stopped' }).waitFor();
      await expectFocus(page, 'H2 Stopped');
      await page.getByText('Nothing of it is left.').waitFor();
      expect((await alice().photos.introspect(token)).json()['active']).toBe(false);
      expect((await hers().get(`access/${kept.id}`)).json()['state']).toBe('active');
    });

    it('leaving everything as it is changes nothing, and leads back', async () => {
      const { share } = await shared('account:carol');
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/settings');
      await openConsole(server(), page, 'alice', '/stop');
      await page.getByRole('button', { name: 'Leave everything as it is' }).click();
      await page.waitForURL(/\/settings/);
      expect((await hers().get(`access/${share.id}`)).json()['state']).toBe('active');
    });

    it('G8, G14, G16, G19: before and after, in German', async () => {
      await shared('account:carol', 'W'.repeat(60));
      await readsIn(server(), 'de');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/stop?subject=account:carol');
      const stop = page.getByRole('button', { name: /^(Stop all access of|Allen Zugriff von) Carol/ });
      await stop.waitFor();
      await expectSound(watched, 'stop: before');
      await stop.click();
      await page.getByRole('heading', { level: 2, name: 'Gestoppt' }).waitFor();
      await expectSound(watched, 'stop: afterwards');
      await readsIn(server(), 'en');
    });

    it('what stays is named before, the service that keeps her things: where all of it ends, and not where one holder’s does', async () => {
      await shared('account:carol');
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/stop');
      const stays = page.getByText(/^Stays: \W*Photo service\W*, which keeps your things and needs its access/);
      await stays.waitFor();
      await expectSound(watched, 'stop: what stays');
      await page.getByRole('combobox', { name: 'Whose access?' }).selectOption('account:carol');
      await page.getByText('of 1 person').waitFor();
      await stays.waitFor({ state: 'detached' });
    });

    it('of everybody: nothing is left but what keeps her things; signing out everywhere is told, and the next thing asks for a sign-in', async () => {
      const { album } = await shared('account:carol');
      await shared('account:bob');
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/stop');
      await page.getByText(/of [23] people/).waitFor();
      await page.getByRole('checkbox', { name: 'Sign out everywhere, too' }).check();
      await page.getByRole('button', { name: 'Stop all access', exact: true }).click();
      await page.getByText(/^You are signed out everywhere\./).waitFor();
      expect((await alice().photos.read(album)).status).toBe(200);
      await page.reload();
      await signInAgain(page);
      await page.getByRole('heading', { level: 1, name: 'Stop all access' }).waitFor();
      await openConsole(server(), page, 'alice', '/stop');
      await page.getByText('There is no access to stop.').waitFor();
    });
  },
);
