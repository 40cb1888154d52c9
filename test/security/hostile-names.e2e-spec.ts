import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { documentedPaths, type OpenApi } from '../documentation/documented-answers.js';
import { ownersOf } from '../owner-api/owners.js';
import { authorizationRequest } from '../support/authorization-request.js';
import { launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { clientOf } from '../support/client.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { REDIRECT } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { CALLBACK } from '../support/world.js';
import { RETURN } from '../operator-api/clients.js';
import {
  claimsPage,
  type Field,
  FIELDS,
  hostile,
  HOSTILE,
  PAYLOAD,
  plant,
  type Planted,
  plantInFile,
  plantWorse,
  USERNAME,
} from './hostile-world.js';

/** Controls of direction are taken out of names or kept inside of them; the rest is as it was written. */
const READ = `(() => {
  const fields = [...document.querySelectorAll('input, textarea, option, [aria-label], [title]')];
  const spoken = fields.flatMap((one) => [one.value, one.getAttribute('aria-label'), one.title]);
  const text = [document.title, document.body.textContent, ...spoken].join('\\n').replace(/[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/g, '');
  const made = document.querySelectorAll('[onerror], [onload], img[src="x"], svg[onload], [href^="javascript:" i], [action^="javascript:" i], [src^="javascript:" i]');
  const isIsolated = (node) => {
    if (node.parentElement.closest('bdi, title, textarea, option, [dir=auto]')) return true;
    const before = node.data.slice(0, node.data.indexOf('\\u202e'));
    return before.lastIndexOf('\\u2068') > before.lastIndexOf('\\u2069');
  };
  const turning = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.includes('\\u202e') && !isIsolated(walker.currentNode)) turning.push(walker.currentNode.parentElement.outerHTML);
  return { text, made: [...made].map((one) => one.outerHTML), ran: globalThis.xss === 1, turning };
})()`;

interface Reading {
  readonly text: string;
  readonly made: readonly string[];
  readonly ran: boolean;
  readonly turning: readonly string[];
}

/** Written by somebody and shown on no page. */
const NOWHERE: readonly Field[] = ['handoverNote', 'browser'];

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();

describeServer('attack class 218: hostile names everywhere', { ...HOSTILE, engines: ONE_ENGINE }, (server) => {
  let browser: Browser;
  let planted: Planted;
  const seen = new Set<Field>();
  const visited: string[] = [];
  const opened: WatchedContext[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    await plantInFile(server());
    planted = await plant(server());
  }, 120_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    const complaints = opened.flatMap((one) => one.complaints);
    for (const { context } of opened.splice(0)) await context.close();
    expect(complaints).toEqual([]);
  });

  async function open(): Promise<Page> {
    const watched = await openContext(browser, { userAgent: hostile('browser'), reducedMotion: 'reduce' });
    opened.push(watched);
    return watched.page;
  }

  /** Looks at the page as it is. */
  async function look(page: Page): Promise<string> {
    const address = page.url().slice(server().issuer.length);
    const { text, ...found } = await page.evaluate<Reading>(READ);
    expect({ address, ...found }).toEqual({ address, made: [], ran: false, turning: [] });
    for (const field of Object.keys(FIELDS) as Field[]) if (text.includes(hostile(field))) seen.add(field);
    visited.push(new URL(page.url()).pathname);
    return text;
  }
  const visit = async (page: Page, path: string) => {
    await page.goto(server().issuer + path);
    visited.push(path.split('?')[0] ?? '');
    return look(page);
  };
  const screen = async (page: Page, path: string) => {
    await page.goto(server().issuer + path);
    await page.locator('#content h1').waitFor();
    await eventually(
      () => page.locator('[aria-busy=true]').count(),
      (loading) => loading === 0,
    );
    return look(page);
  };
  const consentUrl = (client_id: string, redirect_uri: string, scope = 'openid') =>
    `/authorize?${query(authorizationRequest({ client_id, redirect_uri, scope, state: PAYLOAD, login_hint: hostile('email') }))}`;

  it('what is no text, and what is an address that runs, is taken by no way in', async () => {
    const taken = (await plantWorse(server())).filter(([, status]) => status !== 400);
    expect(taken).toEqual([]);
  });

  it('pages for who is not signed in: no name and no parameter is more than text', async () => {
    const page = await open();
    const odd = encodeURIComponent(hostile('label'));
    for (const path of [
      '/',
      `/nothing/${odd}`,
      `/authorize?client_id=${odd}`,
      `/authorize?${query(authorizationRequest({ client_id: 'print-shop', redirect_uri: 'javascript:xss=1' }))}`,
      `/uma/claims?client_id=${odd}&ticket=${odd}`,
      `/sign-out?client_id=${odd}&state=${odd}&post_logout_redirect_uri=${odd}`,
      `/device?user_code=${odd}`,
      `/account/recovery/${odd}`,
      `/account/recovery/sent?x=${odd}`,
      `/account/recovery/done?x=${odd}`,
      `/interaction/${odd}`,
      `/console/sign-in?return=/console/${odd}`,
      `/docs?${odd}`,
      consentUrl('print-shop', CALLBACK),
    ])
      await visit(page, path);
    await page.locator('input[name=username]').fill(USERNAME);
    await page.locator('input[name=password]').fill(hostile('label'));
    await page.locator('main button.primary').first().click();
    await page.locator('#problem').waitFor();
    expect(await look(page)).toContain(USERNAME);
    await visit(page, '/account/recovery');
    await page.locator('main input:not([type=hidden])').fill(hostile('email'));
    await page.locator('main button[type=submit], main button.primary').first().click();
    await page.waitForURL(/sent/);
    await look(page);
  });

  it('pages that ask and tell her: applications, devices and services stay text', async () => {
    const page = await open();
    await page.goto(server().issuer + consentUrl('print-shop', CALLBACK, 'openid view'));
    await signInAgain(page, USERNAME);
    await page.locator('button[value=allow]').waitFor();
    await look(page);
    const [, made = '', own = ''] = planted.clients;
    for (const [client, address] of [
      [made, RETURN],
      [own, REDIRECT],
    ] as const)
      expect(await visit(page, consentUrl(client, address))).toContain(PAYLOAD);
    const asked = { scope: 'openid view', device_name: hostile('device') };
    const device = await clientOf(server(), 'print-shop').post('/device_authorization', asked);
    await visit(page, new URL(textMember(device, 200, 'verification_uri_complete')).pathname);
    await page.locator('input[name=user_code]').fill(textMember(device, 200, 'user_code'));
    await page.locator('main button.primary').first().click();
    await page.locator('button[value=allow]').waitFor();
    await look(page);
    const album = await ownersOf(server()).bob.album(hostile('resource'));
    await page.goto(await claimsPage(server(), album));
    await page.locator('[value=send]').waitFor();
    await look(page);
    await page.locator('[value=send]').click();
    await page.getByText('has been asked').first().waitFor();
    await look(page);
    await visit(page, '/account');
    const links = await page.evaluate<string[]>(
      `[...document.querySelectorAll('main a[href*="/account/"]')].map((one) => one.getAttribute('href'))`,
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) await visit(page, new URL(link, server().issuer).pathname);
    for (const path of [
      `/sign-out?client_id=print-shop&state=${encodeURIComponent(PAYLOAD)}`,
      ...planted.clients.map((id) => `/operator/preview/${id}`),
    ])
      await visit(page, path);
  });

  it('every other page that there is, as it is for somebody in the middle of something', async () => {
    const page = await open();
    await page.goto(server().issuer + consentUrl('print-shop', CALLBACK, 'openid view'));
    await signInAgain(page, USERNAME);
    await page.locator('button[value=allow]').waitFor();
    const [id = ''] = new URL(page.url()).pathname.split('/').slice(2);
    const document = (await (await fetch(`${server().issuer}/docs-json`)).json()) as OpenApi;
    const pages = documentedPaths(document)
      .filter(({ path, methods }) => methods.includes('GET') && isPage(document, path))
      .map(({ path }) => path);
    expect(pages.length).toBeGreaterThan(15);
    const isVisited = (path: string) => visited.some((one) => patternOf(path).test(one));
    for (const path of pages.filter((one) => !isVisited(one))) await visit(page, path.replaceAll(/\{\w+\}/g, id));
    expect(pages.filter((path) => !isVisited(path))).toEqual([]);
  });

  it('every screen of her console', async () => {
    const page = await open();
    await openConsole(server(), page, USERNAME);
    const odd = encodeURIComponent(hostile('label'));
    const ids = { resources: planted.album, applications: 'client:print-shop', access: planted.share };
    const routes = await routesOf('owner');
    for (const path of routes) {
      const [, first = ''] = path.split('/');
      await screen(page, `/console${path.replace('$id', encodeURIComponent(ids[first as keyof typeof ids] ?? ''))}`);
    }
    for (const path of [
      `/nowhere/${odd}`,
      `/?q=${odd}`,
      `/access?q=${odd}&by=resource`,
      '/access?removed=true',
      '/requests?show=answered',
      `/activity?q=${odd}`,
      `/resources/${odd}`,
      `/applications/${odd}`,
      `/access/${odd}`,
      '/stop?subject=account:carol',
    ])
      await screen(page, `/console${path}`);
  });

  it('every screen of the operator’s console', async () => {
    const page = await open();
    await openConsole(server(), page, USERNAME);
    const odd = encodeURIComponent(hostile('label'));
    const [shop = '', ...others] = planted.clients;
    for (const path of await routesOf('operator'))
      await screen(page, `/operator${path.replace('$id', path.startsWith('/wording') ? planted.scope : shop)}`);
    for (const id of others) for (const task of ['', '/who']) await screen(page, `/operator/clients/${id}${task}`);
    for (const path of [`/clients?q=${odd}`, `/clients/${odd}`, `/wording/${odd}`, `/nowhere/${odd}`])
      await screen(page, `/operator${path}`);
  });

  it('what was planted was seen', async () => {
    const fields = Object.keys(FIELDS) as Field[];
    expect(fields.filter((field) => !seen.has(field))).toEqual(NOWHERE);
  });
});

/** Addresses of all screens, as in the list of routes. */
async function routesOf(console: 'owner' | 'operator'): Promise<string[]> {
  const text = await readFile(`apps/console/src/${console}/routes.ts`, 'utf8');
  const blocks = [...text.matchAll(/getParentRoute: \(\) => (\w+),\s*path: '([^']+)'/g)];
  const parents: Readonly<Record<string, string>> = { resource: '/resources/$id', client: '/clients/$id' };
  const found = blocks.map(
    ([, parent = '', path = '']) => (parents[parent] ?? '') + (path === '/' && parent in parents ? '' : path),
  );
  expect(found.length).toBeGreaterThan(5);
  return [...new Set(found)];
}

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** Whether a browser is shown something of ours there. */
function isPage(document: OpenApi, path: string): boolean {
  const answers = Object.values(document.paths[path]?.['get']?.responses ?? {});
  return answers.some(({ content }) => content !== undefined && 'text/html' in content);
}
