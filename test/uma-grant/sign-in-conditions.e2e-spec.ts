import { setTimeout as wait } from 'node:timers/promises';

import { PASSWORD, people, signedIn } from '../account/people.js';
import { addApp, codeOf } from '../support/authenticator-app.js';
import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Shown } from '../support/form-browser.js';
import type { FormBrowser } from '../support/form-browser.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { claimsUrl, GATHERING, galleryOf } from './claims-gathering.js';
import { aliceOf, ANYONE, outcome } from './photo-sharing.js';

const TWO_FACTORS = 'urn:valetkey:acr:2';
const { config, env } = people('alice', 'erin', 'fay', 'gus');
/** Erin is known to the partner, too. */
const accounts = config.accounts.map((account) =>
  account.id === 'erin' ? { ...account, identities: [{ issuer: 'https://partner.example', subject: CAROL }] } : account,
);
const SET_UP = {
  ...GATHERING,
  config: { ...GATHERING.config, accounts },
  env: { ...GATHERING.env, ...env },
};

/** Switches one-time codes on. @returns the secret of her app; the codes of now and of the next step are left */
async function enrol(server: Server, username: string): Promise<string> {
  const { browser, shown } = await signedIn(server, username, { page: '/codes' });
  return (await addApp(browser, shown)).secret;
}

const isPassword = ({ text }: Shown) => text.includes('name="password"');
const isCode = ({ text }: Shown) => text.includes('autocomplete="one-time-code"');

