import { randomUUID } from 'node:crypto';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { requestingParty } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';
import type { AccessJson } from './access-calls.js';
import { accessOf, carolsToken, inDays } from './access-calls.js';
import { daveAsks, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'alice', client: 'print-shop', scope: 'photos.read photos.write' },
];

interface ListJson {
  readonly items: readonly AccessJson[];
  readonly counts: Readonly<Record<string, number>>;
  readonly next_cursor?: string;
}

describeServer('{issuer}/me/access', { connections: CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const hers = () => accessOf(server(), alice());
  const active = async (token: string) => (await alice().photos.introspect(token)).json()['active'];
  const listOf = async (query: string) => (await hers().get(`access?${query}`)).json<ListJson>();

  it('UX O8 names holder, resource and end, and tells when it was last used and last refused', async () => {
    const name = `Winter ${randomUUID()}`;
    const album = await alice().album(name);
    const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol', note: 'for you' });
    expect(share).toMatchObject({
      origin: 'share',
      state: 'active',
      holder: { kind: 'person', id: 'account:carol' },
      resources: [{ id: album, name, service: { name: 'Photo service' } }],
      scopes: [{ scope: 'view' }],
      note: 'for you',
    });
    expect((await listOf(`resource_id=${album}`)).counts).toMatchObject({ all: 1, never_used: 1, people: 1 });
    const token = await carolsToken(server(), alice(), album);
    expect(await active(token)).toBe(true);
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['print'] });
    expect(outcome(await requestingParty(server(), CAROL, 'print-shop').present(ticket))).toMatch(/request_submitted/);
    const list = await eventually(
      () => listOf(`resource_id=${album}`),
      ({ items: [one] }) => one?.last_refused !== undefined && one.last_used_at !== undefined,
    );
    expect(list.counts).toMatchObject({ never_used: 0 });
    expect(list.items[0]?.last_refused?.scopes).toMatchObject([{ scope: 'print' }]);
    expect(Date.parse(list.items[0]?.last_used_at ?? '')).toBeGreaterThan(Date.now() - 60_000);
    const historyOf = async () =>
      (await hers().get(`access/${share.id}`)).json<{ history: { kind: string }[] }>().history;
    const history = await eventually(historyOf, (lines) => lines.length > 1);
    expect(history.map(({ kind }) => kind)).toEqual(['used', 'given']);
    const view = (await hers().get(`access/${share.id}`)).json<Record<string, unknown>>();
    expect(view).toMatchObject({ id: share.id, chain_count: 1, tokens: { alive: 1 } });
    const [chain] = view['chains'] as { hops: { role: string; subject: { id: string } }[] }[];
    expect(chain?.hops.map(({ role, subject }) => [role, subject.id])).toEqual([
      ['owner', 'account:alice'],
      ['holder', 'account:carol'],
      ['actor', 'client:print-shop'],
      ['service', 'server:photo-service'],
    ]);
  });

  it('O8 names of a refusal what was refused alone; the part that she left out of an answer is none', async () => {
    const album = await alice().album(`Part ${randomUUID()}`);
    const { requestId } = await daveAsks(server(), alice(), album, ['view', 'print']);
    const shared = await hers().shareOne({ resource_ids: [album], subject: 'account:carol', scopes: ['view'] });
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view', 'print'] });
    expect(outcome(await requestingParty(server(), CAROL, 'print-shop').present(ticket))).toMatch(/request_submitted/);
    const narrowed = { scopes: { [album]: ['view'] }, expires_at: inDays(7) };
    expect((await alice().owner.approve(requestId, narrowed)).status).toBe(200);
    const rows = async () => (await listOf(`resource_id=${album}`)).items;
    const found = await eventually(rows, (items) => items.some((one) => one.last_refused !== undefined));
    const carols = found.find(({ id }) => id === shared.id);
    expect(carols?.last_refused?.scopes.map(({ scope }) => scope)).toEqual(['print']);
    const daves = found.find(({ origin }) => origin === 'request');
    expect(daves?.scopes.map(({ scope }) => scope)).toEqual(['view']);
    expect(daves?.last_refused).toBeUndefined();
    // What she may do by now is no refusal of anything.
    const whole = { scopes: ['view', 'print'], until: inDays(7) };
    expect((await hers().change(shared.id, whole)).status).toBe(200);
    expect((await rows()).find(({ id }) => id === shared.id)?.last_refused).toBeUndefined();
  });

  it('UX O8 is searched, filtered and read page by page, each access once', async () => {
    const mark = randomUUID();
    const albums = await Promise.all(Array.from({ length: 7 }, (_, index) => alice().album(`${mark} ${index}`)));
    expect((await hers().share({ resource_ids: albums, subject: 'account:carol' })).status).toBe(201);
    for (const by of ['holder', 'resource']) {
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const page: ListJson = await listOf(`by=${by}&q=${mark}&limit=3${cursor && `&cursor=${cursor}`}`);
        expect(page.counts['all']).toBe(7);
        seen.push(...page.items.map(({ resources }) => resources[0]?.name ?? ''));
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(albums.map((_, index) => `${mark} ${index}`));
    }
    expect((await listOf(`q=${mark}&filter=no_end`)).items).toEqual([]);
    expect((await listOf(`q=${mark}&filter=ending_7_days`)).items).toHaveLength(7);
    expect((await listOf(`q=${mark}%20nobody`)).items).toEqual([]);
    for (const query of ['filter=x', 'by=x', 'limit=0', 'cursor=%00', `q=${'x'.repeat(101)}`])
      expect(outcome(await hers().get(`access?${query}`))).toBe('400 invalid_request');
  });

  it('an application that the operator connected is listed as such; its end is told with what may still be read', async () => {
    const row = (await listOf('filter=all&limit=200')).items.find(
      ({ origin, holder }) => origin === 'operator' && holder.id === 'client:print-shop',
    );
    expect(row).toMatchObject({ holder: { kind: 'application', name: 'Print shop' }, resources: [] });
    const answer = await hers().end(row?.id ?? '');
    expect([answer.status, answer.json()]).toEqual([
      200,
      expect.objectContaining({ ended: { accesses: 1, tokens: 1, people: 0, applications: 1 }, could_not_end: [] }),
    ]);
    expect(outcome(await hers().end(row?.id ?? ''))).toBe('404 not_found');
    const view = (await hers().get(`access/${row?.id}`)).json();
    expect(view).toMatchObject({ state: 'ended', ended_by: 'owner' });
  });

  it('G5 an end is effective at once, and gives back the same once, as a new share', async () => {
    const album = await alice().album();
    const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol', until: inDays(3) });
    const token = await carolsToken(server(), alice(), album);
    expect(await active(token)).toBe(true);
    const ended = await hers().end(share.id, { 'if-match': `"${share.version}"` });
    expect(await active(token)).toBe(false);
    expect(ended.json()).toMatchObject({ ended: { accesses: 1, tokens: 1, people: 1, applications: 0 } });
    const [removedId = ''] = ended.json<{ removed: string[] }>().removed;
    const removed = (await hers().removed()).find((one) => one.removed_id === removedId);
    expect(removed).toMatchObject({ id: share.id, state: 'ended', ended_by: 'owner', until: share.until });
    const answers = await Promise.all(Array.from({ length: 5 }, () => hers().giveBack(removedId)));
    expect(answers.map((answer) => outcome(answer)).sort()).toEqual([
      '201',
      ...Array<string>(4).fill('409 invalid_state'),
    ]);
    const back = answers.find(({ status }) => status === 201)?.json<AccessJson>();
    expect(back).toMatchObject({ holder: { id: 'account:carol' }, until: share.until });
    expect(back?.id).not.toBe(share.id);
    // What it led to before stays ended; she gets it again.
    expect(await active(token)).toBe(false);
    expect(await active(await carolsToken(server(), alice(), album))).toBe(true);
    expect((await hers().removed()).map((one) => one.removed_id)).not.toContain(removedId);
    const lines = (await hers().get(`activity?resource_id=${album}`)).json<{ items: { kind: string }[] }>().items;
    expect(lines.map(({ kind }) => kind).filter((kind) => kind !== 'used')).toEqual([
      'given_back',
      'removed',
      'given',
      'registered',
    ]);
  });

  it('of two ends at once one answers, and a change that lost the race is shown what is there', async () => {
    const album = await alice().album();
    const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol' });
    const seen = { 'if-match': `"${share.version}"` };
    const wider = { scopes: ['view', 'print'], until: inDays(5) };
    const changes = await Promise.all([1, 2].map(() => hers().change(share.id, wider, seen)));
    expect(changes.map((answer) => outcome(answer)).sort()).toEqual(['200', '412 precondition_failed']);
    const lost = changes.find(({ status }) => status === 412)?.json<{ current: AccessJson }>();
    expect(lost?.current).toMatchObject({
      id: share.id,
      version: '2',
      scopes: [{ scope: 'view' }, { scope: 'print' }],
    });
    const late = await hers().end(share.id, seen);
    expect([outcome(late), late.json<{ current: AccessJson }>().current.version]).toEqual([
      '412 precondition_failed',
      '2',
    ]);
    const ends = await Promise.all([1, 2, 3].map(() => hers().end(share.id)));
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect((await hers().removed()).filter(({ id }) => id === share.id)).toHaveLength(1);
  });

  it('another owner sees, ends and gets back nothing of it', async () => {
    const album = await alice().album();
    const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol' });
    const his = accessOf(server(), bob());
    expect((await his.get(`access?resource_id=${album}`)).json<ListJson>().items).toEqual([]);
    for (const answer of [
      await his.get(`access/${share.id}`),
      await his.end(share.id),
      await his.change(share.id, { scopes: ['view'], until: inDays(1) }),
      await his.share({ resource_ids: [album], subject: 'account:dave' }),
      await his.post(`check-up/${share.id}/keep`, {}),
    ]) {
      expect([404, 400]).toContain(answer.status);
    }
    const [removedId = ''] = (await hers().end(share.id)).json<{ removed: string[] }>().removed;
    expect(outcome(await his.giveBack(removedId))).toBe('404 not_found');
    expect(await his.removed()).not.toContainEqual(expect.objectContaining({ removed_id: removedId }));
    expect((await his.get(`access/${share.id}`)).status).toBe(404);
    const lines = (await his.get(`activity?resource_id=${album}`)).json<{ items: unknown[] }>().items;
    expect(lines).toEqual([]);
  });

  it('a share with a resource that goes is over, and does not come back', async () => {
    const album = await alice().album('Gone');
    const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol' });
    const [removal] = await Promise.all([
      alice().photos.remove(album),
      hers().share({ resource_ids: [album], subject: 'account:carol', scopes: ['print'] }),
    ]);
    expect(removal.status).toBe(204);
    const removed = (await hers().removed()).find(({ id }) => id === share.id);
    expect(removed).toMatchObject({ ended_by: 'resource_removed', resources: [{ name: 'Gone', removed: true }] });
    expect(removed?.give_back_until).toBeUndefined();
    expect(outcome(await hers().giveBack(removed?.removed_id ?? ''))).toBe('409 invalid_state');
    expect((await listOf(`resource_id=${album}`)).items).toEqual([]);
  });

  it('dave, whom a partner names, is known by an approved request and can be shared with again', async () => {
    const album = await alice().album();
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    await requestingParty(server(), DAVE, 'print-shop').present(ticket);
    const requests = (await alice().owner.get('requests?state=pending&limit=200')).json<{
      items: { id: string; resources: { resource_id: string }[] }[];
    }>().items;
    const request = requests.find(({ resources }) => resources[0]?.resource_id === album);
    expect((await alice().owner.approve(request?.id ?? '')).status).toBe(200);
    const [row] = (await listOf(`resource_id=${album}`)).items;
    expect(row).toMatchObject({ origin: 'request', holder: { kind: 'person' }, through: { id: 'client:print-shop' } });
    expect(row?.holder.id).toMatch(/^partner:/);
    const other = await alice().album();
    const again = await hers().shareOne({ resource_ids: [other], subject: row?.holder.id });
    expect(again.holder.id).toBe(row?.holder.id);
    const kinds = (await hers().get(`activity?resource_id=${album}`)).json<{ items: { kind: string }[] }>().items;
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind !== 'refused')).toEqual([
      'approved',
      'asked',
      'registered',
    ]);
  });

  it('UX O8 the service that keeps her things is not cut off by one press, nor given back; the check-up does not ask about it', async () => {
    const his = accessOf(server(), bob());
    const album = await bob().album();
    const { items } = (await his.get('access?limit=200')).json<ListJson>();
    const row = items.find(({ holder }) => holder.id === 'client:photo-service');
    expect(row).toMatchObject({ origin: 'operator', keeps_the_data: true });
    expect(items.filter((one) => one.id !== row?.id)).not.toContainEqual(
      expect.objectContaining({ keeps_the_data: true }),
    );
    expect((await his.get('check-up')).text).not.toContain(row?.id);
    const refused = await his.end(row?.id ?? '');
    expect([outcome(refused), refused.json()['current']]).toEqual([
      '409 invalid_state',
      expect.objectContaining({ id: row?.id, keeps_the_data: true }),
    ]);
    await bob().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const ended = await his.end(`${row?.id}?cut_off=true`);
    expect([ended.status, ended.json()['removed']]).toEqual([200, []]);
    expect((await his.removed()).find(({ id }) => id === row?.id)?.give_back_until).toBeUndefined();
  });
});
