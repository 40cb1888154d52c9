import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { type AccessJson, accessOf } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { violations } from '../support/axe.js';
import { keepPicture } from '../support/browser.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { cutAway } from './cuts.js';
import { englishOn, englishTexts } from './english.js';
import { readsIn } from './languages.js';
import { screenBrowser, worstOverflow } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();
const ENGLISH = englishTexts();
const NAME = `Donaudampfschifffahrtsgesellschaftskapitänsmützen ${randomUUID()}`;

interface World {
  readonly album: string;
  readonly share: AccessJson;
}

/** Screens, and what is opened on them. */
const SCREENS: readonly (readonly [string, (world: World) => string, (page: Page) => Promise<void>])[] = [
  ['Start', () => '/', () => Promise.resolve()],
  [
    'Start: leer',
    () => '/?q=nichts',
    (page) =>
      page
        .getByText(/nichts/i)
        .first()
        .waitFor(),
  ],
  [
    'Start: mehrere',
    () => '/',
    async (page) => {
      await page.getByRole('button', { name: 'Mehreres teilen' }).click();
      await page
        .getByRole('checkbox', { name: /wählen/ })
        .first()
        .check();
    },
  ],
  [
    'Teilen',
    ({ album }) => `/resources/${album}`,
    async (page) => {
      await page
        .getByRole('button', { name: /teilen/i })
        .first()
        .click();
      await page.locator('#share-who:focus').waitFor();
      await page.keyboard.type('niemand');
      await page.getByText(/Niemand und nichts/).waitFor();
    },
  ],
  ['Ressource', ({ album }) => `/resources/${album}`, () => Promise.resolve()],
  ['Ressource: was geschah', ({ album }) => `/resources/${album}/activity`, () => Promise.resolve()],
  ['Ressource: Verbindung', ({ album }) => `/resources/${album}/link`, () => Promise.resolve()],
  ['Ressource: Änderung', ({ album, share }) => `/resources/${album}?change=${share.id}`, formThere],
  ['Vertretung', () => '/cover', () => Promise.resolve()],
  ['Anwendungen', () => '/applications', () => Promise.resolve()],
  ['Anwendung', () => '/applications/print-shop', () => Promise.resolve()],
  ['Anfragen', () => '/requests', (page) => page.locator('li[data-row]').first().waitFor()],
  ['Anfragen: beantwortet', () => '/requests?show=answered', () => Promise.resolve()],
  ['Zugriff', ({ share }) => `/access?open=${share.id}`, (page) => page.locator('li[data-row]').first().waitFor()],
  ['Zugriff: nach Ressourcen, mit Änderung', ({ share }) => `/access?by=resource&change=${share.id}`, formThere],
  ['Zugriff: nichts passt', () => '/access?q=nichts&removed=true', () => Promise.resolve()],
  ['ein Zugriff', ({ share }) => `/access/${share.id}`, () => Promise.resolve()],
  ['Mit mir geteilt', () => '/shared-with-me', () => Promise.resolve()],
  ['Was geschah', () => '/activity', () => Promise.resolve()],
  ['Überprüfung', () => '/check-up', () => Promise.resolve()],
  ['Alles beenden', () => '/stop', () => Promise.resolve()],
  ['Einstellungen', () => '/settings', () => Promise.resolve()],
  ['Nirgends', () => '/nirgends', () => Promise.resolve()],
  [
    'Menü',
    () => '/settings',
    (page) =>
      page
        .getByRole('button', { name: /Alice Archer/ })
        .first()
        .click(),
  ],
  ['Tasten', () => '/settings', (page) => page.keyboard.press('?')],
];

async function formThere(page: Page): Promise<void> {
  await page.getByRole('form').waitFor();
}

describeServer(
  'the console in German',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    let world: World;

    beforeAll(async () => {
      await readsIn(server(), 'de');
      const { alice } = ownersOf(server());
      const album = await alice.album(NAME);
      const hers = accessOf(server(), alice);
      const share = await hers.shareOne({ resource_ids: [album], subject: 'account:carol', note: 'Für dich' });
      await hers.shareOne({ resource_ids: [album], subject: 'client:print-shop', scopes: ['print'] });
      const ended = await hers.shareOne({ resource_ids: [await alice.album('Ende')], subject: 'account:bob' });
      await hers.end(ended.id);
      const { requestId } = await daveAsks(server(), alice, await alice.album('Beantwortet'));
      await hers.post(`requests/${requestId}/deny`, {});
      await daveAsks(server(), alice, await alice.album(`Wartet ${NAME}`));
      world = { album, share };
    });

    it('the words of the message modules are found where a page has them, but not in names', async () => {
      expect(ENGLISH.pieces.length).toBeGreaterThan(400);
      const { page } = await open();
      const sentence = 'Choose who gets access, and what it means is written here.';
      await page.setContent(`<p>${sentence}</p><bdi>Requests</bdi><button aria-label="Revoke">Entziehen</button>`);
      expect(await englishOn(page, ENGLISH)).toEqual(['Revoke', sentence]);
    });

    it.each(SCREENS)(
      'G8, G14 %s: no English on it, nothing too wide for 360 px, nothing inaccessible',
      async (title, pathOf, ready) => {
        const { context, page } = await open({ locale: 'de-DE', viewport: { width: 360, height: 900 } });
        await openConsole(server(), page, 'alice', pathOf(world));
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await ready(page);
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await keepPicture(page, `de ${title}`);
        expect(await page.locator('html').getAttribute('lang')).toBe('de');
        expect(await englishOn(page, ENGLISH)).toEqual([]);
        const devtools = await context.newCDPSession(page);
        expect(await violations(devtools)).toEqual([]);
        expect(await cutAway(page)).toEqual([]);
        expect(await worstOverflow(page)).toBe(0);
      },
    );
  },
);
