import { describeServer } from '../support/engines.js';
import { WHICHEVER } from '../support/http.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

interface HandoverJson {
  readonly id: string;
  readonly state: string;
}

describeServer('{issuer}/me/handovers', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const post = (who: Person, path: string, body: unknown) =>
    server().http.json('POST', `/me/handovers${path}`, body as object, { bearer: who.token });
  const end = (who: Person, id: string) =>
    server().http.send({ method: 'DELETE', path: `/me/handovers/${id}`, bearer: who.token });
  const toCarol = (ids: readonly string[], fields: object = {}) => ({
    ...{ subject: 'account:carol', resource_ids: ids, allow: 'act', until: inDays(14) },
    ...fields,
  });
  const policiesOn = async (album: string) =>
    (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson>().items;

  it('shows what it would give, in words, and writes nothing', async () => {
    const [one, two] = [await alice().album('Approvals'), await alice().album('Payroll')];
    const answer = await post(alice(), '/preview', toCarol([one, two], { note: 'Audit' }));
    expect(answer.json()).toMatchObject({
      grants: [one, two].map((id) => ({
        origin: 'handover',
        state: 'active',
        holder: { id: 'account:carol', name: 'Carol Cook' },
        resources: [{ id }],
        scopes: [{ scope: 'view' }, { scope: 'print' }],
      })),
      left_out: [],
    });
    expect(answer.json()).not.toHaveProperty('away');
    expect(await policiesOn(one)).toEqual([]);
    expect((await alice().owner.get('handovers')).json<ListJson>().items).toEqual([]);
  });

  it('leaves out what has nothing of that level, and hands nothing over where all is left out', async () => {
    const secret = await alice().photos.register({ name: 'Undescribed', resource_scopes: ['x.undescribed'] });
    const answer = await post(alice(), '/preview', toCarol([secret]));
    const left = [{ resource: { id: secret, name: 'Undescribed' }, why: 'nothing_to_give' }];
    expect(answer.json()).toMatchObject({ grants: [], left_out: left });
    expect(outcome(await post(alice(), '', toCarol([secret])))).toBe('400 invalid_request');
  });

  it('gives a share for each resource, and "I am back" takes them and their tokens back at once', async () => {
    const albums = [await alice().album(), await alice().album(), await alice().album()];
    const made = await post(alice(), '', toCarol(albums, { note: 'Back on\nMonday' }));
    expect(made.status).toBe(201);
    const { id } = made.json<HandoverJson>();
    expect(made.json()).toMatchObject({
      subject: { name: 'Carol Cook' },
      resource_count: 3,
      allow: 'act',
      state: 'active',
      note: 'Back on Monday',
    });
    for (const album of albums) {
      expect(await policiesOn(album)).toMatchObject([
        { subject: { type: 'account', account_id: 'carol' }, scopes: ['view', 'print'] },
      ]);
    }
    const [album = ''] = albums;
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const rpt = await requestingParty(server(), CAROL, 'print-shop').rpt(ticket);
    const isActive = async () => (await alice().photos.introspect(rpt)).json()['active'];
    expect(await isActive()).toBe(true);
    const ended = await end(alice(), id);
    expect(ended.json()).toEqual({
      ended: { accesses: 3, tokens: 1, people: 1, applications: 0 },
      could_not_end: [],
      removed: [],
    });
    expect(await isActive()).toBe(false);
    for (const one of albums) expect(await policiesOn(one)).toEqual([]);
    const again = await end(alice(), id);
    expect([outcome(again), again.json()['current']]).toEqual([
      '409 invalid_state',
      expect.objectContaining({ id, state: 'ended' }),
    ]);
    const { items } = (await alice().owner.get('handovers')).json<ListJson<HandoverJson>>();
    expect(items.find((one) => one.id === id)).toMatchObject({ state: 'ended' });
  });

  it('begins on its day', async () => {
    const album = await alice().album();
    const made = await post(alice(), '', toCarol([album], { from: inDays(2) }));
    expect(made.json()).toMatchObject({ state: 'starting' });
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    expect(outcome(await requestingParty(server(), CAROL, 'print-shop').present(ticket))).toBe('403 request_submitted');
    expect((await end(alice(), textMember(made, 201, 'id'))).status).toBe(200);
  });

  it('the same handed over twice, ten times at once, is handed over once; after its end it may be again', async () => {
    const album = await alice().album();
    const body = toCarol([album]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(alice(), '', body)));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    const { id } = won[0]?.json<HandoverJson>() ?? { id: '' };
    const late = answers.filter(({ status }) => status === 409);
    expect(late).toHaveLength(9);
    expect(late.map((one) => one.json<{ current: HandoverJson }>().current.id)).toEqual(Array(9).fill(id));
    expect(await policiesOn(album)).toHaveLength(1);
    await end(alice(), id);
    expect((await post(alice(), '', body)).status).toBe(201);
  });

  it('ended ten times at once it ends once', async () => {
    const made = await post(alice(), '', toCarol([await alice().album(), await alice().album()]));
    const id = textMember(made, 201, 'id');
    const answers = await Promise.all(Array.from({ length: 10 }, () => end(alice(), id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('tells that the substitute is away, too, in that time alone', async () => {
    const [hers, his] = [await alice().album(), await bob().album()];
    const away = await post(bob(), '', { ...toCarol([his]), from: inDays(10), until: inDays(20) });
    expect(away.status).toBe(201);
    const preview = (until: string) => post(alice(), '/preview', toCarol([hers], { subject: 'account:bob', until }));
    const told = (await preview(inDays(12))).json<{ away?: { from: string; until: string } }>().away;
    expect(Object.keys(told ?? {}).sort()).toEqual(['from', 'until']);
    expect((await preview(inDays(9))).json()).not.toHaveProperty('away');
    expect((await post(alice(), '', toCarol([hers], { subject: 'account:bob', until: inDays(12) }))).status).toBe(201);
  });

  it('who acts for another hands nothing on: what she was given is not hers (attack class 137)', async () => {
    const album = await alice().album();
    await post(alice(), '', toCarol([album], { subject: 'account:bob' }));
    for (const path of ['', '/preview']) {
      expect(outcome(await post(bob(), path, toCarol([album])))).toBe('404 not_found');
      expect(outcome(await post(bob(), path, toCarol([await bob().album(), album])))).toBe('404 not_found');
    }
    expect(outcome(await post(bob(), '', toCarol([album], { subject: 'account:alice' })))).toBe('404 not_found');
    expect(await policiesOn(album)).toHaveLength(1);
  });

  it('is nobody else’s: not to see, not to end', async () => {
    const id = textMember(await post(alice(), '', toCarol([await alice().album()])), 201, 'id');
    expect(outcome(await end(bob(), id))).toBe('404 not_found');
    expect((await bob().owner.get('handovers')).text).not.toContain(id);
    expect((await end(alice(), id)).status).toBe(200);
  });

  it.each([
    ['to nobody', { subject: 'account:nobody' }],
    ['to herself', { subject: 'account:alice' }],
    ['to an application', { subject: 'client:print-shop' }],
    ['to a partner’s person', { subject: 'partner:WyJhIl0' }],
    ['without an end', { until: null }],
    ['until yesterday', { until: inDays(-1) }],
    ['until before it begins', { from: inDays(3), until: inDays(2) }],
    ['to share further', { allow: 'share' }],
    ['nothing', { resource_ids: [] }],
    ['too much', { resource_ids: Array.from({ length: 201 }, (_, index) => `r_${index}`) }],
    ['with a long note', { note: 'x'.repeat(301) }],
    ['something unknown', { forever: true }],
  ])('hands nothing over %s', async (_what, fields) => {
    const album = await alice().album();
    for (const path of ['', '/preview']) {
      expect(outcome(await post(alice(), path, toCarol([album], fields)))).toBe('400 invalid_request');
    }
    expect(await policiesOn(album)).toEqual([]);
  });

  it('a resource twice, or one that is gone: nothing at all', async () => {
    const [album, gone] = [await alice().album(), await alice().album()];
    await alice().photos.remove(gone);
    expect(outcome(await post(alice(), '', toCarol([album, album])))).toBe('400 invalid_request');
    expect(outcome(await post(alice(), '', toCarol([album, gone])))).toBe('404 not_found');
    expect(await policiesOn(album)).toEqual([]);
  });

  it('what she gives beside a handover is a share of its own; that of the handover is not lengthened (O3)', async () => {
    const album = await alice().album();
    const bearer = { bearer: alice().token };
    await post(alice(), '', toCarol([album]));
    const currentOf = async () =>
      (await server().http.get(`/me/directory?q=carol&resource_id=${album}`, bearer))
        .json<{
          people: { id: string; current?: { id: string } }[];
        }>()
        .people.find(({ id }) => id === 'account:carol')?.current?.id;
    expect(await currentOf()).toBeUndefined();
    const [handed] = (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson<{ id: string }>>().items;
    const lengthen = (until: string) =>
      server().http.json(
        'PUT',
        `/me/shares/share:${handed?.id}`,
        { scopes: ['view'], until },
        { ...bearer, headers: WHICHEVER },
      );
    expect(outcome(await lengthen(inDays(30)))).toBe('400 invalid_request');
    expect((await lengthen(inDays(7))).status).toBe(200);
    const draft = { resource_ids: [album], subject: 'account:carol', scopes: ['view'], until: inDays(30) };
    const made = await server().http.json('POST', '/me/shares', draft, bearer);
    expect(made.status).toBe(201);
    expect(await currentOf()).toBe(made.json<ListJson<{ id: string }>>().items[0]?.id);
  });
});
