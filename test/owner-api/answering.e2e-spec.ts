import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { requestingParty } from '../support/uma.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';
import { CAROL, DAVE } from '../support/world.js';
import {
  daveAsks,
  everyPage,
  type ListJson,
  outcome,
  OWNERS_CONNECTIONS,
  ownersOf,
  type RequestJson,
} from './owners.js';

const CONFIG = { uma: { poll_interval: '1s' } };
const MONTH = 30 * 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

interface Given {
  readonly id: string;
  readonly state: string;
  readonly ended_at?: string;
  readonly ended_by?: string;
  readonly scopes: readonly { readonly scope: string }[];
}

interface Card extends RequestJson {
  readonly version: string;
  readonly why?: string;
  readonly muted_until?: string;
  readonly context: {
    readonly first_request: boolean;
    readonly had_before?: { readonly until?: string };
    readonly others: readonly { readonly holder: { readonly name: string }; readonly until?: string }[];
  };
}

describeServer(
  '{issuer}/me/requests: the cards of the console',
  { connections: OWNERS_CONNECTIONS, config: CONFIG },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const bob = () => ownersOf(server()).bob;
    const card = async (id: string) => (await alice().owner.get(`requests/${id}`)).json<Card>();
    const decide = (id: string, decision: string, body: object = {}, headers: Record<string, string> = {}) =>
      server().http.json('POST', `/me/requests/${id}/${decision}`, body, { bearer: alice().token, headers });
    /** Somebody new at the partner asks. */
    const stranger = async (subject: string, album: string, form: Record<string, string> = {}): Promise<Answer> => {
      const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
      return requestingParty(server(), subject, 'print-shop').present(ticket, form);
    };
    const waitingFor = async (album: string) => {
      const items = await everyPage<Card>(alice().owner, 'requests?state=pending&', 200);
      return items.filter(({ resources }) => resources.some((resource) => resource.resource_id === album));
    };

    it('says who asks through what, in words, with a version and an ETag', async () => {
      const album = await alice().album('Cards');
      const { requestId } = await daveAsks(server(), alice(), album, ['view']);
      const answer = await alice().owner.get(`requests/${requestId}`);
      expect(answer.headers['etag']).toBe('"1"');
      expect(answer.json()).toMatchObject({
        version: '1',
        who: { kind: 'person', name: DAVE, verification: 'partner', verified_by: 'Example partner' },
        through: {
          ...{ kind: 'application', id: 'client:print-shop', name: 'Print shop', organisation: 'Shops Ltd' },
          verification: 'operator',
        },
        asked: [
          { resource: { id: album, name: 'Cards', service: { name: 'Photo service' } }, scopes: [{ scope: 'view' }] },
        ],
        context: { others: [] },
      });
      expect(answer.json()).not.toHaveProperty('given');
    });

    it('who has waited longest comes first, on whatever page', async () => {
      const order: string[] = [];
      for (let index = 0; index < 6; index += 1) {
        const album = await alice().album(`Waits ${index}`);
        await stranger(`waits-${index}`, album);
        order.push(album);
      }
      for (const limit of [1, 4, 200]) {
        const items = await everyPage<Card>(alice().owner, 'requests?state=pending&', limit);
        const albums = items.map(({ resources }) => resources[0]?.resource_id ?? '');
        expect(albums.filter((album) => order.includes(album))).toEqual(order);
      }
    });

    it('tells what the client says it is for, in one line that turns nothing round, and cut', async () => {
      const album = await alice().album();
      await stranger('why-1', album, { valetkey_reason: `I cover\nthe \u202eteam <b> ${'x'.repeat(400)}` });
      const [asked] = await waitingFor(album);
      expect(asked?.why).toMatch(/^I cover the team <b> x+$/);
      expect(asked?.why).toHaveLength(300);
    });

    it('context is of the owner’s own data: the first request, what she had before, who else holds it', async () => {
      const album = await alice().album();
      const policy = { resource_id: album, scopes: ['view'] };
      await alice().owner.share({ ...policy, subject: { type: 'account', account_id: 'bob' }, expires_at: inDays(2) });
      await alice().owner.share({ ...policy, subject: { type: 'client' }, client_id: 'other-shop' });
      await bob().owner.share({
        ...policy,
        resource_id: await bob().album(),
        subject: { type: 'partner', issuer: 'https://partner.example', subject: 'new-1' },
      });
      await stranger('new-1', album);
      const [first] = await waitingFor(album);
      expect(first?.context.first_request).toBe(true);
      expect(first?.context).not.toHaveProperty('had_before');
      expect(first?.context.others.map(({ holder }) => holder.name).sort()).toEqual(['Bob Baker', 'Other shop']);
      expect(first?.context.others).toHaveLength(2);
      await decide(first?.id ?? '', 'approve', { until: inDays(1) });
      const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
      await requestingParty(server(), 'new-1', 'print-shop').rpt(ticket);
      const next = await alice().album();
      await stranger('new-1', next);
      const [second] = await waitingFor(next);
      expect(second?.context).toMatchObject({ first_request: false, had_before: {}, others: [] });
    });

    it('approves with less and a window; what was given is told with the answered request', async () => {
      const album = await alice().album();
      const { requestId } = await daveAsks(server(), alice(), album);
      const [from, until] = [inDays(1), inDays(8)];
      const answer = await decide(requestId, 'approve', { scopes: { [album]: ['view'] }, from, until });
      expect(answer.json()).toMatchObject({
        state: 'approved',
        version: '2',
        given: [
          {
            origin: 'request',
            state: 'starting',
            from,
            until,
            scopes: [{ scope: 'view' }],
            resources: [{ id: album }],
          },
        ],
      });
      const { items } = (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson>();
      expect(items).toMatchObject([{ scopes: ['view'], not_before: from, expires_at: until }]);
      const answered = await everyPage<Card>(alice().owner, 'requests?state=answered&', 50);
      expect(answered.map(({ id }) => id)).toContain(requestId);
      expect(answered.every(({ state }) => state !== 'pending')).toBe(true);
    });

    it('what was given and is over is told with the request: what it was, when it ended and by whom; what came back alone', async () => {
      const album = await alice().album('Over again');
      const { requestId } = await daveAsks(server(), alice(), album);
      await decide(requestId, 'approve', { scopes: { [album]: ['view'] }, until: inDays(7) });
      const givenOf = async () => (await alice().owner.get(`requests/${requestId}`)).json<{ given: Given[] }>().given;
      const [share] = await givenOf();
      const path = `/me/access/${share?.id ?? ''}`;
      const answer = await server().http.send({ method: 'DELETE', path, bearer: alice().token });
      const [over, ...others] = await givenOf();
      expect([over, others]).toEqual([
        expect.objectContaining({ id: share?.id, state: 'ended', ended_by: 'owner' }),
        [],
      ]);
      expect(over?.scopes.map(({ scope }) => scope)).toEqual(['view']);
      expect(Date.parse(over?.ended_at ?? '')).toBeGreaterThan(Date.now() - 60_000);
      const [removed = ''] = answer.json<{ removed: string[] }>().removed;
      await server().http.json('POST', `/me/removed/${removed}/give-back`, {}, { bearer: alice().token });
      expect((await givenOf()).filter(({ state }) => state === 'ended')).toEqual([]);
    });

    it.each([
      ['a window that ends before it begins', { from: inDays(2), until: inDays(1) }],
      ['an end that is over', { until: '2020-01-01T00:00:00Z' }],
      ['two ends', { until: inDays(1), expires_at: inDays(1) }],
    ])('refuses %s, and it still waits', async (_what, body) => {
      const { requestId } = await daveAsks(server(), alice(), await alice().album(), ['view']);
      expect(outcome(await decide(requestId, 'approve', body))).toBe('400 invalid_request');
      expect((await card(requestId)).state).toBe('pending');
    });

    it.each([{ reason: 7 }, { reason: 'x'.repeat(301) }, { mute_days: 31 }, { mute_days: '30' }, { because: 'x' }])(
      'refuses the denial %j',
      async (body) => {
        const { requestId } = await daveAsks(server(), alice(), await alice().album(), ['view']);
        expect(outcome(await decide(requestId, 'deny', body))).toBe('400 invalid_request');
      },
    );

    it('answered on another device meanwhile: 409 tells the outcome, a version that was changed 412', async () => {
      const { requestId } = await daveAsks(server(), alice(), await alice().album(), ['view']);
      const stale = await decide(requestId, 'approve', {}, { 'if-match': '"7"' });
      expect(outcome(stale)).toBe('412 precondition_failed');
      expect(stale.json()).toMatchObject({ current: { id: requestId, state: 'pending', version: '1' } });
      expect(outcome(await decide(requestId, 'deny', { reason: 'Not now' }, { 'if-match': '"1"' }))).toBe('200');
      const late = await decide(requestId, 'approve', {}, { 'if-match': '"1"' });
      expect(outcome(late)).toBe('409 invalid_state');
      expect(late.json()).toMatchObject({ current: { state: 'denied', reason: 'Not now', version: '2' } });
    });

    it('of an approval and a denial of one version, twenty at once, one counts and the others are told of it', async () => {
      const album = await alice().album();
      const { requestId } = await daveAsks(server(), alice(), album, ['view']);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          decide(requestId, index % 2 ? 'approve' : 'deny', {}, { 'if-match': '"1"' }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      const state = won[0]?.json()['state'];
      const lost = answers.filter(({ status }) => status !== 200);
      expect(lost.every((one) => [409, 412].includes(one.status))).toBe(true);
      expect((await card(requestId)).state).toBe(state);
      const { items } = (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson>();
      expect(items).toHaveLength(state === 'approved' ? 1 : 0);
    });

    it('a no can be taken back while the request would still wait; a yes cannot', async () => {
      const album = await alice().album();
      const { requestId } = await daveAsks(server(), alice(), album, ['view']);
      expect(outcome(await decide(requestId, 'reopen'))).toBe('409 invalid_state');
      await decide(requestId, 'deny', { reason: 'By mistake', mute_days: 30 });
      const open = await decide(requestId, 'reopen', {}, { 'if-match': '"2"' });
      expect(open.json()).toMatchObject({ state: 'pending', version: '3' });
      for (const member of ['reason', 'muted_until', 'decided_at']) expect(open.json()).not.toHaveProperty(member);
      const again = await daveAsks(server(), alice(), album, ['view']);
      expect(again.requestId).toBe(requestId);
      expect(outcome(await decide(requestId, 'approve'))).toBe('200');
      expect(outcome(await decide(requestId, 'reopen'))).toBe('409 invalid_state');
    });

    it('taken back twice at once it waits once; and beside an equal one that waits it cannot', async () => {
      const { requestId } = await daveAsks(server(), alice(), await alice().album(), ['view']);
      await decide(requestId, 'deny');
      const answers = await Promise.all(Array.from({ length: 10 }, () => decide(requestId, 'reopen')));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
      expect((await card(requestId)).version).toBe('3');
    });

    it('a muted party: nothing new of her is put before the owner, whatever she asks for and through whom; others can ask', async () => {
      const [album, other] = [await alice().album(), await alice().album()];
      await stranger('loud', album);
      const [asked] = await waitingFor(album);
      const denied = await decide(asked?.id ?? '', 'deny', { mute_days: 30 });
      const until = Date.parse(denied.json<Card>().muted_until ?? '');
      expect(Math.abs(until - Date.now() - MONTH)).toBeLessThan(60_000);
      expect(outcome(await stranger('loud', other))).toBe('403 request_denied');
      const ticket = await alice().photos.ticket({ resource_id: other, resource_scopes: ['print'] });
      const idToken = await server().world.partner.idToken({ subject: 'loud', audience: server().issuer });
      expect(outcome(await clientOf(server(), 'other-shop').rpt(ticket, pushed(idToken)))).toBe('403 request_denied');
      expect(await waitingFor(other)).toEqual([]);
      expect(outcome(await stranger('quiet', other))).toBe('403 request_submitted');
      const bobs = await bob().photos.ticket({ resource_id: await bob().album(), resource_scopes: ['view'] });
      expect(outcome(await requestingParty(server(), 'loud', 'print-shop').present(bobs))).toBe(
        '403 request_submitted',
      );
      await decide(asked?.id ?? '', 'reopen');
      expect(outcome(await stranger('loud', other))).toBe('403 request_submitted');
    });

    it('a yes through an application that was suspended is refused and says so; a no counts', async () => {
      const album = await alice().album();
      const { requestId } = await daveAsks(server(), alice(), album, ['view']);
      const setEnabled = (enabled: boolean) =>
        reconfigure(server(), (settings) =>
          Object.assign(entryOf(settings, 'clients', 'client_id', 'print-shop'), { enabled }),
        );
      await setEnabled(false);
      const refused = await decide(requestId, 'approve', { until: inDays(2) });
      expect([outcome(refused), refused.json()]).toEqual([
        '409 invalid_state',
        expect.objectContaining({
          error_description: expect.stringContaining('suspended') as string,
          current: expect.objectContaining({
            state: 'pending',
            through: expect.objectContaining({ removed: true }) as object,
          }) as object,
        }),
      ]);
      expect((await decide(requestId, 'deny')).json()).toMatchObject({ state: 'denied' });
      await setEnabled(true);
    });

    it('is nobody else’s: not to read, not to decide, not to open again (attack class 137)', async () => {
      const { requestId } = await daveAsks(server(), alice(), await alice().album(), ['view']);
      const asBob = (decision: string) =>
        server().http.json('POST', `/me/requests/${requestId}/${decision}`, {}, { bearer: bob().token });
      await decide(requestId, 'deny', { reason: 'Secret words' });
      for (const decision of ['approve', 'deny', 'reopen']) {
        const answer = await asBob(decision);
        expect(outcome(answer)).toBe('404 not_found');
        expect(answer.text).not.toContain('Secret');
      }
      expect(outcome(await bob().owner.get(`requests/${requestId}`))).toBe('404 not_found');
    });

    it('who has an account here is named by it', async () => {
      const album = await alice().album();
      await stranger(CAROL, album);
      const [asked] = await waitingFor(album);
      expect(asked).toMatchObject({
        who: { id: 'account:carol', name: 'Carol Cook', short_name: 'Carol', verification: 'account' },
      });
    });
  },
);
