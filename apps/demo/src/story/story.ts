import type { DemoSettings } from '../settings.js';
import { tryNext } from '../try-next.js';
import type { Cast } from './cast.js';
import { askForPhoto, askOnceMore } from './chapters/asking.js';
import { approve, collectToken, usePhoto } from './chapters/deciding.js';
import { mustKnowWhatBobGave, signOutAtServer } from './chapters/gathering.js';
import { protectAlbum } from './chapters/protection.js';
import { refusedPhoto, revoke } from './chapters/revoking.js';
import { signIn, signOut } from './chapters/signing-in.js';
import { StoryError } from './must.js';
import type { StoryAlbum } from './photo-service-view.js';
import { introduceEverybody } from './who-is-who.js';

const SUMMARY = [
  'Bob signed in without giving the shop a password; it knows him by a name that nobody else has for him.',
  'The photo service never knew bob, the partner or the shop, and decided nothing about them.',
  'The shop got a token for one person, one album and one thing to do, and for ten minutes.',
  'Alice said yes to less than was asked, saw what she had given, and took it back: it ended within a second.',
];

/** What the chapters after the first two tell, about an album that is there for them. */
type Chapters = (cast: Cast, album: StoryAlbum) => Promise<void>;

/** The whole story. */
export async function tellStory(cast: Cast, settings: DemoSettings): Promise<void> {
  const { narrator } = cast;
  introduceEverybody(narrator);
  await withAlbum(cast, tellChapters);
  narrator.chapter('What happened');
  for (const line of SUMMARY) narrator.good(line);
  narrator.line('');
  narrator.line(tryNext(settings));
}

async function tellChapters(cast: Cast, album: StoryAlbum): Promise<void> {
  const signedIn = await signIn(cast);
  const asked = await askForPhoto(cast, album);
  await approve(cast, album, asked);
  const rpt = await collectToken(cast, asked);
  await usePhoto(cast, album, rpt);
  await revoke(cast, album);
  await refusedPhoto(cast, album, rpt);
  await signOut(cast, signedIn);
}

/** The part of the story that plays in a browser, alone: bob signs in at the print shop, and out again. */
export async function tellSignIn(cast: Cast): Promise<void> {
  await signOut(cast, await signIn(cast));
}

/**
 * The story in which the shop brings no word about bob but sends him to the server, where he says who he is (interactive
 * claims gathering).
 */
export async function tellClaims(cast: Cast): Promise<void> {
  await withAlbum(cast, tellClaimsChapters);
}

async function tellClaimsChapters(cast: Cast, album: StoryAlbum): Promise<void> {
  const asked = await askForPhoto(cast, album, 'interactive');
  mustKnowWhatBobGave(cast, await approve(cast, album, asked));
  await usePhoto(cast, album, await collectToken(cast, asked));
  const rpt = await askOnceMore(cast, album);
  await revoke(cast, album);
  await refusedPhoto(cast, album, rpt);
  await signOutAtServer(cast);
}

/**
 * Each chapter ends the story if it does not go as it must. However it ends, also by Ctrl-C, the album that was made for it
 * is gone afterwards, and nothing about it waits for alice.
 */
async function withAlbum(cast: Cast, tell: Chapters): Promise<void> {
  const album = await protectAlbum(cast);
  try {
    await Promise.race([interrupted(), tell(cast, album)]);
  } catch (error) {
    await withdrawRequests(cast, album).catch(() => undefined);
    throw error;
  } finally {
    await cast.photos.removeAlbum(album).catch(() => false);
  }
}

function interrupted(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new StoryError('The story was stopped.')));
  });
}

/** A request about an album that is gone would be one that alice can make nothing of. */
async function withdrawRequests({ backstage }: Cast, album: StoryAlbum): Promise<void> {
  await backstage.signIn();
  for (const { id, resources } of await backstage.pendingRequests()) {
    if (resources.some(({ resource_id }) => resource_id === album.resource_id)) await backstage.deny(id);
  }
}
