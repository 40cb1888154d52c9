import { shortened } from '../../shortened.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';

/** The photo service works for alice: it holds a PAT, and registers an album that is new for this story. */
export async function protectAlbum({ narrator, photos }: Cast): Promise<StoryAlbum> {
  narrator.chapter(
    'The photo service has a token for alice (PAT)',
    'Alice once said yes to the photo service: it may put her albums under the protection of her authorization server. ' +
      'Her yes is kept as a refresh token, which the service exchanges for a protection API token (PAT). ' +
      'This exchange brought the one that it uses now:',
  );
  const pat = await photos.tellPat();
  must(pat.status === 200 && pat.requestBody.includes('grant_type=refresh_token'), 'a PAT from a refresh token');
  must(pat.responseBody.includes('refresh_token'), 'a new refresh token with it');
  narrator.good(
    'The service can now speak for alice, but only about protecting: the PAT opens no photo and ends after ten minutes. ' +
      'Each refresh token works once: when a thief and the service both use one, that shows, and all that came of it ends.',
  );

  narrator.chapter(
    'Alice makes an album, the photo service registers it',
    'The service tells the authorization server that the album exists and what can be allowed on it: view and print.',
  );
  const time = new Date().toISOString().slice(11, 19);
  const album = await photos.createAlbum(`Summer by the sea (story of ${time})`);
  const registered = found(
    (await photos.tellNews()).find(({ method, status }) => method === 'POST' && status === 201),
    'the registration to be answered with 201',
  );
  must(registered.responseBody.includes(shortened(album.resource_id)), 'the id of the resource in the answer');
  narrator.good(
    'The album is a protected resource. Alice has allowed nobody anything yet, and what is not allowed is forbidden.',
  );
  return album;
}
