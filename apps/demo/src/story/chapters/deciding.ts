import { setTimeout as wait } from 'node:timers/promises';
import { shortened } from '../../shortened.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { OwnersRequest } from '../owner-app.js';
import type { StoryAlbum } from '../photo-service-view.js';
import { type Asked, firstPhoto } from './asking.js';

const ALLOWED_MINUTES = 10;

/** Alice looks at what waits for her and says yes, but to no more than viewing. Gives the request that she answered. */
export async function approve(
  { narrator, alice }: Cast,
  album: StoryAlbum,
  { besides: { scope } }: Asked,
): Promise<OwnersRequest> {
  narrator.chapter(
    scope === undefined ? 'Alice looks at her requests and allows it' : 'Alice looks at her requests and allows less',
    `Alice's app signs in for her and shows what waits: bob, at the print shop, would like to view${scope === undefined ? '' : ' and to print'}. ` +
      `She allows viewing, for ${ALLOWED_MINUTES} minutes.`,
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
  const wanted = ['view', ...(scope === undefined ? [] : [scope])].toSorted();
  must(asked.join(' ') === wanted.join(' '), `${wanted.join(' and ')} to be asked for`);
  const answer = await alice.approve(request.id, {
    scopes: { [album.resource_id]: ['view'] },
    expires_at: new Date(Date.now() + ALLOWED_MINUTES * 60_000).toISOString(),
  });
  must(answer.status === 200, 'the approval to be taken');
  narrator.good(
    'Her answer is kept as a policy: bob, through this shop, may view this album until then. She can give less than was ' +
      'asked for, never more.',
  );
  return request;
}

/** The shop comes back with its newest ticket. Gives the requesting party token. */
export async function collectToken({ narrator, shop }: Cast, asked: Asked): Promise<string> {
  narrator.chapter(
    'The shop comes back and gets its token (RPT)',
    'Same place, newest ticket. This time the answer is a requesting party token: for bob, at this shop, for this album, ' +
      'and for what alice allowed.',
  );
  await wait(asked.intervalSeconds * 1000);
  const answer = await shop.uma.present(asked.challenge, { ticket: asked.ticket, ...asked.besides });
  must(answer.outcome === 'token', 'a requesting party token');
  narrator.good(
    'The token is a random value that says nothing to whoever finds it, and it ends when alice’s yes ends. The PCT beside ' +
      'it lets the shop skip the question who bob is, the next time.',
  );
  return answer.rpt;
}

/** The photo, and what the token is not good for. */
export async function usePhoto(cast: Cast, album: StoryAlbum, rpt: string): Promise<void> {
  const { narrator, shop, photos } = cast;
  narrator.chapter(
    'The photo',
    'The shop asks for the photo again, now with the token. The photo service asks the authorization server what the ' +
      'token is worth.',
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

  narrator.good(
    'The answer allows one thing on one album, and that is what the service serves. It never learns who bob is: “sub” is a ' +
      'pseudonym that means nothing anywhere else.',
  );
  await tryToPrint(cast, album, headers);
}

async function tryToPrint(
  { narrator, shop, photos }: Cast,
  album: StoryAlbum,
  headers: Record<string, string>,
): Promise<void> {
  narrator.chapter('No prints', 'The shop tries to print all the same, with the same token.');
  const print = await shop.send({ method: 'POST', url: album.prints_url, headers, json: { photo: 1 } });
  must(print.status === 401, 'printing to be refused (401)');
  await photos.tellNews();
  narrator.good(
    'Alice did not allow that, so there is no print, only a ticket with which the shop could ask her for it.',
  );
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
