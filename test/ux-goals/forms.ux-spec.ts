import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { authorizationRequest } from '../support/authorization-request.js';
import { launchBrowser } from '../support/browser.js';
import { clientOf } from '../support/client.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { measured } from '../support/measures.js';
import { UMA_TICKET } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS } from '../uma-grant/photo-sharing.js';
import { signInAgain } from '../support/console.js';
import { median, observeVitals, vitalsOf } from './vitals.js';

const DESK = {
  client_id: 'desk',
  name: 'Front desk',
  type: 'public',
  grant_types: [UMA_TICKET],
  scopes: ['view'],
  claims_redirect_uris: ['http://127.0.0.1:9/uma'],
};
const ROUNDS = 5;

describeServer(
  'the pages without script',
  { engines: ONE_ENGINE, connections: ALICES_CONNECTIONS, clients: [DESK] },
  (server) => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    const consentAddress = () =>
      `${server().issuer}/authorize?${new URLSearchParams(authorizationRequest({ client_id: 'print-shop', scope: 'openid photos.read' })).toString()}`;
    const claimsAddress = async () => {
      const desk = clientOf(server(), { clientId: 'desk', method: 'none' });
      const album = await aliceOf(server()).album();
      const needed = (await desk.rpt(await album.ticket('view'))).json<{ ticket: string; redirect_user: string }>();
      return `${needed.redirect_user}?client_id=desk&ticket=${needed.ticket}&state=s`;
    };
    /** What came for the last page that was opened: every file once. */
    const weigh = (page: Page) => {
      const answers: Response[] = [];
      page.on('response', (answer) => {
        if (answer.request().isNavigationRequest() && answer.status() < 300) answers.length = 0;
        if (answer.status() < 300) answers.push(answer);
      });
      return async (name: string) => {
        await page.waitForLoadState('load');
        const bodies = await Promise.all(answers.map((answer) => answer.body()));
        measured('G11', 'requests', answers.length);
        measured(
          'G11',
          'B in all',
          bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
        );
        measured('G11', 'scripts', answers.filter((one) => one.request().resourceType() === 'script').length);
        expect(answers.length).toBeGreaterThan(0);
        expect(await page.locator('h1').innerText()).not.toBe('');
        expect(name).not.toBe('');
      };
    };

    it('G11 sign-in, consent, claims and device: what they weigh, with scripts off', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const weighed = weigh(page);
      await page.goto(consentAddress());
      await weighed('sign-in');
      await signInAgain(page);
      await page.locator('[value=allow]').waitFor();
      await weighed('consent');
      await page.goto(await claimsAddress());
      await weighed('claims');
      await page.goto(`${server().issuer}/device`);
      await weighed('device');
      await context.close();
    });

    it('G12 the largest picture of sign-in, consent and device', async () => {
      const pages = [
        ['sign-in', consentAddress(), false],
        ['consent', consentAddress(), true],
        ['device', `${server().issuer}/device`, true],
      ] as const;
      for (const [name, address, isSignedIn] of pages) {
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const context = await browser.newContext();
          await observeVitals(context);
          const page = await context.newPage();
          await page.goto(address);
          if (isSignedIn && (await page.locator('[name=password]').count()) > 0) {
            await signInAgain(page);
            await page.locator('main h1').waitFor();
            await page.goto(address);
          }
          const { lcp, cls } = await vitalsOf(page);
          times.push(lcp);
          measured('G13', 'CLS', cls);
          await context.close();
        }
        measured('G12', `ms LCP of ${name}`, median(times));
      }
    }, 120_000);
  },
);
