import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { authorizationRequest, VERIFIER } from './authorization-request.js';
import { commandBeside } from './control-socket.js';
import { FormBrowser, type Shown } from './form-browser.js';
import type { Server } from './server.js';
import { CALLBACK, PASSWORD, type Settings } from './world.js';

export { PASSWORD } from './world.js';

/** Gives an account the password, beside the running server, unless its settings gave it one: a command takes a second. */
export async function givePassword(server: Server, username: string): Promise<void> {
  const settings = JSON.parse(await readFile(join(server.directory, 'valetkey.yaml'), 'utf8')) as Settings;
  const account = (settings['accounts'] as Settings[]).find((one) => one['username'] === username);
  if (account?.['password'] !== undefined) return;
  const isSqlite = !existsSync(join(server.directory, 'database-url'));
  const { code, stdout, stderr } = isSqlite
    ? await commandBeside(server, 'account-password', { username, password: PASSWORD })
    : await server.runCommand(['account-password', username], `${PASSWORD}\n`);
  if (code !== 0) throw new Error(`account-password ended with ${code}: ${stdout}${stderr}`);
}

/** She opens an authorization request, signs in where she is asked to, and allows what is asked. @returns where she is sent */
export async function allowed(browser: FormBrowser, url: string, username = 'alice'): Promise<URL> {
  let page = await browser.open(url);
  if (page.text.includes('name="password"')) page = await browser.submit(page, { username, password: PASSWORD });
  if (page.text.includes('value="allow"')) page = await browser.submit(page, { decision: 'allow' });
  return locationOf(page);
}

/** The form with which a public client redeems a code that a person has just allowed it, at a browser of her own. */
export async function allowedCode(server: Server, clientId: string, scope: string): Promise<Record<string, string>> {
  const query = new URLSearchParams(authorizationRequest({ client_id: clientId, scope }));
  const back = await allowed(new FormBrowser(server.issuer), `${server.issuer}/authorize?${query.toString()}`);
  return {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: back.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
}

/** Where a browser was sent outside the server; throws with the page when it was not. */
export function locationOf({ left, status, text }: Shown): URL {
  if (!left) throw new Error(`${status}, no redirect:\n${text}`);
  return left;
}
