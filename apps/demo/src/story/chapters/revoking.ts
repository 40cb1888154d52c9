import { setTimeout as wait } from 'node:timers/promises';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';
import { firstPhoto } from './asking.js';

/** Alice sees what she has given and takes it back. */
export async function revoke({ narrator, alice }: Cast, album: StoryAlbum): Promise<void> {
  narrator.chapter(
    'Alice sees what she has given',
    'Her app lists everybody who holds something of hers: the print shop since a moment ago, and the photo service and ' +
      'the app itself, to which she said yes before the story began.',
  );
  const given = found(
    (await alice.authorizations()).find(({ resources }) => resources.some(({ id }) => id === album.resource_id)),
    'the print shop among alice’s authorizations',
  );
  must(given.client.client_id === 'print-shop', 'the authorization to be the print shop’s');
  narrator.good(
    'One entry for each yes: who, for whom, what, since when, until when, last used. Every token ' +
      'for something of hers belongs to an entry of this list, so what she sees here is all there is.',
  );

  narrator.chapter('Alice takes it back', 'She ends the print shop’s entry. The shop is not asked.');
  const answer = await alice.revoke(given.grant_id);
  must(answer.status === 204, 'the authorization to end (204)');
  narrator.good('With the entry every token that came out of it has ended. Nothing has to be found or handed back.');
}

/** Longer than the photo service may remember what it was told about a token. */
const FELT_AFTER_MS = 1_100;

/** The same token, the same photo: refused. */
export async function refusedPhoto({ narrator, shop, photos }: Cast, album: StoryAlbum, rpt: string): Promise<void> {
  narrator.chapter(
    'The photo is refused',
    'The photo service remembers for one second what it was told about a token. After that, the shop tries the same ' +
      'token once more.',
  );
  await wait(FELT_AFTER_MS);
  const answer = await shop.send({
    method: 'GET',
    url: firstPhoto(album),
    headers: { authorization: `Bearer ${rpt}` },
  });
  must(answer.status === 401, 'the photo to be refused (401)');
  const asked = (await photos.tellNews()).find(({ url }) => url.endsWith('/introspect'));
  must(found(asked, 'the photo service to ask again').responseBody === '{"active":false}', 'an inactive token');
  narrator.good('The same token, the same photo: worth nothing any more.');
}
