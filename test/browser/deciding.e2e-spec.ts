import type { Browser, CDPSession, Page } from 'playwright-core';

import { addApp, codeOf } from '../support/authenticator-app.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { colourViolations, violations } from '../support/axe.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { clientOf } from '../support/client.js';
import { FormBrowser } from '../support/form-browser.js';
import { PASSWORD } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE } from '../support/world.js';

const HELP = 'https://help.example/';
const SHOP = {
  client_id: 'shop-with-pages',
  name: 'Shop with pages',
  type: 'public',
  grant_types: ['authorization_code', DEVICE_CODE],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'profile', 'photos.read', 'photos.write'],
  optional_scopes: ['photos.write'],
  audiences: ['https://photos.example'],
  tos_uri: 'https://shop.example/terms',
  policy_uri: 'https://shop.example/privacy',
};

/** Switches codes on for alice. @returns the secret of her app */
async function enrol({ issuer }: Server): Promise<string> {
  const browser = new FormBrowser(issuer);
  const signIn = await browser.open(`${issuer}/account/codes`);
  const settings = await browser.submit(signIn, { username: 'alice', password: PASSWORD });
  return (await addApp(browser, settings)).secret;
}

/** A1, A2, A3 and A7 as the running server makes them, and not as samples have them. */
describe('pages on which people decide, of the running server, in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let secret: string;
  /** Every code counts once: a sign-in at each width takes the next. */
  let stepsAhead = 0;

  beforeAll(async () => {
    server = await startServer({ engine: 'sqlite', clients: [SHOP], config: { pages: { help_url: HELP } } });
    secret = await enrol(server);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  const fits = async (page: Page, devtools: CDPSession, heading: string) => {
    const title = (await page.textContent('h1'))?.replace(/[\u2068\u2069]/g, '');
    expect(title).toContain(heading);
    expect(await page.getAttribute('.foot a', 'href')).toBe(HELP);
    await page.emulateMedia({ colorScheme: 'light' });
    expect({ title, light: await violations(devtools) }).toEqual({ title, light: [] });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect({ title, dark: await colourViolations(devtools) }).toEqual({ title, dark: [] });
  };
  const press = (page: Page, selector: string) => Promise.all([page.waitForEvent('load'), page.click(selector)]);

  it.each([1280, 360])(
    'G8, WCAG 3.2.6 %i px, light and dark: axe finds nothing, and help is found, at sign-in, second step, consent and device',
    async (width) => {
      const viewport = { width, height: 800 };
      const { context, page, complaints } = await openContext(browser, { reducedMotion: 'reduce', viewport });
      const devtools = await context.newCDPSession(page);
      const query = new URLSearchParams(
        authorizationRequest({ client_id: SHOP.client_id, scope: 'openid profile photos.read photos.write' }),
      );
      await page.goto(`${server.issuer}/authorize?${query.toString()}`);
      await fits(page, devtools, 'Sign in');
      await page.fill('[name=username]', 'alice');
      await page.fill('[name=password]', 'not hers');
      await press(page, 'form [type=submit]:not([form])');
      await fits(page, devtools, 'Sign in');
      await page.fill('[name=password]', PASSWORD);
      await press(page, 'form [type=submit]:not([form])');
      await fits(page, devtools, 'Confirm that it is you');
      await page.fill('[name=code]', codeOf(secret, stepsAhead++));
      await press(page, '.card form:has([name=code]) [type=submit]');
      await fits(page, devtools, SHOP.name);
      expect(await page.locator('a[target=_blank]').count()).toBe(2);

      const shop = clientOf(server, { clientId: SHOP.client_id, method: 'none' });
      const begun = await shop.post('/device_authorization', { scope: 'openid photos.read' });
      await page.goto(`${server.issuer}/device`);
      await fits(page, devtools, 'device');
      await page.fill('[name=user_code]', textMember(begun, 200, 'user_code'));
      await press(page, '.card form [type=submit]');
      await fits(page, devtools, SHOP.name);
      await press(page, '[value=allow]');
      await fits(page, devtools, 'Your device is connected');
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});
