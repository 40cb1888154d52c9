import { setTimeout as wait } from 'node:timers/promises';

import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import type { Server } from '../support/server.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, type ClientName, DAVE } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE, CAROLS_ACCOUNT, outcome, partnerSubject } from './photo-sharing.js';

const OPTIONS = { connections: ALICES_CONNECTIONS, config: { uma: { poll_interval: '1s' } } };
const THE_CLIENT = { type: 'client' };
const at = (moment: number) => new Date(moment).toISOString();

describeServer('UMA grant: policies', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const carol = () => requestingParty(server(), CAROL, 'print-shop');
  const sharedAlbum = async (subject: object, more: object = {}) => {
    const album = await alice().album();
    await album.share(subject, ['view'], more);
    return album;
  };
  /** What the party gets for `view`, with these claims, through the client. */
  const attempt = async (subject: object, [party, claims, client]: Attempt, more: object = {}) => {
    const ticket = await (await sharedAlbum(subject, more)).ticket('view');
    if (party === undefined) return outcome(await clientOf(server(), client ?? 'print-shop').rpt(ticket));
    const token = await server().world.partner.idToken({ subject: party, audience: server().issuer, claims });
    return outcome(await clientOf(server(), client ?? 'print-shop').rpt(ticket, pushed(token)));
  };
  const claimSubject = (claim: string, value: string, issuer = server().world.partner.issuer) => ({
    type: 'claim',
    issuer,
    claim,
    value,
  });

  describe('UMA Grant §3.3.4: default deny (attack class 144)', () => {
    it('UG-32 grants nothing on a resource without a policy, and nothing once the policy is gone', async () => {
      const album = await alice().album();
      expect(outcome(await carol().present(await album.ticket('view')))).toBe('403 request_submitted');
      const other = await alice().album();
      const policy = await other.share(CAROLS_ACCOUNT, ['view']);
      const rpt = await carol().rpt(await other.ticket('view'));
      expect((await alice().owner.removePolicy(policy)).status).toBe(204);
      expect(await alice().permissions(rpt)).toEqual([]);
      expect(outcome(await carol().present(await other.ticket('view')))).toBe('403 request_submitted');
    });

    it('UG-32 grants no scope that the policy does not name, and none that the ticket does not want', async () => {
      const album = await sharedAlbum(CAROLS_ACCOUNT);
      expect(outcome(await carol().present(await album.ticket('print')))).toBe('403 request_submitted');
      expect(outcome(await carol().present(await album.ticket('view', 'print')))).toBe('403 request_submitted');
      expect(await alice().permissions(await carol().rpt(await album.ticket('view')))).toEqual([album.on('view')]);
    });

    it('UG-32 adds up what several policies permit', async () => {
      const album = await sharedAlbum(ANYONE);
      await album.share(CAROLS_ACCOUNT, ['print']);
      const rpt = await carol().rpt(await album.ticket('view', 'print'));
      expect(await alice().permissions(rpt)).toEqual([album.on('view', 'print')]);
    });

    it('refuses the ticket of a resource that is gone: invalid_grant', async () => {
      const album = await sharedAlbum(ANYONE);
      const ticket = await album.ticket('view');
      await alice().photos.remove(album.id);
      expect(outcome(await carol().present(ticket))).toBe('400 invalid_grant');
    });
  });

  describe('whom a policy is about', () => {
    it.each<Case>([
      ['an account', () => CAROLS_ACCOUNT, { yes: [[CAROL]], no: [[DAVE], [undefined]] }],
      ['a person at a partner', (one) => partnerSubject(one, DAVE), { yes: [[DAVE]], no: [[CAROL], [undefined]] }],
      ['anyone identified', () => ANYONE, { yes: [[CAROL], [DAVE], [DAVE, {}, 'public-app']], no: [[undefined]] }],
    ])('UG-32 permits %s, and nobody else', async (_what, subject, { yes, no }) => {
      for (const one of yes) expect(await attempt(subject(server()), one)).toBe('200');
      for (const one of no)
        expect(await attempt(subject(server()), one)).toMatch(/^403 (need_info|request_submitted)$/);
    });

    it('UG-32 permits a client for itself, without claims and with them, and no other client', async () => {
      const more = { client_id: 'print-shop' };
      expect(await attempt(THE_CLIENT, [undefined], more)).toBe('200');
      expect(await attempt(THE_CLIENT, [DAVE], more)).toBe('200');
      expect(await attempt(THE_CLIENT, [undefined, {}, 'other-shop'], more)).toBe('403 need_info');
      expect(await attempt(THE_CLIENT, [CAROL, {}, 'other-shop'], more)).toBe('403 request_submitted');
    });

    it.each<[string, string, Record<string, unknown>, boolean]>([
      ['department', 'sales', { department: 'sales' }, true],
      ['department', 'sales', { department: ['it', 'sales'] }, true],
      ['department', 'sales', { department: 'Sales' }, false],
      ['department', 'sales', { department: { value: 'sales' } }, false],
      ['department', 'sales', { 'Department ': 'sales' }, false],
      ['department', 'sales', {}, false],
      ['staff', 'true', { staff: true }, true],
      ['level', '7', { level: 7 }, true],
      ['email', 'd@example.org', { email: 'd@example.org', email_verified: true }, true],
      ['email', 'd@example.org', { email: 'd@example.org', email_verified: 'true' }, false],
      ['email', 'd@example.org', { email: 'd@example.org' }, false],
      ['toString', 'function', {}, false],
    ])('UG-32 a policy for %s = %j and claims %j: permitted is %j', async (claim, value, claims, isPermitted) => {
      const got = await attempt(claimSubject(claim, value), [DAVE, claims]);
      expect(got).toBe(isPermitted ? '200' : '403 request_submitted');
    });

    it('UG-32 a claim counts only from the issuer that the policy names', async () => {
      const subject = claimSubject('department', 'sales', 'https://elsewhere.example');
      expect(await attempt(subject, [DAVE, { department: 'sales' }])).toBe('403 request_submitted');
    });

    it.each<[string, (server: Server) => object]>([
      ['an account', () => CAROLS_ACCOUNT],
      ['a partner', (one) => partnerSubject(one, CAROL)],
      ['anyone', () => ANYONE],
    ])('UG-32 a policy for %s that names a client permits through that client only', async (_what, subject) => {
      const more = { client_id: 'other-shop' };
      expect(await attempt(subject(server()), [CAROL, {}, 'other-shop'], more)).toBe('200');
      expect(await attempt(subject(server()), [CAROL, {}, 'print-shop'], more)).toBe('403 request_submitted');
    });
  });

  describe('when a policy permits (attack class 148)', () => {
    /** All that begins or ends in a while: one wait serves all. */
    const prepare = async () => {
      const [begin, end] = [Date.now() + 5_000, Date.now() + 5_000];
      const early = await sharedAlbum(CAROLS_ACCOUNT, { not_before: at(begin) });
      expect(outcome(await carol().present(await early.ticket('view')))).toBe('403 request_submitted');

      const short = await sharedAlbum(CAROLS_ACCOUNT, { expires_at: at(end) });
      const granted = await carol().present(await short.ticket('view'));
      expect(granted.json().expires_in).toBeLessThanOrEqual(5);
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toHaveLength(1);

      const long = await sharedAlbum(CAROLS_ACCOUNT);
      const rpt = await carol().rpt(await alice().photos.ticket(short.on('view'), long.on('view')));
      const before = await alice().permissions(rpt);
      expect(before).toContainEqual({ ...short.on('view'), exp: expect.any(Number) as number });
      expect(before).toContainEqual(long.on('view'));
      return { begin, end, early, short, granted, long, rpt };
    };
    let going: Awaited<ReturnType<typeof prepare>>;
    beforeAll(async () => {
      going = await prepare();
    });

    it('permits nothing before it begins, and at once when it has begun', async () => {
      await past(going.begin);
      await carol().rpt(await going.early.ticket('view'));
    });

    it('gives an RPT no longer than the policy lasts; then RPT, refresh and new tickets are refused', async () => {
      const { end, granted, short } = going;
      await past(end);
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([]);
      expect(outcome(await shop().refresh(textMember(granted, 200, 'refresh_token')))).toBe('400 invalid_grant');
      expect(outcome(await carol().present(await short.ticket('view')))).toBe('403 request_submitted');
    });

    it('a permission that has ended inside a living RPT is no longer shown; before, its end is', async () => {
      await past(going.end);
      expect(await alice().permissions(going.rpt)).toEqual([going.long.on('view')]);
    });
  });

  describe('UMA Grant §3.3.4: requested scopes', () => {
    const openAlbum = async (...scopes: string[]) => {
      const album = await alice().album(...scopes);
      await album.share(CAROLS_ACCOUNT, scopes);
      return album;
    };

    it('UG-33 a permission without scopes is satisfied by what the client asks for, and by nothing else', async () => {
      const album = await openAlbum('view', 'print');
      const rpt = await carol().rpt(await album.ticket(), { scope: 'print' });
      expect(await alice().permissions(rpt)).toEqual([album.on('print')]);
      expect(outcome(await carol().present(await album.ticket()))).toBe('400 invalid_scope');
      expect(outcome(await carol().present(await album.ticket(), { scope: '' }))).toBe('400 invalid_scope');
    });

    it('UG-33 one permission without scopes among others needs a request, too', async () => {
      const [named, empty] = [await openAlbum('view'), await openAlbum('print')];
      const ticket = () => alice().photos.ticket(named.on('view'), empty.on());
      expect(outcome(await carol().present(await ticket()))).toBe('400 invalid_scope');
      expect(outcome(await carol().present(await ticket(), { scope: 'view' }))).toBe('400 invalid_scope');
      const held = await alice().permissions(await carol().rpt(await ticket(), { scope: 'print' }));
      expect(new Set(held)).toEqual(new Set([named.on('view'), empty.on('print')]));
    });

    it('UG-30 adds requested scopes on every resource that has them, and asks policies for them', async () => {
      const [both, one] = [await openAlbum('view', 'print'), await openAlbum('view')];
      const ticket = await alice().photos.ticket(both.on('view'), one.on('view'));
      const held = await alice().permissions(await carol().rpt(ticket, { scope: 'print view' }));
      expect(new Set(held)).toEqual(new Set([both.on('view', 'print'), one.on('view')]));

      const closed = await sharedAlbum(CAROLS_ACCOUNT);
      const refused = await carol().present(await closed.ticket('view'), { scope: 'print' });
      expect(outcome(refused)).toBe('403 request_submitted');
    });

    it.each([
      ['that no resource of the ticket has', 'download'],
      ['that the client is not registered for', 'share'],
      ['of which one fits nothing', 'view download'],
      ['that are malformed', 'vi"ew'],
    ])('UG-53 refuses scopes %s: invalid_scope', async (_what, scope) => {
      const album = await openAlbum('view', 'share');
      const refused = await carol().present(await album.ticket('view'), { scope });
      expect(outcome(refused)).toBe('400 invalid_scope');
      expect(refused.json()).not.toHaveProperty('ticket');
    });
  });

  describe('UMA Grant §3.3.6: which refusal', () => {
    it('UG-30 gives all or nothing, and asks the owner for the missing part only', async () => {
      const [open, closed] = [await sharedAlbum(CAROLS_ACCOUNT), await alice().album()];
      const ticket = await alice().photos.ticket(open.on('view'), closed.on('print'));
      const refused = await carol().present(ticket);
      expect(outcome(refused)).toBe('403 request_submitted');
      expect(refused.json()).not.toHaveProperty('access_token');
      const { resources } = await alice().pendingRequest(closed);
      expect(resources).toEqual([expect.objectContaining({ resource_id: closed.id, scopes: ['print'] })]);
    });

    it('UG-31 asks for claims first, then the owner; without any claims it is denied', async () => {
      const album = await alice().album();
      const first = await shop().rpt(await album.ticket('view'));
      expect(outcome(first)).toBe('403 need_info');
      expect(outcome(await carol().present(textMember(first, 403, 'ticket')))).toBe('403 request_submitted');

      // Who has been asked once and brings nothing would bring nothing again.
      const again = await shop().rpt(await album.ticket('view'));
      const denied = await shop().rpt(textMember(again, 403, 'ticket'));
      expect(outcome(denied)).toBe('403 request_denied');
      expect(Object.keys(denied.json()).sort()).toEqual(['error', 'error_description']);
    });

    it('UG-31 remembers the claims of the process: the next ticket needs none', async () => {
      const album = await alice().album();
      const submitted = await carol().present(await album.ticket('view'));
      await album.share(CAROLS_ACCOUNT, ['view']);
      await wait(1_050);
      const granted = await shop().rpt(textMember(submitted, 403, 'ticket'));
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);
    });

    it('UG-31 tells nothing about the policy: an existing and a missing one are answered alike', async () => {
      const albums = [await alice().album(), await sharedAlbum(partnerSubject(server(), DAVE))];
      const answers = [];
      for (const album of albums) answers.push(await carol().present(await album.ticket('view')));
      const [one, other] = answers.map((answer) => ({ ...answer.json(), ticket: '' }));
      expect(one).toEqual(other);
    });
  });
});

type Attempt = readonly [party: string | undefined, claims?: Record<string, unknown>, client?: ClientName];
type Case = [what: string, subject: (server: Server) => object, who: { yes: Attempt[]; no: Attempt[] }];
