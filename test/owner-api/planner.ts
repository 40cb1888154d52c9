import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import type { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import type { Server } from '../support/server.js';
import { PHOTOS } from '../support/world.js';

const SECRET = 'planner-secret-planner-secret-planner-00';
const CALLBACK = 'https://planner.example/callback';

/** What the server must be started with for applications of these names, which people allow something at a page. */
export function planners(...names: readonly string[]) {
  return {
    clients: names.map((client_id) => ({
      client_id,
      name: `Planner ${client_id}`,
      type: 'confidential',
      secret: { env: 'PLANNER_SECRET' },
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirect_uris: [CALLBACK],
      scopes: ['openid', 'offline_access', 'photos.read', 'grant_management_revoke'],
      audiences: [PHOTOS],
    })),
    env: { PLANNER_SECRET: SECRET },
  };
}

/** One of {@link planners}. */
export function plannerOf({ issuer, http }: Server, client: string) {
  const headers = { authorization: basic(client, SECRET) };
  const asks = (browser: FormBrowser) => {
    const scope = 'openid offline_access photos.read';
    const request = authorizationRequest({ client_id: client, redirect_uri: CALLBACK, scope });
    return browser.open(`${issuer}/authorize?${new URLSearchParams(request).toString()}`);
  };
  const fetches = async (back: URL | undefined) => {
    const code = back?.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return (await http.form('/token', form, { headers })).json<{ refresh_token: string }>().refresh_token;
  };
  return {
    /** @returns the page that it leads to, or where it ended */
    asks,
    /** @returns the refresh token for the code of that address */
    fetches,
    /** She is signed in in the browser, and allows it. @returns the refresh token */
    isAllowed: async (browser: FormBrowser, duration = '30') =>
      fetches((await browser.submit(await asks(browser), { decision: 'allow', duration })).left),
    /** @returns the status */
    refreshes: async (refresh_token: string) =>
      (await http.form('/token', { grant_type: 'refresh_token', refresh_token }, { headers })).status,
    /** Ends a grant of its own (Grant Management section 6.4). @returns the status */
    ends: async (grantId: string) => {
      const form = { grant_type: 'client_credentials', scope: 'grant_management_revoke' };
      const bearer = (await http.form('/token', form, { headers })).json<{ access_token: string }>().access_token;
      return (await http.send({ method: 'DELETE', path: `/grants/${grantId}`, bearer })).status;
    },
  };
}
