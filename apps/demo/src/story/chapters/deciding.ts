import { setTimeout as wait } from 'node:timers/promises';
import { shortened } from '../../shortened.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';
import { type Asked, firstPhoto } from './asking.js';

const ALLOWED_MINUTES = 10;

/** Alice looks at what waits for her and says yes to less than was asked. */
export async function approve({ narrator, alice }: Cast, album: StoryAlbum): Promise<void> {
  narrator.chapter(
    'Alice looks at her requests and allows less',
    `Bob's print shop would like to view and to print. Alice allows viewing, for ${ALLOWED_MINUTES} minutes.`,
  );
  await alice.signIn();
  const request = found(
    (await alice.pendingRequests()).find(({ resources }) =>
      resources.some(({ resource_id }) => resource_id === album.resource_id),
    ),
    'the request among those that wait for alice',
  );
  must(request.client.client_id === 'print-shop', 'the print shop as the client that asks');
  const asked = request.resources.flatMap(({ scopes }) => scopes).toSorted();
  must(asked.join(' ') === 'print view', 'view and print to be asked for');
  const answer = await alice.approve(request.id, {
    scopes: { [album.resource_id]: ['view'] },
    expires_at: new Date(Date.now() + ALLOWED_MINUTES * 60_000).toISOString(),
  });
  must([200, 204].includes(answer.status), 'the approval to be taken');
}

/** The shop comes back with its newest ticket. Gives the requesting party token. */
export async function collectToken({ narrator, shop }: Cast, asked: Asked): Promise<string> {
  narrator.chapter(
    'The shop comes back and gets its token (RPT)',
    'Same place, newest ticket. The token is for bob at the print shop, for this album, and for what alice allowed.',
  );
  await wait(asked.intervalSeconds * 1000);
  const answer = await shop.uma.present(asked.challenge, { ticket: asked.ticket });
  must(answer.outcome === 'token', 'a requesting party token');
  return answer.rpt;
}

/** The photo, and what the token is not good for. */
export async function usePhoto({ narrator, shop, photos }: Cast, album: StoryAlbum, rpt: string): Promise<void> {
  narrator.chapter(
    'The photo',
    'The photo service asks the authorization server what the token is worth, and serves the photo.',
  );
  const headers = { authorization: `Bearer ${rpt}` };
  const photo = await shop.send({ method: 'GET', url: firstPhoto(album), headers });
  must(photo.status === 200 && photo.text.startsWith('<svg'), 'the photo (200)');
  const asked = found(
    (await photos.tellNews()).find(({ url }) => url.endsWith('/introspect')),
    'the photo service to ask about the token',
  );
  must(
    permittedScopes(asked.responseBody, shortened(album.resource_id)) === 'view',
    'the token to carry view and nothing else',
  );

  narrator.chapter(
    'No prints',
    'The shop tries to print all the same. Alice did not allow that, so the answer is a ticket.',
  );
  const print = await shop.send({ method: 'POST', url: album.prints_url, headers, json: { photo: 1 } });
  must(print.status === 401, 'printing to be refused (401)');
  await photos.tellNews();
}

function permittedScopes(introspection: string, resourceId: string): string {
  const { permissions = [] } = JSON.parse(introspection) as {
    permissions?: { resource_id: string; resource_scopes: string[] }[];
  };
  return permissions
    .filter(({ resource_id }) => resource_id === resourceId)
    .flatMap(({ resource_scopes }) => resource_scopes)
    .join(' ');
}
