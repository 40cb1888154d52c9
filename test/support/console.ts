import type { Page } from 'playwright-core';
import type { Answer } from './http.js';
import type { FormBrowser } from './form-browser.js';
import type { Server } from './server.js';
import { PASSWORD } from './world.js';

/** Opens a screen of the owner's console in a real browser, by way of the sign-in. @param path - below `/console` */
export async function openConsole(server: Server, page: Page, username = 'alice', path = '/'): Promise<void> {
  await page.goto(`${server.issuer}/console${path}`);
  if (await page.locator('input[name=password]').count()) await signInAgain(page, username);
  await page.locator('#content h1').waitFor();
}

/** Opens a screen of the operator's console, by way of the sign-in. @param path - below `/operator` */
export async function openOperator(server: Server, page: Page, path = '/', username = 'alice'): Promise<void> {
  await page.goto(`${server.issuer}/operator${path}`);
  if (await page.locator('input[name=password]').count()) await signInAgain(page, username);
  await page.locator('#content h1').waitFor();
}

/** Fills the sign-in page in, in whatever language it is. */
export async function signInAgain(page: Page, username = 'alice'): Promise<void> {
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main button.primary').first().click();
}

type Headers = Readonly<Record<string, string>>;

/** The owner API, or the operator API, as a console calls it: with the cookies of a browser that is signed in. */
export interface SessionApi {
  readonly csrf: string;
  /** Of a change as the console makes it. */
  readonly headers: Headers;
  get(path: string, headers?: Headers): Promise<Answer>;
  /** A change as the console makes it; `headers` replace its own, and an empty one is left out. */
  change(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
}

/** @param browser - signed in, by {@link FormBrowser} */
export async function sessionApi(
  { http, issuer }: Server,
  browser: FormBrowser,
  api: 'me' | 'operator-api' = 'me',
): Promise<SessionApi> {
  const names = ['vk_browser', 'vk_session'];
  const cookie = names.map((name) => `${name}=${browser.cookie(name) ?? ''}`).join('; ');
  const get = (path: string, headers: Headers = {}) => http.get(`/${api}/${path}`, { headers: { cookie, ...headers } });
  const csrf = String((await http.get('/me/session', { headers: { cookie } })).json()['csrf_token']);
  const own = { cookie, origin: new URL(issuer).origin, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' };
  const change = (method: string, path: string, body?: unknown, headers: Headers = {}) => {
    const all = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== '');
    const options = { headers: Object.fromEntries(all) };
    return body === undefined
      ? http.send({ method, path: `/${api}/${path}`, ...options })
      : http.json(method, `/${api}/${path}`, body, options);
  };
  return { csrf, headers: own, get, change };
}
