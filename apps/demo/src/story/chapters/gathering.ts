import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { OwnersRequest } from '../owner-app.js';
import type { Shown } from '../story-browser.js';

/** What bob keeps to himself. */
const WITHHELD = { 'email.declined': 'yes' };

/** Bob says at the server who he is, and sees what he gives. Gives the ticket with which he comes back to the shop. */
export async function gatherClaims(cast: Cast, redirectUser: string, ticket: string): Promise<string> {
  const { narrator, bob, shop } = cast;
  narrator.chapter(
    'The shop sends bob to the server',
    'The shop may as well know nothing about bob: it sends his browser to the address in “redirect_user”, with the ticket, ' +
      'and an address to come back to that is registered for it.',
  );
  const { page: signIn, state } = await openClaimsPage(cast, redirectUser, ticket);
  must(fieldsOf(signIn).includes('password'), 'the page where bob signs in');
  narrator.good(
    'The ticket has been in an address, so it is used up on arrival: what anybody finds in a history or a log opens nothing. ' +
      '“state” is a random value that must come back with him.',
  );

  narrator.chapter(
    'Bob signs in, and sees what would be sent',
    'With his account at Valetkey, by a form without scripts.',
  );
  const claims = await bob.browser.submit(signIn, { username: 'bob', password: bob.password });
  mustShowFacts(cast, claims);
  narrator.good('Each fact stands there as it would be sent, with who would see it. Nothing has been sent yet.');

  narrator.chapter(
    'Bob keeps his e-mail address, and sends the rest',
    'He can withhold each fact, or send nothing at all.',
  );
  const waiting = await sendFacts(cast, claims);
  must(waiting.page !== undefined && /asked/.test(waiting.page.title), 'the page that says that alice has been asked');
  narrator.good(
    'Alice has said nothing about bob, so she is asked, and he sees that here. He could wait on this page and look ' +
      'again; he goes back to the shop.',
  );

  narrator.chapter(
    'Bob goes back to the shop',
    'The server sends his browser to the address that is registered for the shop.',
  );
  const { left } = await bob.browser.submit(waiting, { decision: 'back' });
  const next = shop.claims.redeem(found(left, 'the browser to be sent back to the shop'), state);
  must(next !== ticket, 'a new ticket');
  narrator.good(
    'A new ticket comes along, good for this shop alone. The shop compares “state”, so that nobody slips it a ticket ' +
      'about somebody else, and “iss”, so that it shows the ticket to no other server.',
  );
  return next;
}

/** The browser goes where the shop sends it. Gives the page there, and the state that must come back. */
export async function openClaimsPage(
  { bob, shop }: Cast,
  redirectUser: string,
  ticket: string,
): Promise<{ page: Shown; state: string }> {
  const { url, state } = shop.claims.begin(redirectUser, ticket);
  const page = await bob.browser.open(url);
  must(page.status === 200, 'a page of the server');
  return { page, state };
}

/** Bob looks at what he would send, and sends all but his e-mail address. */
export function sendFacts(cast: Cast, claims: Shown): Promise<Shown> {
  mustShowFacts(cast, claims);
  return cast.bob.browser.submit(claims, { ...WITHHELD, decision: 'send' });
}

/** Alice decides about what bob gave, and about nothing else. */
export function mustKnowWhatBobGave({ narrator }: Cast, { requesting_party: party }: OwnersRequest): void {
  must(party.account_id !== undefined && party.name === 'Bob Baker', 'alice to see bob’s account and his name');
  must(party.email === undefined, 'the e-mail address that bob kept to stay with him');
  narrator.good('She saw his account, his name and his user name. The e-mail address that he kept is nowhere in it.');
}

/** Bob signs out at the server: no application had signed him in. */
export async function signOutAtServer({ narrator, bob }: Cast): Promise<void> {
  narrator.chapter(
    'Bob signs out',
    'The shop never signed him in, so he signs out at the server itself. It asks: no link of another site signs anybody out.',
  );
  const page = await bob.browser.open(`${bob.server}/sign-out`);
  must(fieldsOf(page).includes('decision = sign_out'), 'the page where bob signs out');
  const done = await bob.browser.submit(page, { decision: 'sign_out' });
  must(done.status === 200, 'the page that says that bob is signed out');
  const account = await bob.browser.open(`${bob.server}/account`);
  must(fieldsOf(account).includes('password'), 'to be asked who he is');
  narrator.good('His session is gone: to see his account he would have to sign in.');
}

function mustShowFacts({ bob }: Cast, { page }: Shown): void {
  const facts = found(
    page?.facts,
    `the page that shows bob’s facts; if his password is not the one in ${bob.passwordFile}, write it there`,
  );
  for (const fact of ['Bob Baker', 'bob', 'bob@partner.example']) must(facts.includes(fact), `“${fact}” on the page`);
}

function fieldsOf({ page }: Shown): readonly string[] {
  return page?.form?.fields ?? [];
}
