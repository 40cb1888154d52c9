import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import { type OwnerApi, ownerApi, type Permission, type ProtectionApi, protectionApi } from '../support/uma.js';
import type { Settings } from '../support/world.js';

/** What the server must be started with so that {@link aliceOf} finds her tokens. */
export const ALICES_CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];

/** The same for bob, to be put behind alice's: `aliceOf(server, 2)` is bob then. */
export const BOBS_CONNECTIONS = ALICES_CONNECTIONS.map((connection) => ({ ...connection, account: 'bob' }));

export const CAROLS_ACCOUNT = { type: 'account', account_id: 'carol' };
export const ANYONE = { type: 'anyone' };

/** A person as the partner names her. */
export const partnerSubject = ({ world }: Server, subject: string) => ({
  type: 'partner',
  issuer: world.partner.issuer,
  subject,
});

/** Alice keeps albums at the photo service and says who may do what with them. */
export interface Alice {
  readonly photos: ProtectionApi;
  readonly owner: OwnerApi;
  /** Registers an album that nobody may see yet; with `view` and `print` if no scopes are given. */
  album(...scopes: string[]): Promise<Album>;
  /** What an RPT is worth at the photo service now; an empty list for a dead one. */
  permissions(rpt: string): Promise<Permission[]>;
  /** The pending request that names the album; throws when there is none. */
  pendingRequest(album: Album): Promise<PendingRequest>;
}

export interface Album {
  readonly id: string;
  /** A permission on this album. */
  on(...scopes: string[]): Permission;
  ticket(...scopes: string[]): Promise<string>;
  /** Writes a policy. @returns its id */
  share(subject: object, scopes: readonly string[], more?: object): Promise<string>;
}

export interface PendingRequest {
  readonly why?: string;
  readonly id: string;
  readonly state: string;
  readonly client: { readonly client_id: string };
  readonly requesting_party: Record<string, unknown>;
  readonly resources: readonly { readonly resource_id: string; readonly scopes: readonly string[] }[];
}

/** @param first which of the server's connections is the PAT; the next one is the token of the owner app */
export function aliceOf(server: Server, first = 0): Alice {
  const [protection, management] = server.connections.slice(first);
  if (!protection || !management) throw new Error('Start the server with the connections of the owner');
  const photos = protectionApi(server, protection.access_token);
  const owner = ownerApi(server, management.access_token);
  return {
    photos,
    owner,
    album: async (...scopes) => {
      const id = await photos.register({
        name: 'Album',
        resource_scopes: scopes.length > 0 ? scopes : ['view', 'print'],
      });
      return albumOf(id, photos, owner);
    },
    permissions: async (rpt) => (await photos.introspect(rpt)).json<{ permissions?: Permission[] }>().permissions ?? [],
    pendingRequest: async (album) => {
      const { items } = (await owner.get('requests?state=pending&limit=200')).json<{ items: PendingRequest[] }>();
      const request = items.find(({ resources }) => resources.some((one) => one.resource_id === album.id));
      if (!request) throw new Error('No request for the album is pending');
      return request;
    },
  };
}

function albumOf(id: string, photos: ProtectionApi, owner: OwnerApi): Album {
  const on = (...scopes: string[]) => ({ resource_id: id, resource_scopes: scopes });
  return {
    id,
    on,
    ticket: (...scopes) => photos.ticket(on(...scopes)),
    share: (subject, scopes, more = {}) => owner.share({ resource_id: id, subject, scopes, ...more }),
  };
}

/** Status and error code of an answer, such as `403 need_info`; the status alone where there is no error. */
export function outcome(answer: Answer): string {
  const { error } = answer.text === '' ? {} : answer.json<{ error?: string }>();
  return error === undefined ? String(answer.status) : `${answer.status} ${error}`;
}

/** Changes the settings in place and starts the server again on them. */
export async function reconfigure(server: Server, change: (settings: Settings) => void): Promise<void> {
  const file = join(server.directory, 'valetkey.yaml');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Settings;
  change(settings);
  await writeFile(file, JSON.stringify(settings));
  await server.restart();
}

/** The settings of one entry in a list such as `clients`, to be changed inside {@link reconfigure}. */
export function entryOf(settings: Settings, list: string, member: string, value: string): Settings {
  const entry = (settings[list] as Settings[]).find((one) => one[member] === value);
  if (!entry) throw new Error(`No ${member} ${value} in ${list}`);
  return entry;
}
