import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { endSessionAt, expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

const PRESENT = { language: null, time_zone: null, default_days: null, shortcuts: true, request_mails: true };

describeServer(
  'O14: settings',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: { ...WORDED, sharing: { longest_days: 60 } } },
  (server) => {
    const bearer = () => ({ bearer: ownersOf(server()).alice.token });
    const stored = async () => (await server().http.get('/me/settings', bearer())).json();
    const store = (settings: object) =>
      server().http.json('PUT', '/me/settings', { ...PRESENT, ...settings }, bearer());

    beforeEach(() => store({ language: 'en' }));

    it('what she chooses is kept, and holds at once: language, zone, how long, shortcuts, mails', async () => {
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/settings');
      await page.getByLabel('You usually share for').waitFor();
      expect(await page.getByLabel('You usually share for').locator('option').allTextContents()).toEqual([
        'As is usual here (1 week)',
        '1 day',
        '1 week',
        '2 weeks',
        '30 days',
      ]);
      await page.getByLabel('You usually share for').selectOption({ label: '2 weeks' });
      // By the name of the place, as in any list of a browser.
      await page.getByLabel('Time zone').focus();
      await page.keyboard.type('Auckl');
      await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
      await page.getByRole('checkbox', { name: /^Mail me/ }).uncheck();
      await page.getByLabel('Language').selectOption({ label: 'Deutsch' });
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
      await page.locator('html[lang=de]').waitFor();
      expect(await stored()).toEqual({
        language: 'de',
        time_zone: 'Pacific/Auckland',
        default_days: 14,
        shortcuts: false,
        request_mails: false,
      });
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
      expect(
        await page.getByLabel('Zeitzone').locator('optgroup[label=Europa] option[value="Europe/Berlin"]').count(),
      ).toBe(1);
      expect(await page.getByLabel('Zeitzone').inputValue()).toBe('Pacific/Auckland');
    });

    it('a session that ends in the middle keeps what was chosen, and nothing is saved before she is back', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/settings');
      await page.getByLabel('You usually share for').selectOption({ label: '30 days' });
      await endSessionAt(watched, 'PUT', 'settings');
      await page.getByRole('button', { name: 'Save settings' }).click();
      await signInAgain(page);
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
      expect(await page.getByLabel('You usually share for').inputValue()).toBe('30');
      expect((await stored())['default_days']).toBeNull();
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByText('Your settings are saved.').waitFor();
      expect((await stored())['default_days']).toBe(30);
    });

    it('another device is signed out by one press, this one is not offered', async () => {
      const other = await open();
      await openConsole(server(), other.page, 'alice', '/settings');
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/settings');
      await page.getByText('This device', { exact: true }).waitFor();
      const ends = page.getByRole('button', { name: /^End the sign-in of/ });
      const before = await ends.count();
      expect(before).toBeGreaterThan(0);
      for (let left = before; left > 0; left -= 1) {
        await ends.first().click();
        await ends.nth(left - 1).waitFor({ state: 'detached' });
      }
      await other.page.reload();
      await other.page.locator('input[name=username]').waitFor();
    });

    it('leads to the pages of her account, and to the emergency', async () => {
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/settings');
      for (const name of ['Password', 'One-time codes', 'Passkeys', 'Applications that you signed in to']) {
        const path = await page.getByRole('link', { name, exact: true }).getAttribute('href');
        expect([name, (await page.request.get(new URL(path ?? '', server().issuer).href)).status()]).toEqual([
          name,
          200,
        ]);
      }
      await page.getByRole('link', { name: 'Stop all access' }).click();
      await page.getByRole('heading', { level: 1, name: 'Stop all access' }).waitFor();
    });

    it('G8, G14, G16, G19: in German', async () => {
      await store({ language: 'de' });
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/settings');
      await page.getByText('Dieses Gerät', { exact: true }).waitFor();
      await expectSound(watched, 'settings: there');
    });
  },
);
