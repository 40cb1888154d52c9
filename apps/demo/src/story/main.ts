import { demoSettings } from '../settings.js';
import { assemble, type Cast } from './cast.js';
import { askForPhoto } from './chapters/asking.js';
import { approve, collectToken, usePhoto } from './chapters/deciding.js';
import { protectAlbum } from './chapters/protection.js';
import { refusedPhoto, revoke } from './chapters/revoking.js';
import { StoryError } from './must.js';
import { Narrator } from './narrator.js';

const SUMMARY = [
  'The photo service never knew bob, the partner or the shop, and decided nothing about them.',
  'The shop got a token for one person, one album and one thing to do, and for ten minutes.',
  'Alice said yes to less than was asked, saw what she had given, and took it back: it ended within a second.',
];

/** The whole story. Each chapter ends the story if it does not go as it must. */
async function tellStory(cast: Cast): Promise<void> {
  const { narrator, photos } = cast;
  narrator.line('Alice keeps photos at a photo service. Bob wants one of them printed at a print shop. Alice decides.');
  const album = await protectAlbum(cast);
  try {
    const asked = await askForPhoto(cast, album);
    await approve(cast, album);
    const rpt = await collectToken(cast, asked);
    await usePhoto(cast, album, rpt);
    await revoke(cast, album);
    await refusedPhoto(cast, album, rpt);
  } finally {
    await photos.removeAlbum(album);
  }
  narrator.chapter('What happened');
  for (const line of SUMMARY) narrator.good(line);
  narrator.line('');
}

/** Answers all that waits for alice, for those who play with the print shop in a browser. */
async function answerRequests({ narrator, alice }: Cast, answer: 'approve' | 'deny'): Promise<void> {
  await alice.signIn();
  const requests = await alice.pendingRequests();
  for (const { id } of requests) await (answer === 'approve' ? alice.approve(id) : alice.deny(id));
  narrator.good(requests.length === 0 ? 'Nothing waits for alice.' : `Answered ${requests.length}: ${answer}.`);
}

async function run(command: string | undefined): Promise<number> {
  const narrator = new Narrator(process.stdout);
  const settings = demoSettings();
  try {
    const running = await fetch(`${settings.photos}/health`).catch(() => undefined);
    if (!running?.ok)
      throw new StoryError(`Nothing answers at ${settings.photos}: run \`npm start\` in another terminal`);
    const cast = assemble(settings, narrator);
    if (command === 'approve' || command === 'deny') await answerRequests(cast, command);
    else if (command === undefined) await tellStory(cast);
    else
      throw new StoryError(`There is no command "${command}"; there are approve and deny, and the story without one`);
    return 0;
  } catch (error) {
    narrator.bad(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

process.exitCode = await run(process.argv[2]);
