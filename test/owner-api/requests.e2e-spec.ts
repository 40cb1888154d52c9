import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { requestingParty } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';
import {
  type Asking,
  daveAsks,
  everyPage,
  type ListJson,
  outcome,
  OWNERS_CONNECTIONS,
  ownersOf,
  type RequestJson,
} from './owners.js';

const CONFIG = { uma: { poll_interval: '1s' } };
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describeServer('{issuer}/me/requests', { connections: OWNERS_CONNECTIONS, config: CONFIG }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const read = async (id: string) => (await alice().owner.get(`requests/${id}`)).json();
  const policiesOn = async (album: string) =>
    (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson>().items;
  /** Asks once the interval is over, since who is early is only told to wait longer. */
  const answerToDave = async (asking: Asking) => {
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    return asking.again();
  };

  it('shows who asks for what through which client, in words (IR-40)', async () => {
    const album = await alice().album('Winter');
    const { requestId } = await daveAsks(server(), alice(), album);
    const request = await read(requestId);
    expect(request).toMatchObject({
      id: requestId,
      state: 'pending',
      client: { client_id: 'print-shop', name: 'Print shop', publisher: 'Shops Ltd' },
      requesting_party: { issuer: 'https://partner.example', subject: DAVE },
      resources: [{ resource_id: album, name: 'Winter', rs_name: 'Photo service' }],
    });
    const [shown] = request['resources'] as RequestJson['resources'];
    expect(new Set(shown?.scopes)).toEqual(new Set(['view', 'print']));
    expect(Date.parse(String(request['expires_at']))).toBeGreaterThan(Date.parse(String(request['created_at'])));
    expect(request).not.toHaveProperty('decided_at');
    expect(JSON.stringify(request)).not.toMatch(/vk_/);
  });

  it('IR-40 shows the name that the partner gives in one line that turns nothing round', async () => {
    const album = await alice().album();
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const claims = { name: `Eve\u202e <b> ${'x'.repeat(300)}`, email: 'eve@example.org' };
    const { partner } = server().world;
    const idToken = await partner.idToken({ subject: `eve-${album}`, audience: server().issuer, claims });
    await clientOf(server(), 'print-shop').rpt(ticket, pushed(idToken));
    const { items } = (await alice().owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
    const request = items.find(({ resources }) => resources[0]?.resource_id === album);
    const { requesting_party: party } = request as unknown as { requesting_party: Record<string, string> };
    expect(party['name']).toMatch(/^Eve <b> x{100,}$/);
    expect(party['name']?.length).toBeLessThanOrEqual(200);
    expect(party).not.toHaveProperty('email');
  });

  it('an account that is linked to the identity is named too', async () => {
    const album = await alice().album();
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    await requestingParty(server(), CAROL, 'print-shop').present(ticket);
    const { items } = (await alice().owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
    const request = items.find(({ resources }) => resources[0]?.resource_id === album);
    expect(request).toMatchObject({ requesting_party: { account_id: 'carol' } });
    await alice().owner.approve(request?.id ?? '');
    expect(await policiesOn(album)).toMatchObject([{ subject: { type: 'account', account_id: 'carol' } }]);
  });

  it('shows a resource that is gone as removed, under the name that it had when it was asked for', async () => {
    const { photos, owner } = alice();
    const album = await alice().album('Wedding');
    const { requestId } = await daveAsks(server(), alice(), album);
    await photos.replace(album, { name: 'Our wedding', resource_scopes: ['view', 'print'] });
    const present = (await read(requestId))['resources'] as Record<string, unknown>[];
    expect(present).toMatchObject([{ resource_id: album, name: 'Our wedding' }]);
    expect(present[0]).not.toHaveProperty('removed');
    await photos.remove(album);
    const gone = { resource_id: album, name: 'Wedding', rs_name: 'Photo service', removed: true };
    expect(await read(requestId)).toMatchObject({ resources: [gone] });
    const { items } = (await owner.get('requests?limit=200')).json<ListJson<RequestJson>>();
    expect(items.find(({ id }) => id === requestId)).toMatchObject({ resources: [gone] });
    expect((await owner.deny(requestId)).json()).toMatchObject({ resources: [gone] });
  });

  it('approves as asked: the policy is for this person at this client, and the client gets its RPT', async () => {
    const album = await alice().album();
    const asking = await daveAsks(server(), alice(), album);
    const answer = await alice().owner.approve(asking.requestId);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ id: asking.requestId, state: 'approved' });
    expect(answer.json()).toHaveProperty('decided_at');
    const [policy, ...others] = await policiesOn(album);
    expect(others).toEqual([]);
    expect(policy).toMatchObject({
      subject: { type: 'partner', issuer: 'https://partner.example', subject: DAVE },
      client_id: 'print-shop',
    });
    expect(new Set(policy?.['scopes'] as string[])).toEqual(new Set(['view', 'print']));
    expect(outcome(await answerToDave(asking))).toBe('200');
  });

  it('approves without a body as asked', async () => {
    const { requestId } = await daveAsks(server(), alice(), await alice().album());
    const path = `/me/requests/${requestId}/approve`;
    const answer = await server().http.send({ method: 'POST', path, bearer: alice().token });
    expect(outcome(answer)).toBe('200');
  });

  it('approves fewer scopes for a shorter time, and no token outlives it', async () => {
    const album = await alice().album();
    const asking = await daveAsks(server(), alice(), album);
    const until = new Date(Date.now() + 60_000).toISOString();
    const answer = await alice().owner.approve(asking.requestId, { scopes: { [album]: ['view'] }, expires_at: until });
    expect(outcome(answer)).toBe('200');
    expect(await policiesOn(album)).toMatchObject([{ scopes: ['view'], expires_at: until }]);
    const granted = await answerToDave(asking);
    expect(granted.status).toBe(200);
    const { access_token: rpt } = granted.json<{ access_token: string }>();
    const { permissions } = (await alice().photos.introspect(rpt)).json<{ permissions: { exp?: number }[] }>();
    expect(permissions).toMatchObject([{ resource_id: album, resource_scopes: ['view'] }]);
    const { exp } = (await alice().photos.introspect(rpt)).json<{ exp: number }>();
    expect(permissions[0]?.exp ?? exp).toBeLessThanOrEqual(Math.ceil(Date.parse(until) / 1000));
  });

  it('approves some of several resources', async () => {
    const first = await alice().album();
    const second = await alice().album();
    const { photos, owner } = alice();
    const both = [first, second].map((id) => ({ resource_id: id, resource_scopes: ['view'] }));
    await requestingParty(server(), DAVE, 'print-shop').present(await photos.ticket(...both));
    const { items } = (await owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
    const request = items.find(({ resources }) => resources.some((resource) => resource.resource_id === first));
    expect(request?.resources).toHaveLength(2);
    expect(outcome(await owner.approve(request?.id ?? '', { scopes: { [first]: ['view'], [second]: [] } }))).toBe(
      '200',
    );
    expect(await policiesOn(first)).toHaveLength(1);
    expect(await policiesOn(second)).toEqual([]);
  });

  describe('bad approvals: refused, still pending, nothing permitted', () => {
    it.each([
      [
        'a scope that was not asked for',
        (album: string) => ({ scopes: { [album]: ['print', 'view'] } }),
        'invalid_scope',
      ],
      ['another resource', () => ({ scopes: { r_other: ['view'] } }), 'invalid_scope'],
      ['no scope at all', (album: string) => ({ scopes: { [album]: [] } }), 'invalid_request'],
      ['no resource at all', () => ({ scopes: {} }), 'invalid_request'],
      ['a list for scopes', () => ({ scopes: ['view'] }), 'invalid_request'],
      ['a text for scopes', (album: string) => ({ scopes: { [album]: 'view' } }), 'invalid_request'],
      ['a scope twice', (album: string) => ({ scopes: { [album]: ['view', 'view'] } }), 'invalid_request'],
      ['an end that is over', () => ({ expires_at: '2020-01-01T00:00:00Z' }), 'invalid_request'],
      ['an end that is no instant', () => ({ expires_at: 'tomorrow' }), 'invalid_request'],
      ['an end that is a number', () => ({ expires_at: 4_070_908_800 }), 'invalid_request'],
      ['an unknown member', () => ({ client_id: 'other-shop' }), 'invalid_request'],
      ['a list', () => [], 'invalid_request'],
    ])('%s', async (_what, body, error) => {
      const album = await alice().album();
      const { requestId } = await daveAsks(server(), alice(), album, ['view']);
      expect(outcome(await alice().owner.approve(requestId, body(album)))).toBe(`400 ${error}`);
      expect(await read(requestId)).toMatchObject({ state: 'pending' });
      expect(await policiesOn(album)).toEqual([]);
    });

    it('another owner’s resource, wherever in the list it stands (attack class 137)', async () => {
      const album = await alice().album();
      const foreign = await bob().album();
      const { requestId } = await daveAsks(server(), alice(), album);
      for (const ids of [[foreign, album], [album, foreign], [foreign]]) {
        const scopes = Object.fromEntries(ids.map((id) => [id, ['view']]));
        expect(outcome(await alice().owner.approve(requestId, { scopes }))).toBe('400 invalid_scope');
      }
      expect(await policiesOn(album)).toEqual([]);
      expect((await bob().owner.get(`policies?resource_id=${foreign}`)).json<ListJson>().items).toEqual([]);
    });
  });

  it('denies: the client is told, and nothing is permitted', async () => {
    const album = await alice().album();
    const asking = await daveAsks(server(), alice(), album);
    const answer = await alice().owner.deny(asking.requestId);
    expect([answer.status, answer.json()['state']]).toEqual([200, 'denied']);
    expect(await policiesOn(album)).toEqual([]);
    expect(outcome(await answerToDave(asking))).toBe('403 request_denied');
  });

  it('is decided once: the second decision is 409 and changes nothing', async () => {
    const album = await alice().album();
    const denied = (await daveAsks(server(), alice(), album)).requestId;
    await alice().owner.deny(denied);
    expect(outcome(await alice().owner.approve(denied))).toBe('409 invalid_state');
    expect(outcome(await alice().owner.deny(denied))).toBe('409 invalid_state');
    expect(await read(denied)).toMatchObject({ state: 'denied' });
    expect(await policiesOn(album)).toEqual([]);
    const approved = (await daveAsks(server(), alice(), await alice().album())).requestId;
    await alice().owner.approve(approved);
    expect(outcome(await alice().owner.deny(approved))).toBe('409 invalid_state');
    expect(await read(approved)).toMatchObject({ state: 'approved' });
  });

  it('of approvals and denials at the same time exactly one counts', async () => {
    const album = await alice().album();
    const { requestId } = await daveAsks(server(), alice(), album);
    const { owner } = alice();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? owner.approve(requestId) : owner.deny(requestId))),
    );
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(19);
    const state = won[0]?.json()['state'];
    expect(await read(requestId)).toMatchObject({ state });
    expect(await policiesOn(album)).toHaveLength(state === 'approved' ? 1 : 0);
  });

  it('is nobody else’s: 404, and it stays pending', async () => {
    const { requestId } = await daveAsks(server(), alice(), await alice().album());
    const other = bob().owner;
    expect(outcome(await other.get(`requests/${requestId}`))).toBe('404 not_found');
    expect(outcome(await other.approve(requestId))).toBe('404 not_found');
    expect(outcome(await other.deny(requestId))).toBe('404 not_found');
    const theirs = await everyPage<RequestJson>(other, 'requests?', 50);
    expect(theirs.map((request) => request.id)).not.toContain(requestId);
    expect(await read(requestId)).toMatchObject({ state: 'pending' });
  });

  it('asked for again while it is pending, it is the same request', async () => {
    const album = await alice().album();
    const first = await daveAsks(server(), alice(), album);
    const second = await daveAsks(server(), alice(), album);
    expect(second.requestId).toBe(first.requestId);
  });

  it('lists page by page; with state=pending only what waits', async () => {
    const waiting = (await daveAsks(server(), alice(), await alice().album())).requestId;
    const decided = (await daveAsks(server(), alice(), await alice().album())).requestId;
    await alice().owner.approve(decided, { expires_at: inAnHour() });
    const all = await everyPage<RequestJson>(alice().owner, 'requests?', 2);
    const pending = await everyPage<RequestJson>(alice().owner, 'requests?state=pending&', 2);
    expect(new Set(all.map((request) => request.id)).size).toBe(all.length);
    expect(all.map((request) => request.id)).toEqual(expect.arrayContaining([waiting, decided]));
    expect(new Set(pending.map((request) => request.state))).toEqual(new Set(['pending']));
    expect(pending.map((request) => request.id)).toContain(waiting);
    expect(pending.map((request) => request.id)).not.toContain(decided);
    for (const query of ['state=approved', 'state=', 'state=pending&state=pending'])
      expect(outcome(await alice().owner.get(`requests?${query}`))).toBe('400 invalid_request');
  });

  it('approves what is left when a resource or a scope of the request has gone', async () => {
    const { photos, owner } = alice();
    const [gone, narrowed] = [await alice().album(), await alice().album()];
    const wanted = [gone, narrowed].map((id) => ({ resource_id: id, resource_scopes: ['view', 'print'] }));
    await requestingParty(server(), DAVE, 'print-shop').present(await photos.ticket(...wanted));
    const vanished = await alice().album();
    const { requestId } = await daveAsks(server(), alice(), vanished);
    const { items } = (await owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
    const request = items.find(({ resources }) => resources.some((one) => one.resource_id === gone));
    await photos.remove(gone);
    await photos.replace(narrowed, { name: 'Summer', resource_scopes: ['view'] });
    expect(outcome(await owner.approve(request?.id ?? ''))).toBe('200');
    expect(await policiesOn(narrowed)).toMatchObject([{ scopes: ['view'] }]);
    await photos.remove(vanished);
    const nothing = await owner.approve(requestId);
    expect(outcome(nothing)).toBe('400 invalid_request');
    expect(nothing.json()).toMatchObject({ error_description: 'Nothing of it is registered any more.' });
    expect(outcome(await owner.deny(requestId))).toBe('200');
  });

  it('approves what is left when a resource goes in the middle of it: it is not “decided already”', async () => {
    const { photos, owner } = alice();
    for (let round = 0; round < 12; round += 1) {
      const [gone, kept] = [await alice().album(), await alice().album()];
      const wanted = [gone, kept].map((id) => ({ resource_id: id, resource_scopes: ['view'] }));
      await requestingParty(server(), DAVE, 'print-shop').present(await photos.ticket(...wanted));
      const { items } = (await owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
      const request = items.find(({ resources }) => resources.some((one) => one.resource_id === gone));
      const [removed, approved] = await Promise.all([photos.remove(gone), owner.approve(request?.id ?? '')]);
      expect([removed.status, outcome(approved)]).toEqual([204, '200']);
      expect(await policiesOn(kept)).toHaveLength(1);
      expect(await policiesOn(gone)).toEqual([]);
    }
  });

  it('says that there are too many policies on a resource when that is so, and stays pending', async () => {
    const album = await alice().album();
    const { requestId } = await daveAsks(server(), alice(), album, ['view']);
    const policy = { resource_id: album, subject: { type: 'account', account_id: 'bob' }, scopes: ['view'] };
    const made: string[] = [];
    for (let part = 0; part < 13; part += 1)
      made.push(...(await Promise.all(Array.from({ length: 40 }, () => alice().owner.addPolicy(policy)))).map(outcome));
    const full = made.filter((one) => one !== '201');
    expect(full).toEqual(Array.from({ length: 20 }, () => '400 invalid_request'));
    const refused = await alice().owner.approve(requestId);
    expect(outcome(refused)).toBe('400 invalid_request');
    expect(refused.json()).toMatchObject({ error_description: expect.stringContaining('too many policies') as string });
    expect(await read(requestId)).toMatchObject({ state: 'pending' });
  });

  it('of one party through one client 50 wait at most; another party can still ask (attack class 146)', async () => {
    const { photos } = alice();
    const names = Array.from({ length: 51 }, (_, index) => `scope-${index}`);
    const album = await photos.register({ name: 'Many', resource_scopes: names });
    const { partner } = server().world;
    const ask = async (name: string, subject: string) => {
      const ticket = await photos.ticket({ resource_id: album, resource_scopes: [name] });
      const idToken = await partner.idToken({ subject, audience: server().issuer });
      return outcome(await clientOf(server(), 'print-shop').rpt(ticket, pushed(idToken)));
    };
    const outcomes: string[] = [];
    for (const name of names) outcomes.push(await ask(name, `greedy-${album}`));
    expect(outcomes).toEqual([...names.slice(1).map(() => '403 request_submitted'), '403 request_denied']);
    expect(await ask('scope-0', `greedy-${album}`)).toBe('403 request_submitted');
    expect(await ask('scope-0', `modest-${album}`)).toBe('403 request_submitted');
  });
});
