import { setTimeout as wait } from 'node:timers/promises';

import { describeServer } from '../support/engines.js';
import { textMember } from '../support/uma.js';
import { arrive, BACK, claimsUrl, GATHERING, galleryOf, giveClaims, givePasswords } from './claims-gathering.js';
import { aliceOf, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

const BOBS_ACCOUNT = { type: 'account', account_id: 'bob' };

describeServer('UMA grant: claims at a browser', { ...GATHERING, issuerPath: '/t1' }, (server) => {
  beforeAll(() => givePasswords(server(), 'carol', 'bob'));
  const alice = () => aliceOf(server());
  const gallery = () => galleryOf(server());
  /** A ticket that the gallery was told to send somebody with. */
  const needed = async (first: string) => {
    const answer = await gallery().rpt(first);
    expect(outcome(answer)).toBe('403 need_info');
    return answer.json<{ ticket: string; redirect_user?: string }>();
  };
  const backWith = (left: URL | undefined) => left?.searchParams.get('ticket') ?? '';
  const ticketOf = ({ left }: { left: URL | undefined }) => backWith(left);

  it('UG-10 need_info names where to send her, as a URI, which the metadata names as well', async () => {
    const album = await alice().album();
    const { redirect_user: where } = await needed(await album.ticket('view'));
    expect(where).toBe(`${server().issuer}/uma/claims`);
    const metadata = (await server().http.get('/.well-known/uma2-configuration')).json();
    expect(metadata['claims_interaction_endpoint']).toBe(where);
  });

  it('UG-11, UG-22, UG-25 she signs in, sees what she gives, comes back with a new ticket, and the policy permits', async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view']);
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket, state: 'x y' }));
    // UG-23: which client asks, about what, and each fact.
    for (const seen of ['Gallery', 'Galleries Ltd', 'Alice Archer', 'Album', 'Carol Cook', 'carol'])
      expect(shown.text).toContain(seen);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    const { left, status } = await browser.submit(shown, { decision: 'send' });
    expect(status).toBe(303);
    expect(left?.href.startsWith(`${BACK}&`)).toBe(true);
    expect([...(left?.searchParams.keys() ?? [])].sort()).toEqual(['iss', 'state', 'tenant', 'ticket']);
    expect(left?.searchParams.get('state')).toBe('x y');
    expect(backWith(left)).not.toBe(ticket);
    const granted = await gallery().rpt(backWith(left));
    const rpt = textMember(granted, 200, 'access_token');
    expect(await alice().permissions(rpt)).toEqual([album.on('view')]);

    // UMA Grant section 3.3.3: the claims are remembered for this client.
    const again = await gallery().rpt(await album.ticket('view'), { pct: textMember(granted, 200, 'pct') });
    expect(outcome(again)).toBe('200');
  });

  it('UG-23 each fact is asked for with why, who sees it and how long it stays, as it is', async () => {
    const { ticket } = await needed(await (await alice().album()).ticket('view'));
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    const facts = [...shown.text.matchAll(/<div class="item">[\s\S]*?<\/div>/g)].map(([fact]) =>
      fact.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '),
    );
    expect(facts).toHaveLength(3);
    const [name, username, email] = facts;
    for (const told of [name, email]) {
      expect(told).toMatch(/Why: so that the owner knows who asks/);
      expect(told).toMatch(/Seen by: Alice Archer/);
      // What an owner sees of a party stays with the share, and with its end for `jobs.keep_ended`.
      expect(told).toMatch(/Kept for 30 days\. If you get access: as long as you have it, and 90 days more/);
    }
    // It is the id of the account, by which the owner hears of her.
    expect(username).toMatch(
      /Why: the owner may already have said yes.* Seen by: Alice Archer Kept for 30 days\. If you get access/,
    );
    expect(email).toMatch(/Leave this out Your e-mail address is then not sent\./);
  });

  it('UG-23 A4 why she asks is read by the owner who is asked, in one line without markup of its own', async () => {
    const album = await alice().album();
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    expect(shown.text).toMatch(/Only .*Alice Archer.* reads it/);
    const why = `I cover the team\n during <b>audit</b> week \u202e${'x'.repeat(400)}`;
    await browser.submit(shown, { decision: 'send', why });
    const request = await alice().pendingRequest(album);
    expect(request.why).toMatch(/^I cover the team\s+during <b>audit<\/b> week x+$/);
    expect(request.why).toHaveLength(300);
  });

  it('A4 what the account has not, and what only others can say, is told with who can, and what comes next', async () => {
    const { ticket } = await needed(await (await alice().album()).ticket('view'));
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'carol');
    expect(shown.text).toContain('Your account here has none, so nothing is sent.');
    expect(shown.text).not.toContain('email.declined');
    expect(shown.text).not.toContain('could say more about you');
    const album = await alice().album();
    await album.share({ type: 'claim', issuer: 'https://partner.example', claim: 'department', value: 'audit' }, [
      'view',
    ]);
    const { ticket: other } = await needed(await album.ticket('view'));
    const { browser, shown: page } = await arrive(server(), claimsUrl(server(), { ticket: other }), 'bob');
    expect(page.text).toMatch(/Example partner.* could say more about you that helps .*Alice Archer.* to decide/);
    expect((await browser.submit(page, { decision: 'send' })).text).toContain('has been asked');
    expect((await alice().pendingRequest(album)).state).toBe('pending');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['she has another password', () => givePasswords(server(), 'bob')],
    ['she has lost a device', () => server().runCommand(['lost-device', 'bob', '--passkeys'])],
  ])(
    '224 what she gave by a sign-in counts no more when %s: neither PCT nor RPT nor process',
    async (_, voidSignIns) => {
      const album = await alice().album();
      await album.share(BOBS_ACCOUNT, ['view']);
      const first = await gallery().rpt(
        ticketOf(await giveClaims(server(), (await needed(await album.ticket('view'))).ticket, 'bob')),
      );
      const { ticket: begun } = await needed(await album.ticket('view'));
      const going = ticketOf(await giveClaims(server(), begun, 'bob'));
      const [rpt, pct] = [textMember(first, 200, 'access_token'), textMember(first, 200, 'pct')];
      expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
      const renewed = await gallery().refresh(textMember(first, 200, 'refresh_token'));
      expect(renewed.status).toBe(200);

      await voidSignIns();

      expect(await alice().permissions(rpt)).toEqual([]);
      const refreshed = await gallery().refresh(textMember(renewed, 200, 'refresh_token'));
      expect(refreshed.json()).toMatchObject({ error: 'invalid_grant' });
      expect(outcome(await gallery().rpt(await album.ticket('view'), { pct }))).toBe('403 need_info');
      // Who has been at a browser in this process is not sent there again.
      expect(outcome(await gallery().rpt(going))).toBe('403 request_denied');
      const again = await giveClaims(server(), (await needed(await album.ticket('view'))).ticket, 'bob');
      expect(outcome(await gallery().rpt(ticketOf(again)))).toBe('200');
    },
  );

  it('UG-24, UG-50 arriving uses the ticket up; a replay ends the process with its RPT (attack class 130)', async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view']);
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }));
    const rpt = textMember(
      await gallery().rpt(backWith((await browser.submit(shown, { decision: 'send' })).left)),
      200,
      'access_token',
    );
    const replay = await arrive(server(), claimsUrl(server(), { ticket, state: 's' }));
    expect(replay.shown.left?.href).toBe(
      `${BACK}&error=invalid_request&state=s&iss=${encodeURIComponent(server().issuer)}`,
    );
    expect(await alice().permissions(rpt)).toEqual([]);
  });

  it('UG-31 where claims are not enough the owner is asked, and the page shows what she says', async () => {
    const album = await alice().album();
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket, state: 's' }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send' });
    expect(waiting.left).toBeUndefined();
    expect(waiting.text).toContain('has been asked');
    const request = await alice().pendingRequest(album);
    expect(request.requesting_party).toMatchObject({
      issuer: server().issuer,
      account_id: 'bob',
      name: 'Bob Baker',
      email: 'bob@example.org',
    });
    await alice().owner.approve(request.id);
    const allowed = await browser.open(waiting.url);
    expect(allowed.text).toContain('has allowed it');
    const { left } = await browser.submit(allowed, { decision: 'back' });
    expect(outcome(await gallery().rpt(backWith(left)))).toBe('200');
  });

  it('UG-31 she may go back before the owner has decided: the client waits as for any request', async () => {
    const album = await alice().album();
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send' });
    const { left } = await browser.submit(waiting, { decision: 'back' });
    const submitted = await gallery().rpt(backWith(left));
    expect(outcome(submitted)).toBe('403 request_submitted');
    await alice().owner.deny((await alice().pendingRequest(album)).id);
    await wait(1_050);
    expect(outcome(await gallery().rpt(textMember(submitted, 403, 'ticket')))).toBe('403 request_denied');
  });

  it('gives what she leaves ticked to nobody else, and a fact that she withholds to nobody', async () => {
    const album = await alice().album();
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send', 'email.declined': 'yes' });
    const request = await alice().pendingRequest(album);
    const party = { issuer: server().issuer, subject: 'bob', account_id: 'bob', name: 'Bob Baker' };
    expect(request.requesting_party).toEqual(party);
    await alice().owner.approve(request.id);
    const { left } = await browser.submit(await browser.open(waiting.url), { decision: 'back' });
    const granted = await gallery().rpt(backWith(left));
    const inspected = await alice().photos.introspect(textMember(granted, 200, 'access_token'));
    expect(inspected.json()['active']).toBe(true);
    for (const told of [decodeURIComponent(left?.href ?? ''), granted.text, inspected.text, server().log()])
      expect(told).not.toMatch(/Bob Baker|bob@example\.org/);
  });

  it('declining everything is access_denied, without a ticket; the old one is used up', async () => {
    const album = await alice().album();
    const { ticket } = await needed(await album.ticket('view'));
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket, state: 's' }));
    const { left } = await browser.submit(shown, { decision: 'cancel' });
    expect(Object.fromEntries(left?.searchParams ?? [])).toEqual({
      tenant: '7',
      error: 'access_denied',
      state: 's',
      iss: server().issuer,
    });
    expect(outcome(await gallery().rpt(ticket))).toBe('400 invalid_grant');
  });

  it('UG-33, UG-53 a client may name scopes as she arrives: they are asked for in all that follows', async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view', 'print']);
    const ticket = await album.ticket('view');
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket, scope: 'print' }));
    const { left } = await browser.submit(shown, { decision: 'send' });
    const rpt = textMember(await gallery().rpt(backWith(left)), 200, 'access_token');
    const [permission] = await alice().permissions(rpt);
    expect([...(permission?.resource_scopes ?? [])].sort()).toEqual(['print', 'view']);
  });

  it('UG-31 what she names is what the owner is asked for, too', async () => {
    const album = await alice().album();
    await album.share({ type: 'account', account_id: 'bob' }, ['view']);
    const url = claimsUrl(server(), { ticket: await album.ticket('view'), scope: 'view print' });
    const { browser, shown } = await arrive(server(), url, 'bob');
    const waiting = await browser.submit(shown, { decision: 'send' });
    expect(waiting.text).toContain('has been asked');
    const { resources } = await alice().pendingRequest(album);
    expect(resources).toMatchObject([{ resource_id: album.id, scopes: ['print'] }]);
  });

  it.each([
    ['that no resource of the ticket has', 'view', true],
    ['that the client is not registered for', 'download', true],
    ['that is malformed', 'vi"ew', false],
  ])('UG-53 a scope %s is invalid_scope, as at the token endpoint', async (_what, scope, isUsedUp) => {
    const album = await alice().album('print', 'download');
    await album.share(CAROLS_ACCOUNT, ['print']);
    const ticket = await album.ticket('print');
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket, scope, state: 's' }));
    expect([shown.left?.searchParams.get('error'), shown.left?.searchParams.has('ticket')]).toEqual([
      'invalid_scope',
      false,
    ]);
    expect(outcome(await gallery().rpt(ticket))).toBe(isUsedUp ? '400 invalid_grant' : '403 need_info');
  });

  it('UG-52 a first ticket is bound to the client that sends her', async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view']);
    const { left } = await giveClaims(server(), await album.ticket('view'));
    expect(outcome(await gallery().rpt(backWith(left)))).toBe('200');
  });
});
