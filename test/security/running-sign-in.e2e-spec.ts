import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, Page } from 'playwright-core';

import { authorizationRequest } from '../support/authorization-request.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';

const REQUEST = authorizationRequest({ client_id: 'print-shop' });
const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();

/** A page of another site that sends a form as soon as it is opened. */
async function foreignSite(action: string, fields: Readonly<Record<string, string>>): Promise<HttpServer> {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  const page = `<!doctype html><form method="post" action="${action}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
  const site = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end(page));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  return site;
}

const addressOf = (site: HttpServer) => `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;

describeServer('sign-ins under way, and other sites', { issuerHost: 'localhost' }, (server) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    await givePassword(server(), 'alice');
  });
  afterAll(() => browser?.close());

  it('24, 215 a form without cookies is asked again by GET: it sets none, signs nobody out, and loses no parameter', async () => {
    const { http, issuer } = server();
    const other = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
    for (const [path, form] of [
      ['/authorize', { ...REQUEST, resource: 'https://photos.example' }],
      ['/sign-out', { client_id: 'print-shop', state: 'a b&c' }],
    ] as const)
      for (const from of [other, {}]) {
        const answer = await http.form(path, form, from);
        expect([answer.status, answer.headers['set-cookie']]).toEqual([303, undefined]);
        const next = new URL(answer.headers.location ?? '');
        expect(next.origin + next.pathname).toBe(issuer + path);
        expect(Object.fromEntries(next.searchParams)).toEqual(form);
      }
    const long = await http.form('/authorize', { ...REQUEST, login_hint: 'x'.repeat(9_000) }, other);
    expect([long.status, long.headers['set-cookie'], long.headers.location]).toEqual([413, undefined, undefined]);
    const twice = await http.form('/authorize', [...Object.entries(REQUEST), ['state', 'other']], other);
    expect([twice.status, twice.headers['set-cookie']]).toEqual([400, undefined]);
  });

  it('24 several sign-ins live side by side in one browser, each with its own end', async () => {
    const person = new FormBrowser(server().issuer);
    const pages: Shown[] = [];
    for (const state of ['first', 'second', 'third'])
      pages.push(await person.open(`${server().issuer}/authorize?${query({ ...REQUEST, state })}`));
    expect(new Set(pages.map(({ url }) => url)).size).toBe(3);
    const states: (string | null | undefined)[] = [];
    for (const page of [...pages].reverse()) {
      const asked = await person.submit(page, { username: 'alice', password: PASSWORD });
      const { left } = asked.left ? asked : await person.submit(asked, { decision: 'allow' });
      states.push(left?.searchParams.get('state'));
    }
    expect(states).toEqual(['third', 'second', 'first']);
  });

  it('24, 215 another site’s form to /authorize neither breaks nor takes over a sign-in under way in the browser', async () => {
    const { context, page } = await openContext(browser);
    const secret = async () => (await context.cookies()).find(({ name }) => name === 'vk_browser')?.value;
    const evil = await foreignSite(`${server().issuer}/authorize`, { ...REQUEST, state: 'planted' });
    try {
      await page.goto(`${server().issuer}/authorize?${query({ ...REQUEST, state: 'mine' })}`);
      const before = await secret();
      const planted = await context.newPage();
      await planted.goto(addressOf(evil));
      await planted.getByLabel('Password').waitFor();
      expect(await secret()).toBe(before);
      expect(planted.url()).not.toBe(page.url());
      expect((await finish(page)).searchParams.get('state')).toBe('mine');
    } finally {
      evil.close();
      evil.closeAllConnections();
      await context.close();
    }
  });

  it('OC-07 a sign-out that an application posts ends the session that the browser has', async () => {
    const { context, page } = await openContext(browser);
    const shop = await foreignSite(`${server().issuer}/sign-out`, { client_id: 'print-shop' });
    try {
      await page.goto(`${server().issuer}/account`);
      await signIn(page);
      await page.waitForURL(`${server().issuer}/account`);
      await page.goto(addressOf(shop));
      // 225 nothing proves that she wants it: she is asked.
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.goto(`${server().issuer}/account`);
      await page.getByLabel('Password').waitFor();
    } finally {
      shop.close();
      shop.closeAllConnections();
      await context.close();
    }
  });
});

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('User name or e-mail address').fill('alice');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in and allows. @returns where the browser is sent */
async function finish(page: Page): Promise<URL> {
  const back = page.waitForRequest(/^https:\/\/shop\.example\//);
  await signIn(page);
  const allow = page.getByRole('button', { name: 'Allow' });
  await Promise.race([back, allow.waitFor()]);
  if (await allow.isVisible().catch(() => false)) await allow.click({ noWaitAfter: true });
  return new URL((await back).url());
}
