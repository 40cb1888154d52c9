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

/** How the server learns who bob is, from `need_info` to the ticket with which the shop waits for alice. */
type ClaimsWay = (cast: Cast, challenge: UmaChallenge, ticket: string) => Promise<Asked>;

/**
 * The ways there are to tell it.
 *
 * THE PLACE FOR INTERACTIVE CLAIMS: `interactive`, in which the shop sends bob's browser to the server (`redirect_user` in
 * `need_info`), he says yes to his claims there, and comes back with a new ticket (UMA 2.0 Grant section 3.3.2). It takes
 * `cast.bob.browser`, who is signed in by then; `npm run demo -- claims` would tell the story in that way.
 */
const CLAIMS_WAYS = { pushed: pushClaims } satisfies Record<string, ClaimsWay>;

/** The print shop asks for a photo, learns whom to ask, says for whom it asks, and is told to wait for alice. */
export async function askForPhoto(
  cast: Cast,
  album: StoryAlbum,
  way: keyof typeof CLAIMS_WAYS = 'pushed',
): Promise<Asked> {
  const challenge = await askWithoutToken(cast, album);
  const ticket = await presentTicket(cast, challenge);
  return CLAIMS_WAYS[way](cast, challenge, ticket);
}

async function askWithoutToken({ narrator, shop, photos }: Cast, album: StoryAlbum): Promise<UmaChallenge> {
  narrator.chapter(
    'The print shop asks for a photo, without a token',
    'Bob wants a photo of alice printed, so the shop asks the photo service for it. The service does not know bob and ' +
      'need not: it gets a permission ticket from the authorization server and hands it over, with the address to ask at.',
  );
  const answer = await shop.send({ method: 'GET', url: firstPhoto(album) });
  must(answer.status === 401, 'the photo to be refused without a token (401)');
  const news = await photos.tellNews();
  must(
    news.some(({ url, status }) => url.endsWith('/permission') && status === 201),
    'the photo service to get a ticket (201)',
  );
  const challenge = parseUmaChallenge(answer.headers.get('www-authenticate'));
  narrator.good(
    'The ticket stands for “view this album”, but only the server that made it can read that. It opens nothing: it is the ' +
      'beginning of a conversation.',
  );
  return found(challenge, 'a WWW-Authenticate header with issuer and ticket');
}

async function presentTicket({ narrator, shop }: Cast, challenge: UmaChallenge): Promise<string> {
  narrator.chapter(
    'The shop presents the ticket: who is it for?',
    'The shop looks up the token endpoint, shows the ticket there together with its own secret, and would like to print, ' +
      'too. Now the server knows which shop is asking, but not for whom.',
  );
  const answer = await shop.uma.present(challenge, { ticket: challenge.ticket, scope: 'print' });
  must(answer.outcome === 'need_info', 'need_info');
  must(answer.issuers.includes(shop.partner.issuer), 'the partner among those whose word counts');
  must(answer.ticket !== challenge.ticket, 'a new ticket');
  narrator.good(
    'This 403 is a question, not a no: “tell me who it is for, in a form that I can check, from somebody I trust”. ' +
      'The first ticket is used up and from here on only this shop can use its successor, so a copied ticket is worth nothing.',
  );
  return answer.ticket;
}

async function pushClaims({ narrator, shop }: Cast, challenge: UmaChallenge, ticket: string): Promise<Asked> {
  narrator.chapter(
    'The partner vouches for bob, alice is asked',
    'Bob has an account at the partner, too, and has let the shop ask there. The shop gets an ID token about him there: a signed statement, made for this ' +
      'authorization server, that it is bob. The shop brings it along with the newest ticket.',
  );
  const idToken = await shop.partner.idToken('bob', challenge.asUri);
  const answer = await shop.uma.present(challenge, { ticket, idToken, scope: 'print' });
  must(answer.outcome === 'request_submitted', 'request_submitted');
  must(answer.ticket !== ticket, 'a new ticket');
  narrator.good(
    'The server has checked who signed the statement, for whom it was made, how old it is and that it was never used before. ' +
      'Now it knows bob, but alice has said nothing about him: so nothing is given, she is asked, and the shop may come ' +
      'back with its new ticket after a second.',
  );
  return { challenge, ticket: answer.ticket, intervalSeconds: answer.intervalSeconds };
}

export function firstPhoto(album: StoryAlbum): string {
  return found(album.photos[0], 'the album to have a photo').url;
}
