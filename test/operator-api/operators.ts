import { type SessionApi, sessionApi } from '../support/console.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Server } from '../support/server.js';
import { PASSWORD } from '../support/world.js';

/** For `describeServer`: alice runs the server. */
export const BY_ALICE = { operators: { accounts: ['alice'] } };

/** The operator API by the session of a browser in which somebody has just signed in; with no operator's by default. */
export async function operatorApi(server: Server, username = 'alice'): Promise<SessionApi> {
  const browser = new FormBrowser(server.issuer);
  await browser.submit(await browser.open(`${server.issuer}/console/`), { username, password: PASSWORD });
  return sessionApi(server, browser, 'operator-api');
}
