import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';

import { violations } from '../support/axe.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { clientOf } from '../support/client.js';
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
    60_000,
  );

  it('A5, WCAG 2.2.1 the waiting page shows the answer by itself, without scripts; who stops that looks by hand', async () => {
    const desk = clientOf(server, { clientId: 'desk', method: 'none' });
    const album = await aliceOf(server).album();
    const needed = (await desk.rpt(await album.ticket('view'))).json<{ ticket: string; redirect_user: string }>();
    const { context, page } = await openContext(browser, { javaScriptEnabled: false });
    let refresh: string | undefined;
    page.on('response', (answer) => {
      if (answer.request().isNavigationRequest()) refresh = answer.headers()['refresh'];
    });
    await page.goto(`${needed.redirect_user}?client_id=desk&ticket=${needed.ticket}`);
    await page.fill('[name=username]', 'bob');
    await page.fill('[name=password]', PASSWORD);
    await page.click('[type=submit]');
    expect([await page.textContent('h1'), refresh]).toEqual([expect.stringContaining('who is asking'), undefined]);
    await page.click('[value=send]');
    expect([await page.textContent('h1'), refresh]).toEqual([expect.stringContaining('has been asked'), '30']);
    await page.getByText('Stop that').click();
    expect(await page.textContent('main')).toContain('does not look for the answer by itself');
    await page.getByText('Check again').click();
    expect(await page.textContent('main')).toContain('does not look for the answer by itself');
    expect(refresh).toBeUndefined();
    // Half a minute in no time, wherever the server lets the page look again.
    await page.route('**/interaction/*', async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      const { refresh: after, ...headers } = answer.headers();
      const sooner: Record<string, string> = after === '30' ? { refresh: '1' } : {};
      await route.fulfill({ response: answer, headers: { ...headers, ...sooner } });
    });
    await page.getByText('Let it look by itself').click();
    expect(refresh).toBe('1');
    const request = await aliceOf(server).pendingRequest(album);
    await aliceOf(server).owner.approve(request.id);
    await page.locator('h1', { hasText: 'has allowed it' }).waitFor();
    expect(refresh).toBeUndefined();
    await context.close();
  }, 60_000);
});
