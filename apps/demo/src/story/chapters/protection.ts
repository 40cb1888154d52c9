import { shortened } from '../../shortened.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';

/** The photo service works for alice: it holds a PAT, and registers an album that is new for this story. */
export async function protectAlbum({ narrator, photos }: Cast): Promise<StoryAlbum> {
  narrator.chapter(
    'The photo service has a token for alice (PAT)',
    'Alice once allowed the photo service to put her albums under the protection of her authorization server. ' +
      'The service turns its refresh token into a protection API token, and keeps the new refresh token. ' +
      'This is how it got the one that it uses now:',
  );
  const pat = await photos.tellPat();
  must(pat.status === 200 && pat.requestBody.includes('grant_type=refresh_token'), 'a PAT from a refresh token');
  must(pat.responseBody.includes('refresh_token'), 'a new refresh token with it');

  narrator.chapter(
    'Alice makes an album, the photo service registers it',
    'The service tells the authorization server that the album exists and what can be allowed on it. ' +
      'Nobody has been allowed anything yet.',
  );
  const album = await photos.createAlbum(`Story of ${new Date().toISOString().slice(0, 19).replace('T', ' ')}`);
  const registered = found(
    (await photos.tellNews()).find(({ method, status }) => method === 'POST' && status === 201),
    'the registration to be answered with 201',
  );
  must(registered.responseBody.includes(shortened(album.resource_id)), 'the id of the resource in the answer');
  narrator.good('The album is a protected resource.');
  return album;
}
