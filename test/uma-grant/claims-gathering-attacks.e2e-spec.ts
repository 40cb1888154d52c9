import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { logged } from '../support/logged.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';
import {
  arrive,
  BACK,
  claimsUrl,
  credentialsOf,
  GALLERY_CALLBACK,
  GATHERING,
  galleryOf,
  giveClaims,
  givePasswords,
  VIEWER_BACK,
  viewerOf,
} from './claims-gathering.js';
import type { PendingRequest } from './photo-sharing.js';
import { aliceOf, ANYONE, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

/** Addresses that resemble the registered one (attack class 2). */
const RESEMBLING = [
  GALLERY_CALLBACK,
  `${BACK}&x=1`,
  BACK.replace('?tenant=7', ''),
  BACK.replace('tenant=7', 'tenant=%37'),
  `${BACK}#x`,
  BACK.replace('gallery', 'Gallery'),
  BACK.replace('gallery.example', 'gallery.example.evil.example'),
  BACK.replace('https://', 'https://evil.example@'),
  BACK.replace('https:', 'http:'),
  BACK.replace('/uma', '/uma/..;/evil'),
  'https://evil.example/',
  '//gallery.example/uma?tenant=7',
  'javascript:alert(1)',
];

describeServer('UMA grant: attacks on claims at a browser', GATHERING, (server) => {
  /** Carol signed in at the beginning, so that her word has grown old when the others are done. */
  const signInEarly = async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view'], { max_claims_age: 5 });
    const { browser } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    return { album, browser, old: Date.now() + 5_100 };
  };
  let early: Awaited<ReturnType<typeof signInEarly>>;
  beforeAll(async () => {
    await givePasswords(server(), 'carol', 'bob');
    early = await signInEarly();
  });
  const alice = () => aliceOf(server());
  const gallery = () => galleryOf(server());
  const ofCarol = async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view']);
    return album;
  };
  const back = (url: URL | undefined) => url?.searchParams.get('ticket') ?? '';
  const refusal = (url: URL | undefined) => [url?.searchParams.get('error'), url?.searchParams.has('ticket')];

  it('UG-20 attack classes 2, 141: nobody is sent to an address that is not registered for claims; the ticket stays good', async () => {
    const album = await ofCarol();
    const ticket = await album.ticket('view');
    for (const uri of RESEMBLING) {
      const shown = await new FormBrowser(server().issuer).open(
        claimsUrl(server(), { ticket, claims_redirect_uri: uri }),
      );
      expect([uri, shown.status, shown.left]).toEqual([uri, 400, undefined]);
      expect(shown.text).not.toContain('evil.example');
    }
    const { left } = await giveClaims(server(), ticket);
    expect(outcome(await gallery().rpt(back(left)))).toBe('200');
  });

  it('UG-21 a client with several addresses names one; one without any sends nobody', async () => {
    const ticket = await (await ofCarol()).ticket('view');
    const open = (parameters: Record<string, string>) =>
      new FormBrowser(server().issuer).open(claimsUrl(server(), { ticket, ...parameters }));
    expect((await open({ client_id: 'viewer' })).status).toBe(400);
    expect((await open({ client_id: 'viewer', claims_redirect_uri: 'http://127.0.0.1:7000/uma' })).status).toBe(400);
    expect((await open({ client_id: 'print-shop' })).status).toBe(400);
    expect((await open({ client_id: 'nobody', claims_redirect_uri: BACK })).status).toBe(400);
    const { shown, browser } = await arrive(
      server(),
      claimsUrl(server(), { ticket, client_id: 'viewer', claims_redirect_uri: VIEWER_BACK }),
    );
    const { left } = await browser.submit(shown, { decision: 'send' });
    expect(left?.href.startsWith(`${VIEWER_BACK}?`)).toBe(true);
    expect(outcome(await viewerOf(server()).rpt(back(left)))).toBe('200');
  });

  it('UG-52 attack class 132: the ticket of another client is refused, and stays good for its own', async () => {
    const album = await ofCarol();
    const needInfo = await gallery().rpt(await album.ticket('view'));
    const ticket = textMember(needInfo, 403, 'ticket');
    const url = claimsUrl(server(), { ticket, client_id: 'viewer', claims_redirect_uri: VIEWER_BACK });
    expect(refusal((await new FormBrowser(server().issuer).open(url)).left)).toEqual(['invalid_request', false]);
    await logged(server(), '"reason":"ticket_of_another_client"');
    const { left } = await giveClaims(server(), ticket);
    // The new one is bound to the client as well (a ticket that leaked from an address).
    expect(outcome(await viewerOf(server()).rpt(back(left)))).toBe('400 invalid_grant');
    expect(outcome(await clientOf(server(), 'print-shop').rpt(back(left)))).toBe('400 invalid_grant');
    expect(outcome(await gallery().rpt(back(left)))).toBe('200');
  });

  it('attack class 141: unknown, missing, repeated and broken parameters come back as invalid_request', async () => {
    const ticket = await (await ofCarol()).ticket('view');
    const urls = [
      claimsUrl(server(), { ticket: 'vk_tk_unknown' }),
      claimsUrl(server(), { ticket: "' OR 1=1 --" }),
      claimsUrl(server(), {}),
      `${claimsUrl(server(), { ticket })}&ticket=${ticket}`,
      `${claimsUrl(server(), { ticket })}&state=a&state=b`,
      claimsUrl(server(), { ticket, state: 'x'.repeat(513) }),
    ];
    for (const url of urls) {
      const { left } = await new FormBrowser(server().issuer).open(url);
      expect([url, ...refusal(left)]).toEqual([url, 'invalid_request', false]);
    }
    const two = await new FormBrowser(server().issuer).open(
      `${claimsUrl(server(), { ticket, claims_redirect_uri: BACK })}&claims_redirect_uri=https://evil.example/`,
    );
    expect([two.status, two.left]).toEqual([400, undefined]);
    expect(outcome(await gallery().rpt(ticket))).toBe('403 need_info');
  });

  it('UG-55 attack class 131: of many arrivals with one ticket one goes on', async () => {
    const ticket = await (await ofCarol()).ticket('view');
    const shown = await Promise.all(
      Array.from({ length: 20 }, () => new FormBrowser(server().issuer).open(claimsUrl(server(), { ticket }))),
    );
    expect(shown.filter(({ left }) => left === undefined)).toHaveLength(1);
  });

  it('UG-55 of many answers on one page one brings a ticket', async () => {
    const album = await ofCarol();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    const sent = await Promise.all(Array.from({ length: 10 }, () => browser.submit(shown, { decision: 'send' })));
    const tickets = new Set(sent.map(({ left }) => back(left)).filter((ticket) => ticket !== ''));
    expect(tickets.size).toBe(1);
    expect(outcome(await gallery().rpt([...tickets][0] ?? ''))).toBe('200');
  });

  it('UG-50 a replay while she is at the page ends the process: she cannot go on', async () => {
    const album = await ofCarol();
    const first = await album.ticket('view');
    const ticket = textMember(await gallery().rpt(first), 403, 'ticket');
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }));
    expect(outcome(await gallery().rpt(first))).toBe('400 invalid_grant');
    const after = await browser.submit(shown, { decision: 'send' });
    expect([after.status, after.left]).toEqual([400, undefined]);
  });

  it('attack class 141, two cookie jars: the address of the page opens nothing in another browser', async () => {
    const ticket = await (await ofCarol()).ticket('view');
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket }));
    const other = new FormBrowser(server().issuer);
    await arrive(server(), claimsUrl(server(), { ticket: await (await ofCarol()).ticket('view') }), 'bob', other);
    expect((await other.open(shown.url)).status).toBe(400);
    const forged = await other.submit(shown, { decision: 'send' });
    expect([forged.status, forged.left]).toEqual([400, undefined]);
  });

  it('UG-23 CSRF: a form without the token of this page gives nothing', async () => {
    const album = await alice().album();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    const forged = { ...shown, text: shown.text.replace(/name="csrf" value="./g, '$&x') };
    expect((await browser.submit(forged, { decision: 'send' })).status).toBe(403);
    await expect(alice().pendingRequest(album)).rejects.toThrow();
  });

  it('UG-23 a page is shown each time: an application collects nothing unnoticed from who is signed in', async () => {
    const { browser, shown } = await arrive(
      server(),
      claimsUrl(server(), { ticket: await (await ofCarol()).ticket('view') }),
    );
    await browser.submit(shown, { decision: 'send' });
    const again = await browser.open(claimsUrl(server(), { ticket: await (await ofCarol()).ticket('view') }));
    expect(again.left).toBeUndefined();
    expect(again.text).toContain('Carol Cook');
    // Attack classes 19 and 217: no frames, no script, and the form ends here or at the client.
    const policy = again.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/form-action 'self' https:\/\/gallery\.example/);
    expect(again.text).not.toContain('<script');
  });

  it('attack class 141: what one person gave is not gone on with by another at the same browser', async () => {
    const album = await alice().album();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    const waiting = await browser.submit(shown, { decision: 'send' });
    expect(waiting.text).toContain('has been asked');
    await browser.open(`${server().issuer}/sign-out`).then((page) => browser.submit(page, { decision: 'sign_out' }));
    const asBob = await browser.submit(await browser.open(waiting.url), credentialsOf('bob'));
    expect(asBob.text).toContain('name="password"');
    const forced = await browser.submit({ ...waiting, url: waiting.url }, { decision: 'back' });
    expect(forced.left).toBeUndefined();
  });

  it('attack class 145: who signs in takes the place of whomever the client pushed before', async () => {
    const album = await alice().album();
    await album.share({ type: 'partner', issuer: server().world.partner.issuer, subject: DAVE }, ['view']);
    const first = await album.ticket('view', 'print');
    const idToken = await server().world.partner.idToken({ subject: DAVE, audience: server().issuer });
    const answer = await gallery().rpt(first, pushed(idToken));
    const ticket = textMember(answer, 403, 'ticket');
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }));
    const { left } = await browser.submit(shown, { decision: 'send' });
    // What was known of dave counts for nothing any more: his issuer could be heard again, and both scopes are open for her.
    const open = await gallery().rpt(back(left));
    expect(outcome(open)).toBe('403 need_info');
    expect(outcome(await gallery().rpt(textMember(open, 403, 'ticket')))).toBe('403 request_submitted');
    const { items } = (await alice().owner.get('requests?state=pending&limit=200')).json<{ items: PendingRequest[] }>();
    const hers = items.find(
      ({ resources, requesting_party: party }) =>
        resources[0]?.resource_id === album.id && party['account_id'] === 'carol',
    );
    expect(hers?.resources[0]?.scopes).toEqual(['view', 'print']);
  });

  it('UG-34 a policy that wants a fresh word has her sign in again, once', async () => {
    const { album, browser, old } = early;
    await past(old);
    const again = await browser.open(claimsUrl(server(), { ticket: await album.ticket('view') }));
    expect(again.text).toContain('name="password"');
    const shown = await browser.submit(again, credentialsOf('carol'));
    const { left } = await browser.submit(shown, { decision: 'send' });
    expect(outcome(await gallery().rpt(back(left)))).toBe('200');
  });

  it('a pushed ID token and a sign-in here are one person where they are linked', async () => {
    const album = await ofCarol();
    const { left } = await giveClaims(server(), await album.ticket('view'));
    const rpt = textMember(await gallery().rpt(back(left)), 200, 'access_token');
    expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
    const again = await requestingParty(server(), CAROL, 'print-shop').present(await album.ticket('view'));
    expect(outcome(again)).toBe('200');
  });

  it('UG-32 anyone means anyone who is known, here too', async () => {
    const album = await alice().album();
    await album.share(ANYONE, ['view']);
    const { left } = await giveClaims(server(), await album.ticket('view'), 'bob');
    expect(outcome(await gallery().rpt(back(left)))).toBe('200');
  });

  it('writes no ticket and no address of a page into its log', () => {
    expect(server().log()).not.toMatch(/vk_(tk|ia)_/);
  });
});
