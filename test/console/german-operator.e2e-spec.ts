import type { Page } from 'playwright-core';
import { registered } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { OWNERS_CONNECTIONS } from '../owner-api/owners.js';
import { violations } from '../support/axe.js';
import { keepPicture } from '../support/browser.js';
import { openOperator } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { cutAway } from './cuts.js';
import { englishOn, englishTexts } from './english.js';
import { readsIn } from './languages.js';
import { screenBrowser, worstOverflow } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();
const ENGLISH = englishTexts('operator');
const SCOPE = Buffer.from('view').toString('base64url');

type Ready = (page: Page) => Promise<unknown>;

const there: Ready = () => Promise.resolve();
const press =
  (name: string | RegExp): Ready =>
  (page) =>
    page.getByRole('button', { name }).first().click();

/** Screens, and what is opened on them. */
const SCREENS: readonly (readonly [string, (id: string) => string, Ready])[] = [
  ['Clients', () => '/clients', there],
  ['Clients: nichts passt', () => '/clients?q=nichts', there],
  ['Client registrieren: Fehler', () => '/clients/new', press('Client registrieren')],
  ['Client', (id) => `/clients/${id}`, there],
  ['Client: sperren', (id) => `/clients/${id}`, press(/sperren/)],
  ['Client: wer er ist', (id) => `/clients/${id}/who`, there],
  ['Client: wie er sich anmeldet', (id) => `/clients/${id}/sign-in`, there],
  ['Client: was er fragen darf', (id) => `/clients/${id}/asks`, there],
  ['Client: wohin', (id) => `/clients/${id}/returns`, there],
  ['Client der Datei', () => '/clients/print-shop', there],
  ['Worte', () => '/wording', there],
  ['Worte eines Scopes', () => `/wording/${SCOPE}`, there],
  ['Tokens und Jobs', () => '/jobs', there],
  ['Tasten', () => '/clients', (page) => page.keyboard.press('?')],
  ['Nirgends', () => '/nirgends', there],
];

describeServer(
  "the operator's console in German",
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: { ...BY_ALICE, ...WORDED } },
  (server) => {
    let id: string;

    beforeAll(async () => {
      await readsIn(server(), 'de');
      const client = await registered(await operatorApi(server()), { client_name: 'Rahmen', scope: 'view nirgends' });
      id = client.client_id;
    });

    it.each(SCREENS)(
      'G8, G14 %s: no English on it, nothing cut or too wide for 360 px, nothing inaccessible',
      async (title, pathOf, ready) => {
        const { context, page } = await open({ locale: 'de-DE', viewport: { width: 360, height: 900 } });
        await openOperator(server(), page, pathOf(id));
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await ready(page);
        await keepPicture(page, `de operator ${title}`);
        expect(await page.locator('html').getAttribute('lang')).toBe('de');
        expect(await englishOn(page, ENGLISH)).toEqual([]);
        expect(await violations(await context.newCDPSession(page))).toEqual([]);
        expect(await cutAway(page)).toEqual([]);
        expect(await worstOverflow(page)).toBe(0);
      },
    );
  },
);
