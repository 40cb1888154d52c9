import { FormBrowser, type Shown } from '../support/form-browser.js';
import type { Server } from '../support/server.js';
import { PASSWORD, PASSWORD_VARIABLE } from '../support/world.js';

export { PASSWORD } from '../support/world.js';
export const NEW_PASSWORD = 'nine green hills in rain';

/** Settings for people with passwords, each for one test. */
export function people(...names: readonly string[]) {
  const accounts = names.map((name) => ({
    id: name,
    username: name,
    name: `${name} <b>Example</b>`,
    email: `${name}@example.org`,
    password: { env: PASSWORD_VARIABLE },
  }));
  return { config: { accounts }, env: { [PASSWORD_VARIABLE]: PASSWORD } };
}

/** Opens a page of the account in a fresh browser, signs in where she is asked to. @returns the browser and the page */
export async function signedIn(
  server: Server,
  username: string,
  { page = '', password = PASSWORD }: { page?: string; password?: string } = {},
): Promise<{ browser: FormBrowser; shown: Shown }> {
  const browser = new FormBrowser(server.issuer);
  const signIn = await browser.open(`${server.issuer}/account${page}`);
  return { browser, shown: await browser.submit(signIn, { username, password }) };
}

/** Whether the browser is signed in: the account shows itself without asking. */
export async function isSignedIn(server: Server, browser: FormBrowser): Promise<boolean> {
  const { url } = await browser.open(`${server.issuer}/account`);
  return url === `${server.issuer}/account`;
}
