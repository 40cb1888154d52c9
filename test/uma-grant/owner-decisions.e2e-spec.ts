import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, type ClientName, DAVE } from '../support/world.js';
import {
  type Album,
  aliceOf,
  ALICES_CONNECTIONS,
  BOBS_CONNECTIONS,
  CAROLS_ACCOUNT,
  outcome,
  partnerSubject,
} from './photo-sharing.js';

const MOST_OPEN_REQUESTS = 25;
const OPTIONS = {
  connections: [...ALICES_CONNECTIONS, ...BOBS_CONNECTIONS],
  config: { uma: { poll_interval: '1s', open_requests_per_owner: MOST_OPEN_REQUESTS } },
};
const INTERVAL = 1_050;

describeServer('UMA grant: the owner decides', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const party = (subject = CAROL, client: ClientName = 'print-shop') => requestingParty(server(), subject, client);
  /** The ticket to poll with, after the owner was asked. */
  const ask = async (ticket: string, subject = CAROL) => {
    const submitted = await party(subject).present(ticket);
    expect(outcome(submitted)).toBe('403 request_submitted');
    return textMember(submitted, 403, 'ticket');
  };
  const poll = async (ticket: string) => {
    await wait(INTERVAL);
    return shop().rpt(ticket);
  };
  const heldBy = (answer: Answer) => alice().permissions(textMember(answer, 200, 'access_token'));

  describe('UMA Grant §3.3.6: approval', () => {
    it('UG-31 all that was asked: the next poll gets it, and a policy for that party and client stays', async () => {
      const album = await alice().album();
      const ticket = await ask(await album.ticket('view', 'print'));
      const { id } = await alice().pendingRequest(album);
      const approved = await alice().owner.approve(id);
      expect(approved.json()).toMatchObject({ id, state: 'approved' });
      expect(await heldBy(await poll(ticket))).toEqual([album.on('view', 'print')]);

      const { items } = (await alice().owner.get(`policies?resource_id=${album.id}`)).json<{ items: object[] }>();
      expect(items).toEqual([
        expect.objectContaining({ subject: CAROLS_ACCOUNT, client_id: 'print-shop', scopes: ['view', 'print'] }),
      ]);
      expect(outcome(await party().present(await album.ticket('view')))).toBe('200');
      expect(outcome(await party(CAROL, 'other-shop').present(await album.ticket('view')))).toBe(
        '403 request_submitted',
      );
      expect(outcome(await party(DAVE).present(await album.ticket('view')))).toBe('403 request_submitted');
    });

    it('UG-56 a poll without scope goes on with the scopes asked for before: one request, and all of it when approved', async () => {
      const album = await alice().album('view', 'print', 'download');
      const openOnes = async () =>
        (await alice().owner.get('requests?state=pending&limit=200'))
          .json<{ items: { resources: { resource_id: string; scopes: string[] }[] }[] }>()
          .items.filter(({ resources }) => resources.some((one) => one.resource_id === album.id))
          .map(({ resources }) => [...(resources[0]?.scopes ?? [])].sort());
      // The scope is asked for at the first presentation, and by the one with claims and the polls no more.
      const asked = textMember(await shop().rpt(await album.ticket('view'), { scope: 'download' }), 403, 'ticket');
      const early = await shop().rpt(await ask(asked));
      expect(outcome(early)).toBe('403 request_submitted');
      const [next, interval] = [textMember(early, 403, 'ticket'), Number(early.json()['interval'])];
      await wait(interval * 1_000 + 50);
      const polled = await shop().rpt(next);
      expect(outcome(polled)).toBe('403 request_submitted');
      expect(await openOnes()).toEqual([['download', 'view']]);

      await alice().owner.approve((await alice().pendingRequest(album)).id);
      const granted = await poll(textMember(polled, 403, 'ticket'));
      const [permission] = await heldBy(granted);
      expect(new Set(permission?.resource_scopes)).toEqual(new Set(['view', 'download']));
    });

    it('UG-33 a permission without scopes is satisfied by those that were asked for earlier in the process', async () => {
      const album = await alice().album('view', 'download');
      await album.share(CAROLS_ACCOUNT, ['download']);
      const asked = textMember(await shop().rpt(await album.ticket(), { scope: 'download' }), 403, 'ticket');
      expect(await heldBy(await party().present(asked))).toEqual([album.on('download')]);
    });

    it('UG-56 a poll that names other scopes asks for those instead', async () => {
      const album = await alice().album('view', 'print', 'download');
      await album.share(CAROLS_ACCOUNT, ['view', 'print']);
      const submitted = await party().present(await album.ticket('view'), { scope: 'download' });
      await wait(INTERVAL);
      const granted = await shop().rpt(textMember(submitted, 403, 'ticket'), { scope: 'print' });
      const [permission] = await heldBy(granted);
      expect(new Set(permission?.resource_scopes)).toEqual(new Set(['view', 'print']));
    });

    it('UG-30 fewer scopes: this request gets the part that was approved, a later one is asked about again', async () => {
      const album = await alice().album();
      const ticket = await ask(await album.ticket('view', 'print'));
      const { id } = await alice().pendingRequest(album);
      expect((await alice().owner.approve(id, { scopes: { [album.id]: ['view'] } })).status).toBe(200);
      expect(await heldBy(await poll(ticket))).toEqual([album.on('view')]);
      expect(outcome(await party().present(await album.ticket('view', 'print')))).toBe('403 request_submitted');
      expect((await alice().pendingRequest(album)).resources[0]?.scopes).toEqual(['print']);
    });

    it('UG-30 one album of two: the other one is left out', async () => {
      const [one, other] = [await alice().album(), await alice().album()];
      const ticket = await ask(await alice().photos.ticket(one.on('view'), other.on('view')));
      const { id, resources } = await alice().pendingRequest(one);
      expect(resources).toHaveLength(2);
      await alice().owner.approve(id, { scopes: { [one.id]: ['view'], [other.id]: [] } });
      expect(await heldBy(await poll(ticket))).toEqual([one.on('view')]);
    });

    it('UG-30 approved in part for one person, it gives another one no part of what she asks', async () => {
      const album = await alice().album();
      await album.share(partnerSubject(server(), DAVE), ['print']);
      const ticket = await ask(await album.ticket('view', 'print'));
      const { id } = await alice().pendingRequest(album);
      await alice().owner.approve(id, { scopes: { [album.id]: ['view'] } });
      await wait(INTERVAL);
      expect(outcome(await party(DAVE).present(ticket))).toBe('403 request_submitted');
      expect((await alice().pendingRequest(album)).requesting_party).toMatchObject({ subject: DAVE });
    });

    it('UG-30 approved in part, it gives no part where more is asked for than the owner was', async () => {
      const album = await alice().album('view', 'print', 'download');
      const ticket = await ask(await album.ticket('view', 'print'));
      const { id } = await alice().pendingRequest(album);
      await alice().owner.approve(id, { scopes: { [album.id]: ['view'] } });
      await wait(INTERVAL);
      expect(outcome(await shop().rpt(ticket, { scope: 'download' }))).toBe('403 request_submitted');
      const { resources } = await alice().pendingRequest(album);
      expect(new Set(resources[0]?.scopes)).toEqual(new Set(['print', 'download']));
    });

    it('a shorter time: the RPT lives no longer, and then the owner is asked again', async () => {
      const album = await alice().album();
      const ticket = await ask(await album.ticket('view'));
      const { id } = await alice().pendingRequest(album);
      const end = Date.now() + 6_000;
      await alice().owner.approve(id, { expires_at: new Date(end).toISOString() });
      const granted = await poll(ticket);
      expect(granted.json().expires_in).toBeLessThanOrEqual(5);
      await past(end);
      expect(await heldBy(granted)).toEqual([]);
      expect(outcome(await party().present(await album.ticket('view')))).toBe('403 request_submitted');
    });

    it.each<[string, string, (album: Album, other: Album) => object]>([
      ['more scopes', '400 invalid_scope', ({ id }) => ({ scopes: { [id]: ['view', 'print'] } })],
      ['another album', '400 invalid_scope', (_, { id }) => ({ scopes: { [id]: ['view'] } })],
      ['no scope at all', '400 invalid_request', ({ id }) => ({ scopes: { [id]: [] } })],
      ['nothing', '400 invalid_request', () => ({ scopes: {} })],
      ['a time that is none', '400 invalid_request', () => ({ expires_at: 'soon' })],
      ['an unknown member', '400 invalid_request', () => ({ client_id: 'other-shop' })],
    ])('cannot give %s: %s, and the request stays pending', async (_what, refusal, body) => {
      const [album, other] = [await alice().album(), await alice().album()];
      await ask(await album.ticket('view'));
      const { id } = await alice().pendingRequest(album);
      expect(outcome(await alice().owner.approve(id, body(album, other)))).toBe(refusal);
      expect((await alice().pendingRequest(album)).id).toBe(id);
      expect(outcome(await party().present(await album.ticket('view')))).toBe('403 request_submitted');
      await alice().owner.deny(id);
    });

    it('equal requests are one for the owner; each of their processes gets its RPT', async () => {
      const album = await alice().album();
      const tickets = [await ask(await album.ticket('view')), await ask(await album.ticket('view'))];
      const { id } = await alice().pendingRequest(album);
      await alice().owner.approve(id);
      await wait(INTERVAL);
      for (const ticket of tickets) expect(await heldBy(await shop().rpt(ticket))).toEqual([album.on('view')]);
    });

    it('is decided once: of approvals and denials at the same time exactly one counts', async () => {
      const album = await alice().album();
      await ask(await album.ticket('view'));
      const { id } = await alice().pendingRequest(album);
      const { approve, deny } = alice().owner;
      const answers = await Promise.all([approve(id), deny(id), approve(id), deny(id)]);
      expect(answers.map(outcome).sort()).toEqual([
        '200',
        '409 invalid_state',
        '409 invalid_state',
        '409 invalid_state',
      ]);
    });

    it('is for nobody but the owner: not_found; and gives nothing of what is gone', async () => {
      const album = await alice().album();
      await ask(await album.ticket('view'));
      const { id } = await alice().pendingRequest(album);
      const bob = aliceOf(server(), 2).owner;
      for (const answer of [await bob.get(`requests/${id}`), await bob.approve(id), await bob.deny(id)])
        expect(outcome(answer)).toBe('404 not_found');
      await alice().photos.remove(album.id);
      expect(outcome(await alice().owner.approve(id))).toBe('400 invalid_request');
      await alice().owner.deny(id);
    });
  });

  describe('UMA Grant §3.3.6: denial', () => {
    it('UG-31, UG-53 ends the process with request_denied, and answers equal requests for a while', async () => {
      const album = await alice().album();
      const ticket = await ask(await album.ticket('view'));
      await alice().owner.deny((await alice().pendingRequest(album)).id);
      const denied = await poll(ticket);
      expect(outcome(denied)).toBe('403 request_denied');
      expect(denied.json()).not.toHaveProperty('ticket');
      expect(outcome(await party().present(await album.ticket('view')))).toBe('403 request_denied');
      await expect(alice().pendingRequest(album)).rejects.toThrow('pending');

      for (const [subject, scope] of [
        [CAROL, 'print'],
        [DAVE, 'view'],
      ] as const)
        expect(outcome(await party(subject).present(await album.ticket(scope)))).toBe('403 request_submitted');
    });

    it('yields to a policy that the owner writes afterwards', async () => {
      const album = await alice().album();
      const ticket = await ask(await album.ticket('view'));
      await alice().owner.deny((await alice().pendingRequest(album)).id);
      await album.share(CAROLS_ACCOUNT, ['view']);
      expect(await heldBy(await poll(ticket))).toEqual([album.on('view')]);
    });
  });

  describe('UMA Grant §3.3.6: polling (attack class 146)', () => {
    it('UG-56 too early a poll gets a new ticket and twice the interval, up to a minute, even after approval', async () => {
      const album = await alice().album();
      let ticket = await ask(await album.ticket('view'));
      await alice().owner.approve((await alice().pendingRequest(album)).id);
      const intervals: unknown[] = [];
      for (let round = 0; round < 8; round += 1) {
        const early = await shop().rpt(ticket);
        expect(outcome(early)).toBe('403 request_submitted');
        ticket = textMember(early, 403, 'ticket');
        intervals.push(early.json().interval);
      }
      expect(intervals).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    });

    it('UG-50, UG-56 a poll with a ticket that was used ends the polling: the newest ticket is used up, too', async () => {
      const album = await alice().album();
      const first = await ask(await album.ticket('view'));
      const second = textMember(await shop().rpt(first), 403, 'ticket');
      expect(outcome(await shop().rpt(first))).toBe('400 invalid_grant');
      expect(outcome(await shop().rpt(second))).toBe('400 invalid_grant');
    });

    it('UG-56, UG-11 a poll in time gets the next ticket and the usual interval', async () => {
      const album = await alice().album();
      const first = await ask(await album.ticket('view'));
      const second = await poll(first);
      expect(second.json()).toMatchObject({ error: 'request_submitted', interval: 1 });
      await alice().owner.approve((await alice().pendingRequest(album)).id);
      expect(await heldBy(await poll(textMember(second, 403, 'ticket')))).toEqual([album.on('view')]);
    });

    it('so many requests wait for one owner, and no more; the list is given in pages', async () => {
      const bob = aliceOf(server(), 2);
      const albums = await Promise.all(Array.from({ length: MOST_OPEN_REQUESTS }, () => bob.album()));
      for (const album of albums) await ask(await album.ticket('view'), DAVE);
      const more = await (await bob.album()).ticket('view');
      expect(outcome(await party(DAVE).present(more))).toBe('403 request_denied');

      type Page = { items: { id: string }[]; next_cursor?: string };
      const ids: string[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: Page = (await bob.owner.get(`requests?state=pending&limit=10${from}`)).json<Page>();
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor;
      }
      expect(new Set(ids).size).toBe(MOST_OPEN_REQUESTS);

      await bob.owner.deny(ids[0] ?? '');
      await ask(await (await bob.album()).ticket('view'), DAVE);
    });
  });

  describe('the owner ends an authorization (attack class 147)', () => {
    const grantIdOf = async (rpt: string) => textMember(await alice().photos.introspect(rpt), 200, 'grant_id');
    /** Ends the authorization that the RPT belongs to. @returns its id */
    const endOf = async (rpt: string) => {
      const id = await grantIdOf(rpt);
      expect(outcome(await alice().owner.endAuthorization(id))).toBe('204');
      return id;
    };
    const sharedAlbum = async (subject: object, more: object = {}) => {
      const album = await alice().album();
      return { album, policy: await album.share(subject, ['view'], more) };
    };

    it('UG-43 RPT, refresh and upgrade end at once, and the old policy gives no new one', async () => {
      const { album } = await sharedAlbum(CAROLS_ACCOUNT);
      const granted = await party().present(await album.ticket('view'));
      const rpt = textMember(granted, 200, 'access_token');
      const other = await party(CAROL, 'other-shop').rpt(await album.ticket('view'));
      const grantId = await endOf(rpt);
      expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
      expect(outcome(await shop().refresh(textMember(granted, 200, 'refresh_token')))).toBe('400 invalid_grant');
      expect(outcome(await party().present(await album.ticket('view'), { rpt }))).toBe('403 request_submitted');
      expect(await alice().permissions(other)).toEqual([album.on('view')]);
      expect(outcome(await alice().owner.endAuthorization(grantId))).toBe('404 not_found');
    });

    it.each(['writes another policy', 'changes the old one', 'approves the request'])(
      'gives access again when the owner %s, under a new authorization',
      async (how) => {
        const { album, policy } = await sharedAlbum(CAROLS_ACCOUNT);
        const old = await party().rpt(await album.ticket('view'));
        const ended = await endOf(old);
        const ticket = await ask(await album.ticket('view'));
        const again = { resource_id: album.id, subject: CAROLS_ACCOUNT, scopes: ['view'] };
        if (how === 'writes another policy') await alice().owner.share(again);
        else if (how === 'changes the old one') await alice().owner.replacePolicy(policy, again);
        else await alice().owner.approve((await alice().pendingRequest(album)).id);
        const granted = await poll(ticket);
        expect(await heldBy(granted)).toEqual([album.on('view')]);
        expect(await grantIdOf(textMember(granted, 200, 'access_token'))).not.toBe(ended);
        expect(await alice().permissions(old)).toEqual([]);
      },
    );

    it.each([
      ['claims that it left away before', undefined, DAVE],
      ['without the claims that it brought before', DAVE, undefined],
      ['claims of somebody else', DAVE, CAROL],
    ])('a client that was let in for itself does not come back with %s', async (_what, first, then) => {
      const { album } = await sharedAlbum({ type: 'client' }, { client_id: 'signed-shop' });
      const present = async (subject: string | undefined) => {
        const ticket = await album.ticket('view');
        if (subject !== undefined) return party(subject, 'signed-shop').present(ticket);
        return clientOf(server(), 'signed-shop').rpt(ticket);
      };
      await endOf(textMember(await present(first), 200, 'access_token'));
      expect(outcome(await present(then))).toMatch(/^403 (need_info|request_submitted)$/);
      await album.share({ type: 'client' }, ['view'], { client_id: 'signed-shop' });
      expect(outcome(await present(then))).toBe('200');
    });

    it('what a client had for itself goes with the end of one record from all its records, refresh too', async () => {
      const { album } = await sharedAlbum({ type: 'client' }, { client_id: 'print-shop' });
      const carols = await party(CAROL).present(await album.ticket('view'));
      const [rpt, refreshToken] = [textMember(carols, 200, 'access_token'), textMember(carols, 200, 'refresh_token')];
      const { album: personal } = await sharedAlbum(CAROLS_ACCOUNT);
      const ofPerson = await party(CAROL).rpt(await personal.ticket('view'));
      await album.share({ type: 'client' }, ['view'], { client_id: 'other-shop' });
      const ofOther = await party(CAROL, 'other-shop').rpt(await album.ticket('view'));

      await endOf(await party(DAVE).rpt(await album.ticket('view')));
      expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
      expect(outcome(await shop().refresh(refreshToken))).toBe('400 invalid_grant');
      expect(await alice().permissions(ofPerson)).toEqual([personal.on('view')]);
      expect(await alice().permissions(ofOther)).toEqual([album.on('view')]);

      await album.share({ type: 'client' }, ['view'], { client_id: 'print-shop' });
      expect(await alice().permissions(await party(CAROL).rpt(await album.ticket('view')))).toEqual([album.on('view')]);
      expect(outcome(await shop().refresh(refreshToken))).toBe('400 invalid_grant');
    });

    it('RPTs that the client gets for others at the moment of the end are worth nothing', async () => {
      const { album } = await sharedAlbum({ type: 'client' }, { client_id: 'print-shop' });
      const id = await grantIdOf(await party(DAVE).rpt(await album.ticket('view')));
      const tickets = await Promise.all(Array.from({ length: 60 }, () => album.ticket('view')));
      const presentations = tickets.map((ticket, index) => party(`guest-${index}`).present(ticket));
      await Promise.race(presentations);
      expect(outcome(await alice().owner.endAuthorization(id))).toBe('204');
      const answers = await Promise.all(presentations);
      for (const answer of answers.filter(({ status }) => status === 200)) {
        expect(await alice().permissions(textMember(answer, 200, 'access_token'))).toEqual([]);
      }
    });
  });
});