describeServer('UMA grant: policies with conditions on a sign-in here', SET_UP, (server) => {
  const alice = () => aliceOf(server());
  const gallery = () => galleryOf(server());
  const on = (username: string) => ({ type: 'account', account_id: username });
  const backWith = (shown: Shown) => shown.left?.searchParams.get('ticket') ?? '';
  const open = (browser: FormBrowser, ticket: string) => browser.open(claimsUrl(server(), { ticket }));

  it('UG-32 AT-03 a policy with min_acr permits who signs in with two factors, and asks a password alone for the second', async () => {
    const { browser } = await signedIn(server(), 'erin');
    const secret = await enrol(server(), 'erin');
    const album = await alice().album();
    await album.share(on('erin'), ['view'], { min_acr: TWO_FACTORS });
    const asked = await open(browser, await album.ticket('view'));
    expect([isPassword(asked), isCode(asked)]).toEqual([false, true]);
    const facts = await browser.submit(asked, { code: codeOf(secret) });
    const back = await browser.submit(facts, { decision: 'send' });
    const granted = await gallery().rpt(backWith(back));
    expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);
    // What is remembered of her says how she signed in, as long as it is hers.
    const pct = textMember(granted, 200, 'pct');
    expect(outcome(await gallery().rpt(await album.ticket('view'), { pct }))).toBe('200');
    const sure = await alice().album();
    await sure.share(on('erin'), ['view'], { min_acr: 'phr' });
    expect(outcome(await gallery().rpt(await sure.ticket('view'), { pct }))).toBe('403 need_info');
  });

  it('UG-31 who cannot sign in so surely is not sent round in circles: the owner is asked', async () => {
    const album = await alice().album();
    await album.share(ANYONE, ['view'], { min_acr: TWO_FACTORS });
    const { browser } = await signedIn(server(), 'fay');
    const facts = await open(browser, await album.ticket('view'));
    expect(facts.text).toContain('fay@example.org');
    const waiting = await browser.submit(facts, { decision: 'send' });
    expect(waiting.text).toContain('has been asked');
    const request = await alice().pendingRequest(album);
    expect(request.requesting_party).toMatchObject({ account_id: 'fay' });
    const back = await browser.submit(waiting, { decision: 'back' });
    expect(outcome(await gallery().rpt(backWith(back)))).toBe('403 request_submitted');
  });

  it('UG-32 acr and auth_time that another issuer claims are not ours: she is sent here, or the owner decides', async () => {
    const claims = { acr: 'phr', amr: ['hwk', 'user'], auth_time: Math.floor(Date.now() / 1000) };
    const word = () => server().world.partner.idToken({ subject: CAROL, audience: server().issuer, claims });
    for (const condition of [{ min_acr: 'urn:valetkey:acr:1' }, { max_auth_age: 3600 }]) {
      const album = await alice().album();
      await album.share(on('erin'), ['view'], condition);
      const needed = await gallery().rpt(await album.ticket('view'), pushed(await word()));
      expect([outcome(needed), needed.json()['redirect_user']]).toEqual([
        '403 need_info',
        `${server().issuer}/uma/claims`,
      ]);
      expect(needed.json()).not.toHaveProperty('required_claims');
      // The shop has nowhere to get her back: nobody but the owner can help.
      const alone = await clientOf(server(), 'print-shop').rpt(await album.ticket('view'), pushed(await word()));
      expect(outcome(alone)).toBe('403 request_submitted');
    }
    const plain = await alice().album();
    await plain.share(on('erin'), ['view']);
    const granted = await gallery().rpt(await plain.ticket('view'), pushed(await word()));
    expect(outcome(granted)).toBe('200');
  });

  it('UG-34 a policy with max_auth_age asks her to sign in again, though her claims are remembered', async () => {
    const album = await alice().album();
    await album.share(on('gus'), ['view'], { max_auth_age: 3 });
    const { browser } = await signedIn(server(), 'gus');
    const facts = await open(browser, await album.ticket('view'));
    expect(isPassword(facts)).toBe(false);
    const first = await gallery().rpt(backWith(await browser.submit(facts, { decision: 'send' })));
    const pct = textMember(first, 200, 'pct');
    await wait(3_100);
    const needed = await gallery().rpt(await album.ticket('view'), { pct });
    expect(needed.json()).toMatchObject({ error: 'need_info', redirect_user: `${server().issuer}/uma/claims` });
    const asked = await open(browser, textMember(needed, 403, 'ticket'));
    expect(isPassword(asked)).toBe(true);
    const signInTo = async (page: Shown) => {
      const again = await browser.submit(page, { username: 'gus', password: PASSWORD });
      return gallery().rpt(backWith(await browser.submit(again, { decision: 'send' })));
    };
    let answer = await signInTo(asked);
    // On a slow machine three seconds may be over by now, and then she is asked once more.
    for (let tries = 0; tries < 5 && outcome(answer) === '403 need_info'; tries += 1)
      answer = await signInTo(await open(browser, textMember(answer, 403, 'ticket')));
    expect(outcome(answer)).toBe('200');
  });

  it.each([
    ['an acr that is not ours', { min_acr: 'https://partner.example/sure' }],
    ['an empty acr', { min_acr: '' }],
    ['an age of 0', { max_auth_age: 0 }],
    ['an age that is text', { max_auth_age: '60' }],
    [
      'a client itself, which nobody signs in for',
      { subject: { type: 'client' }, client_id: 'gallery', min_acr: 'phr' },
    ],
  ])('a policy with %s is refused (attack classes 248, 249)', async (_what, change) => {
    const { id } = await alice().album();
    const draft = { resource_id: id, subject: ANYONE, scopes: ['view'], ...change };
    expect(outcome(await alice().owner.addPolicy(draft))).toBe('400 invalid_request');
  });

  it('the owner reads both conditions as she wrote them, and can take them away', async () => {
    const { id } = await alice().album();
    const draft = { resource_id: id, subject: ANYONE, scopes: ['view'] };
    const written = { ...draft, min_acr: 'phr', max_auth_age: 600 };
    const policy = (await alice().owner.addPolicy(written)).json<{ id: string }>();
    expect((await alice().owner.get(`policies/${policy.id}`)).json()).toMatchObject(written);
    const without = (await alice().owner.replacePolicy(policy.id, draft)).json();
    expect(Object.keys(without)).not.toEqual(expect.arrayContaining(['min_acr']));
    expect(Object.keys(without)).not.toEqual(expect.arrayContaining(['max_auth_age']));
  });
});
