import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';

import { violations } from '../support/axe.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { clientOf } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.mjs';
import { givePassword, PASSWORD } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { UMA_TICKET } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS } from '../uma-grant/photo-sharing.js';

const DESK = { client_id: 'desk', name: 'Front desk', type: 'public', grant_types: [UMA_TICKET], scopes: ['view'] };

/** A4 and A5 of the running server, at a client on the loopback. axe needs scripts, the pages do not. */
describe('claims at a browser, in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let application: FastifyInstance;
  const visits: URLSearchParams[] = [];

  beforeAll(async () => {
    const port = await freePort();
    application = Fastify({ forceCloseConnections: true });
    application.get('/uma', (request, reply) => {
      visits.push(new URL(request.url, 'http://application').searchParams);
      return reply.type('text/html').send('<!doctype html><title>Back</title><h1>Back at the desk</h1>');
    });
    await application.listen({ port, host: '127.0.0.1' });
    const clients = [{ ...DESK, claims_redirect_uris: [`http://127.0.0.1:${port}/uma`] }];
    server = await startServer({ engine: 'sqlite', connections: ALICES_CONNECTIONS, clients });
    await givePassword(server, 'bob');
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await application?.close();
    await server?.dispose();
  });

  const violationsOn = async (page: Page): Promise<readonly string[]> => {
    const devtools = await page.context().newCDPSession(page);
    const found = await violations(devtools);
    await devtools.detach();
    return found;
  };

  it.each([
    [1280, 'light', true],
    [360, 'dark', true],
    [360, 'light', false],
  ] as const)(
    'G8, G11, G19 %i px, %s, scripts %s: she signs in, gives, waits, sees the answer and goes back',
    async (width, colorScheme, javaScriptEnabled) => {
      const desk = clientOf(server, { clientId: 'desk', method: 'none' });
      const album = await aliceOf(server).album();
      const needed = (await desk.rpt(await album.ticket('view'))).json<{ ticket: string; redirect_user: string }>();
      const { context, page, complaints } = await openContext(browser, {
        javaScriptEnabled,
        colorScheme,
        viewport: { width, height: 800 },
      });
      const fits = async () => {
        if (javaScriptEnabled) expect([page.url(), await violationsOn(page)]).toEqual([page.url(), []]);
      };
      await page.goto(`${needed.redirect_user}?client_id=desk&ticket=${needed.ticket}&state=s`);
      await page.fill('[name=username]', 'bob');
      await page.fill('[name=password]', PASSWORD);
      await page.click('[type=submit]');
      expect(await page.textContent('main')).toContain('Bob Baker');
      await fits();
      await page.check('[name="email.declined"]');
      await page.click('[value=send]');
      expect(await page.textContent('h1')).toContain('has been asked');
      await fits();
      const request = await aliceOf(server).pendingRequest(album);
      expect(request.requesting_party).not.toHaveProperty('email');
      await aliceOf(server).owner.approve(request.id);
      await page.getByText('Check again').click();
      expect(await page.textContent('h1')).toContain('has allowed it');
      await fits();
      await page.click('[value=back]');
      expect(await page.textContent('h1')).toBe('Back at the desk');
      const ticket = visits.at(-1)?.get('ticket') ?? '';
      textMember(await desk.rpt(ticket), 200, 'access_token');
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('A5, WCAG 2.2.1 the waiting page looks quietly, says so in a status line, and shows the answer; nothing is reloaded under her', async () => {
    const desk = clientOf(server, { clientId: 'desk', method: 'none' });
    const album = await aliceOf(server).album();
    const needed = (await desk.rpt(await album.ticket('view'))).json<{ ticket: string; redirect_user: string }>();
    const { context, page, complaints } = await openContext(browser, {});
    let visits = 0;
    page.on('response', (answer) => {
      if (answer.request().isNavigationRequest()) visits += 1;
      expect(answer.headers()).not.toHaveProperty('refresh');
    });
    await page.clock.install();
    await page.goto(`${needed.redirect_user}?client_id=desk&ticket=${needed.ticket}`);
    await page.fill('[name=username]', 'bob');
    await page.fill('[name=password]', PASSWORD);
    await page.click('[type=submit]');
    await page.click('[value=send]');
    await page.locator('h1', { hasText: 'has been asked' }).waitFor();
    expect(await page.textContent('[role=status]')).toContain('as soon as there is one');
    const before = visits;
    const looked = page.waitForResponse((answer) => !answer.request().isNavigationRequest());
    await page.clock.runFor(20_000);
    expect([(await looked).status(), visits]).toEqual([200, before]);
    const request = await aliceOf(server).pendingRequest(album);
    await aliceOf(server).owner.approve(request.id);
    await page.clock.runFor(20_000);
    await page.locator('h1', { hasText: 'has allowed it' }).waitFor();
    expect(await page.locator('[role=status]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('A5 where the page has ended meanwhile it stays, and says that it no longer looks; without scripts it says nothing', async () => {
    const desk = clientOf(server, { clientId: 'desk', method: 'none' });
    const album = await aliceOf(server).album();
    for (const javaScriptEnabled of [true, false]) {
      const needed = (await desk.rpt(await album.ticket('view'))).json<{ ticket: string; redirect_user: string }>();
      const { context, page } = await openContext(browser, { javaScriptEnabled });
      if (javaScriptEnabled) await page.clock.install();
      await page.goto(`${needed.redirect_user}?client_id=desk&ticket=${needed.ticket}`);
      await page.fill('[name=username]', 'bob');
      await page.fill('[name=password]', PASSWORD);
      await page.click('[type=submit]');
      await page.click('[value=send]');
      await page.locator('h1', { hasText: 'has been asked' }).waitFor();
      await context.clearCookies();
      if (javaScriptEnabled) await page.clock.runFor(20_000);
      const told = javaScriptEnabled ? 'This page no longer looks for the answer by itself.' : '';
      const line = page.locator('[role=status]');
      const shown = await eventually(
        () => line.textContent(),
        (text) => text === told,
      );
      expect(shown).toBe(told);
      expect(await page.textContent('h1')).toContain('has been asked');
      await context.close();
    }
  });
});
