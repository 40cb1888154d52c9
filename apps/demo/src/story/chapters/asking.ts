import { parseUmaChallenge, type UmaChallenge } from '../../print-shop/uma-challenge.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { StoryAlbum } from '../photo-service-view.js';
import { gatherClaims, openClaimsPage, sendFacts } from './gathering.js';

/** Where the shop stands in its dealings with the authorization server. */
export interface Asked {
  challenge: UmaChallenge;
  /** The newest ticket: each can be presented once. */
  ticket: string;
  intervalSeconds: number;
  /** What the shop asks for beyond looking. */
  besides: Besides;
}

/** Scopes that the shop names with each ticket of a process. Those who ask at a browser ask for what the ticket stands for. */
type Besides = { scope?: 'print' };

/** Where the shop stands after `need_info`. */
interface Needed {
  challenge: UmaChallenge;
  ticket: string;
  redirectUser: string;
}

/** How the server learns who bob is, from `need_info` to the ticket with which the shop waits for alice. */
interface ClaimsWay {
  besides: Besides;
  tell: (cast: Cast, needed: Needed) => Promise<Asked>;
}

/**
 * The ways there are to tell it: the shop brings the word of somebody who knows bob (`pushed`), or sends bob's browser to the
 * server, where he says yes to his claims and comes back with a new ticket (`interactive`, UMA 2.0 Grant section 3.3.2).
 */
const CLAIMS_WAYS = {
  pushed: { besides: { scope: 'print' }, tell: pushClaims },
  interactive: { besides: {}, tell: sendBobToServer },
} satisfies Record<string, ClaimsWay>;

/** The print shop asks for a photo, learns whom to ask, says for whom it asks, and is told to wait for alice. */
export async function askForPhoto(
  cast: Cast,
  album: StoryAlbum,
  way: keyof typeof CLAIMS_WAYS = 'pushed',
): Promise<Asked> {
  const { besides, tell }: ClaimsWay = CLAIMS_WAYS[way];
  const challenge = await askWithoutToken(cast, album);
  return tell(cast, await presentTicket(cast, challenge, besides));
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

async function presentTicket({ narrator, shop }: Cast, challenge: UmaChallenge, besides: Besides): Promise<Needed> {
  narrator.chapter(
    'The shop presents the ticket: who is it for?',
    `The shop looks up the token endpoint, and shows the ticket there together with its own secret${
      besides.scope === undefined ? '' : '; it would like to print, too'
    }. Now the server knows which shop is asking, but not for whom.`,
  );
  const needed = await mustNeedInfo({ shop }, challenge, besides);
  narrator.good(
    'This 403 is a question, not a no: “tell me who it is for, in a form that I can check, from somebody I trust”, or ' +
      '(“redirect_user”) “send that person to me”. ' +
      'The first ticket is used up and from here on only this shop can use its successor, so a copied ticket is worth nothing.',
  );
  return needed;
}

async function mustNeedInfo({ shop }: Pick<Cast, 'shop'>, challenge: UmaChallenge, besides: Besides): Promise<Needed> {
  const answer = await shop.uma.present(challenge, { ticket: challenge.ticket, ...besides });
  must(answer.outcome === 'need_info', 'need_info');
  must(answer.issuers.includes(shop.partner.issuer), 'the partner among those whose word counts');
  must(answer.ticket !== challenge.ticket, 'a new ticket');
  return { challenge, ticket: answer.ticket, redirectUser: found(answer.redirectUser, 'redirect_user') };
}

async function pushClaims({ narrator, shop }: Cast, { challenge, ticket }: Needed): Promise<Asked> {
  narrator.chapter(
    'The partner vouches for bob, alice is asked',
    'Bob has an account at the partner, too, and has let the shop ask there. The shop gets an ID token about him there: a signed statement, made for this ' +
      'authorization server, that it is bob. The shop brings it along with the newest ticket.',
  );
  const { besides } = CLAIMS_WAYS.pushed;
  const idToken = await shop.partner.idToken('bob', challenge.asUri);
  const answer = await shop.uma.present(challenge, { ticket, idToken, ...besides });
  must(answer.outcome === 'request_submitted', 'request_submitted');
  must(answer.ticket !== ticket, 'a new ticket');
  narrator.good(
    'The server has checked who signed the statement, for whom it was made, how old it is and that it was never used before. ' +
      'Now it knows bob, but alice has said nothing about him: so nothing is given, she is asked, and the shop may come ' +
      'back with its new ticket after a second.',
  );
  return { challenge, ticket: answer.ticket, intervalSeconds: answer.intervalSeconds, besides };
}

async function sendBobToServer(cast: Cast, { challenge, ticket: sent, redirectUser }: Needed): Promise<Asked> {
  const { narrator, shop } = cast;
  const { besides } = CLAIMS_WAYS.interactive;
  const ticket = await gatherClaims(cast, redirectUser, sent);
  narrator.chapter(
    'The shop comes back with the new ticket',
    'Not a fact about bob is in the address, and the shop learns none: it has a ticket, and presents it like any other.',
  );
  const answer = await shop.uma.present(challenge, { ticket, ...besides });
  must(answer.outcome === 'request_submitted', 'request_submitted');
  must(answer.ticket !== ticket, 'a new ticket');
  narrator.good('The server knows bob now and has asked alice; the shop may come back after a second.');
  return { challenge, ticket: answer.ticket, intervalSeconds: answer.intervalSeconds, besides };
}

/** Once alice has said yes, bob need only say again who he is: her policy answers at once. Gives the token. */
export async function askOnceMore(cast: Cast, album: StoryAlbum): Promise<string> {
  const { narrator, shop, photos } = cast;
  const { besides } = CLAIMS_WAYS.interactive;
  narrator.chapter(
    'Bob orders once more',
    'Another visit, and a shop that has kept nothing. It is turned away, asked who it is for, and sends bob to the server ' +
      'again. He is still signed in there.',
  );
  const photo = { method: 'GET', url: firstPhoto(album) } as const;
  const refusal = await shop.send(photo);
  await photos.tellNews();
  const challenge = found(parseUmaChallenge(refusal.headers.get('www-authenticate')), 'a ticket');
  const needed = await mustNeedInfo({ shop }, challenge, besides);
  const { page, state } = await openClaimsPage(cast, needed.redirectUser, needed.ticket);
  narrator.good('The page is shown all the same: no shop collects facts about him without his seeing it.');

  narrator.chapter(
    'This time the token comes at once',
    'He sends his facts once more, and this time nobody has to be asked.',
  );
  const { left } = await sendFacts(cast, page);
  const ticket = shop.claims.redeem(found(left, 'the browser to be sent back to the shop at once'), state);
  const answer = await shop.uma.present(challenge, { ticket, ...besides });
  must(answer.outcome === 'token', 'a requesting party token');
  const headers = { authorization: `Bearer ${answer.rpt}` };
  must((await shop.send({ ...photo, headers })).status === 200, 'the photo (200)');
  await photos.tellNews();
  narrator.good(
    'Alice’s yes is a policy for bob’s account at this shop. With his facts it is enough, so nobody has to wait. ' +
      '(A shop that keeps the PCT of the first time need not send him at all.)',
  );
  return answer.rpt;
}

export function firstPhoto(album: StoryAlbum): string {
  return found(album.photos[0], 'the album to have a photo').url;
}
