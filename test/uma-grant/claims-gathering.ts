import { clientOf } from '../support/client.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import type { Server, ServerOptions } from '../support/server.js';
import type { Credentials } from '../support/world.js';
import { PHOTOS, UMA_TICKET } from '../support/world.js';
import { ALICES_CONNECTIONS } from './photo-sharing.js';

/** Where the gallery gets people back who gave claims. */
export const BACK = 'https://gallery.example/uma?tenant=7';
/** Where it gets answers of the authorization endpoint. */
export const GALLERY_CALLBACK = 'https://gallery.example/callback';
/** One of the two addresses of the other client. */
export const VIEWER_BACK = 'com.example.viewer:/uma';

const GALLERY: Credentials = { clientId: 'gallery', method: 'client_secret_post', secret: 'g'.repeat(43) };
const VIEWER: Credentials = { clientId: 'viewer', method: 'none' };
const common = {
  publisher: 'Galleries Ltd',
  grant_types: ['authorization_code', 'refresh_token', UMA_TICKET],
  redirect_uris: [GALLERY_CALLBACK],
  scopes: ['view', 'print'],
  audiences: [PHOTOS],
};

/** What the server must be started with: clients that can send people to give claims, and alice's tokens. */
export const GATHERING = {
  connections: ALICES_CONNECTIONS,
  config: { uma: { poll_interval: '1s' } },
  env: { GALLERY_SECRET: GALLERY.secret ?? '' },
  clients: [
    {
      ...common,
      client_id: 'gallery',
      name: 'Gallery',
      type: 'confidential',
      token_endpoint_auth_method: 'client_secret_post',
      secret: { env: 'GALLERY_SECRET' },
      claims_redirect_uris: [BACK],
    },
    {
      ...common,
      client_id: 'viewer',
      name: 'Viewer',
      type: 'public',
      application_type: 'native',
      claims_redirect_uris: [VIEWER_BACK, 'http://127.0.0.1/uma'],
    },
  ],
} satisfies Omit<ServerOptions, 'engine'>;

export const galleryOf = (server: Server) => clientOf(server, GALLERY);
export const viewerOf = (server: Server) => clientOf(server, VIEWER);

/** Gives people the password with which {@link giveClaims} signs in. */
export async function givePasswords(server: Server, ...usernames: string[]): Promise<void> {
  await Promise.all(usernames.map((username) => givePassword(server, username)));
}

/** Where the gallery sends a browser; `undefined` leaves a parameter out. */
export function claimsUrl(server: Server, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(`${server.issuer}/uma/claims`);
  for (const [name, value] of Object.entries({ client_id: 'gallery', ...parameters }))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

export const credentialsOf = (username: string) => ({ username, password: PASSWORD });

/** Opens the address and signs in where she is asked to. @returns the page with the facts */
export async function arrive(
  server: Server,
  url: string,
  username = 'carol',
  browser = new FormBrowser(server.issuer),
) {
  const page = await browser.open(url);
  const shown = page.text.includes('name="password"') ? await browser.submit(page, credentialsOf(username)) : page;
  return { browser, shown };
}

/** Gives everything. @returns where she is sent, or the page that says who is asked */
export async function giveClaims(server: Server, ticket: string, username = 'carol'): Promise<Shown> {
  const { browser, shown } = await arrive(server, claimsUrl(server, { ticket, state: 'xyz' }), username);
  return browser.submit(shown, { decision: 'send' });
}
