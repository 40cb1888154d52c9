import type { SignedIn, SignInUnderWay } from '../../print-shop/customer-sign-in.js';
import type { Cast } from '../cast.js';
import { found, must } from '../must.js';
import type { Shown } from '../story-browser.js';

/** Bob signs in at the print shop with his browser, and the shop learns who he is. */
export async function signIn(cast: Cast): Promise<SignedIn> {
  const { page, underWay } = await sendToServer(cast);
  const consent = await givePassword(cast, page);
  const callback = await allow(cast, consent);
  const signedIn = await redeemCode(cast, callback, underWay);
  await askForName(cast, signedIn);
  return signedIn;
}

async function sendToServer({ narrator, shop, bob }: Cast): Promise<{ page: Shown; underWay: SignInUnderWay }> {
  narrator.chapter(
    'The print shop sends bob to sign in',
    'Bob opens the shop and presses “Sign in”. The shop wants no password of its own making: it looks up where the ' +
      'authorization server signs people in, and sends his browser there. (“prompt=consent” is for the story: bob is asked ' +
      'each time, and not only the first.)',
  );
  const { url, underWay } = await shop.signIn.begin({ prompt: 'consent' });
  const page = await bob.browser.open(url);
  must(page.status === 200 && fieldsOf(page).includes('password'), 'the page where bob signs in');
  narrator.good(
    'The shop has made three random values for this one sign-in. “state” and “nonce” must come back, so that nobody slips ' +
      'bob an answer that is not to his request. “code_challenge” is the hash of a secret that the shop keeps: only who ' +
      'knows the secret can use what comes back (PKCE).',
  );
  return { page, underWay };
}

async function givePassword({ narrator, bob }: Cast, page: Shown): Promise<Shown> {
  narrator.chapter(
    'Bob signs in',
    'He fills in the form. It works without scripts, and only in the browser that asked for the page: “csrf” and a cookie ' +
      'belong together.',
  );
  const consent = await bob.browser.submit(page, { username: 'bob', password: bob.password });
  must(
    consent.status === 200,
    `bob’s password to be the one in ${bob.passwordFile}; if he has changed it, write it there`,
  );
  must(fieldsOf(consent).includes('decision = allow'), 'the page where bob is asked');
  narrator.good('The server knows bob now. The shop, which never saw his password, still does not.');
  return consent;
}

async function allow({ narrator, bob }: Cast, consent: Shown): Promise<URL> {
  narrator.chapter(
    'Bob is asked whether the shop may know him',
    'The page says who wants to know what, and where he goes next. To deny costs as much as to allow. He allows it.',
  );
  const { left } = await bob.browser.submit(consent, { decision: 'allow' });
  const callback = found(left, 'the browser to be sent back to the shop');
  must(callback.searchParams.has('code'), 'a code');
  narrator.good(
    'The browser goes back to the one address that is registered for the shop, with a code. The code is not a token: it is good for a ' +
      'minute, once, for this shop, and with its secret. Bob’s yes is kept among his authorizations, where he can end it.',
  );
  return callback;
}

async function redeemCode({ narrator, shop }: Cast, callback: URL, underWay: SignInUnderWay): Promise<SignedIn> {
  narrator.chapter(
    'The code becomes tokens',
    'The shop compares “state” and “iss”, then turns to the server itself, with its own credentials and the secret ' +
      '(“code_verifier”). It gets an access token and an ID token, and the keys to check the latter with.',
  );
  const signedIn = await shop.signIn.redeem(callback.href, underWay);
  narrator.line('');
  narrator.line('    the ID token, opened:');
  narrator.json(signedIn.claims);
  must(signedIn.claims['nonce'] === underWay.nonce, 'the nonce of this sign-in');
  narrator.good(
    '“sub” is bob, but only for this shop: another shop gets another value, so the two cannot compare notes. “aud” says for ' +
      'whom the statement is, “nonce” to which request it belongs, “auth_time”, “acr” and “amr” when and how he signed in.',
  );
  return signedIn;
}

async function askForName({ narrator, shop }: Cast, signedIn: SignedIn): Promise<void> {
  narrator.chapter(
    'The shop asks for his name',
    'With the access token it asks UserInfo, and gets what bob allowed: “profile”, and no e-mail address.',
  );
  const { name } = await shop.signIn.customer(signedIn);
  must(name === 'Bob Baker', 'bob’s name');
  narrator.good(`“You are signed in as ${name}.” From now on his orders are kept under his “sub”.`);
}

/** Bob signs out at the shop, and with that at the server. */
export async function signOut({ narrator, shop, bob }: Cast, { idToken }: SignedIn): Promise<void> {
  narrator.chapter(
    'Bob signs out',
    'The shop forgets him and sends his browser to the server once more. The ID token says whose session is meant, so ' +
      'that the server need not ask.',
  );
  const { left } = await bob.browser.open(await shop.signIn.signOutUrl(idToken));
  must(left?.href === shop.home, 'the browser to be sent back to the shop');

  narrator.line('');
  narrator.text('Is he really signed out? “prompt=none” means: answer without asking him anything.');
  const { url } = await shop.signIn.begin({ prompt: 'none' });
  const answer = (await bob.browser.open(url)).left;
  must(answer?.searchParams.get('error') === 'login_required', 'login_required');
  narrator.good('The server would have to ask who he is: the session is gone, at the shop and at the server.');
}

function fieldsOf({ page }: Shown): readonly string[] {
  return page?.form?.fields ?? [];
}
