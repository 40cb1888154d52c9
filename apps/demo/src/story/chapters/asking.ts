import { parseUmaChallenge, type UmaChallenge } from '../../print-shop/uma-challenge.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';

/** Where the shop stands in its dealings with the authorization server. */
export interface Asked {
  challenge: UmaChallenge;
  /** The newest ticket: each can be presented once. */
  ticket: string;
  intervalSeconds: number;
}

/** The print shop asks for a photo, learns whom to ask, says for whom it asks, and is told to wait for alice. */
export async function askForPhoto(cast: Cast, album: StoryAlbum): Promise<Asked> {
  const challenge = await askWithoutToken(cast, album);
  const ticket = await presentTicket(cast, challenge);
  return pushClaims(cast, challenge, ticket);
}

async function askWithoutToken({ narrator, shop, photos }: Cast, album: StoryAlbum): Promise<UmaChallenge> {
  narrator.chapter(
    'The print shop asks for a photo, without a token',
    'Bob wants a photo of alice printed. The photo service gets a permission ticket for what would be needed, ' +
      'and hands it to the shop: ask over there.',
  );
  const answer = await shop.send({ method: 'GET', url: firstPhoto(album) });
  must(answer.status === 401, 'the photo to be refused without a token (401)');
  const news = await photos.tellNews();
  must(
    news.some(({ url, status }) => url.endsWith('/permission') && status === 201),
    'the photo service to get a ticket (201)',
  );
  const challenge = parseUmaChallenge(answer.headers.get('www-authenticate'));
  return found(challenge, 'a WWW-Authenticate header with issuer and ticket');
}

async function presentTicket({ narrator, shop }: Cast, challenge: UmaChallenge): Promise<string> {
  narrator.chapter(
    'The shop presents the ticket: who is it for?',
    'The shop shows the ticket and its own credentials, and would like to print, too. ' +
      'The server does not know the person behind it, so it says what would help, and gives a new ticket.',
  );
  const answer = await shop.uma.present(challenge, { ticket: challenge.ticket, scope: 'print' });
  must(answer.outcome === 'need_info', 'need_info');
  must(answer.issuers.includes(shop.partner.issuer), 'the partner among those whose word counts');
  must(answer.ticket !== challenge.ticket, 'a new ticket');
  return answer.ticket;
}

async function pushClaims({ narrator, shop }: Cast, challenge: UmaChallenge, ticket: string): Promise<Asked> {
  narrator.chapter(
    'The partner vouches for bob, alice is asked',
    'The shop gets an ID token about bob from the partner and pushes it. Now the server knows who asks. ' +
      'Alice has not said anything about bob, and what is not allowed is forbidden: so she is asked.',
  );
  const idToken = await shop.partner.idToken('bob', challenge.asUri);
  const answer = await shop.uma.present(challenge, { ticket, idToken, scope: 'print' });
  must(answer.outcome === 'request_submitted', 'request_submitted');
  must(answer.ticket !== ticket, 'a new ticket');
  narrator.good('The request waits for alice.');
  return { challenge, ticket: answer.ticket, intervalSeconds: answer.intervalSeconds };
}

export function firstPhoto(album: StoryAlbum): string {
  return found(album.photos[0], 'the album to have a photo').url;
}
