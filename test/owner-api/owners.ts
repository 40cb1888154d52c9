import { clientOf } from '../support/client.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import { type OwnerApi, ownerApi, type ProtectionApi, protectionApi, requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';

/** What the server must be started with so that {@link ownersOf} finds the tokens of both owners. */
export const OWNERS_CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
  { account: 'bob', client: 'owner-app', scope: 'authorizations authorizations.write' },
];

/** An owner at the photo service. */
export interface Person {
  readonly photos: ProtectionApi;
  readonly owner: OwnerApi;
  readonly token: string;
  /** Registers an album with the scopes view and print. @returns its id */
  album(name?: string): Promise<string>;
}

export interface Owners {
  readonly alice: Person;
  readonly bob: Person;
}

export function ownersOf(server: Server): Owners {
  const [alicePat, aliceOwner, bobPat, bobOwner] = server.connections.map((connection) => connection.access_token);
  if (!alicePat || !aliceOwner || !bobPat || !bobOwner) throw new Error('Start the server with OWNERS_CONNECTIONS');
  return { alice: personOf(server, alicePat, aliceOwner), bob: personOf(server, bobPat, bobOwner) };
}

function personOf(server: Server, pat: string, token: string): Person {
  const photos = protectionApi(server, pat);
  const album = (name = 'Summer') => photos.register({ name, resource_scopes: ['view', 'print'] });
  return { photos, owner: ownerApi(server, token), token, album };
}

/** Dave asks for an album at the print shop and the owner has to decide. */
export interface Asking {
  readonly requestId: string;
  /** Asks again with the ticket of the answer before. */
  again(): Promise<Answer>;
}

export async function daveAsks(
  server: Server,
  { photos, owner }: Person,
  album: string,
  scopes: readonly string[] = ['view', 'print'],
): Promise<Asking> {
  const ticket = await photos.ticket({ resource_id: album, resource_scopes: scopes });
  let answer = await requestingParty(server, DAVE, 'print-shop').present(ticket);
  if (answer.json()['error'] !== 'request_submitted') throw new Error(`Dave was not told to wait: ${answer.text}`);
  const { items } = (await owner.get('requests?state=pending&limit=200')).json<{ items: RequestJson[] }>();
  const request = items.find(({ resources }) => resources.some((resource) => resource.resource_id === album));
  if (!request) throw new Error('No request for the album is pending');
  const again = async () => {
    const { ticket: next } = answer.json<{ ticket: string }>();
    answer = await clientOf(server, 'print-shop').rpt(next);
    return answer;
  };
  return { requestId: request.id, again };
}

export interface RequestJson {
  readonly id: string;
  readonly state: string;
  readonly resources: readonly { readonly resource_id: string; readonly scopes: readonly string[] }[];
}

export interface ListJson<T = Record<string, unknown>> {
  readonly items: readonly T[];
  readonly next_cursor?: string;
}

/** All items of a list, page by page. */
export async function everyPage<T = Record<string, unknown>>(
  owner: OwnerApi,
  list: string,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${cursor}`;
    const page = (await owner.get(`${list}limit=${limit}${after}`)).json<ListJson<T>>();
    if (page.items.length > limit) throw new Error('The page is longer than it may be');
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return items;
}

/** Status and error code of an answer, such as `404 not_found`; the status alone where there is no error. */
export function outcome(answer: Answer): string {
  const { error } = answer.text === '' ? {} : answer.json<{ error?: string }>();
  return error === undefined ? String(answer.status) : `${answer.status} ${error}`;
}
