import { type SessionApi, sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { WHICHEVER } from '../support/http.js';
import { PASSWORD } from '../support/world.js';
import { accessOf, carolsToken, inDays } from './access-calls.js';
import { daveAsks, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const RULES = { connections: OWNERS_CONNECTIONS, config: { sharing: { longest_days: 10 } } };

interface GrantJson {
  readonly grant_id: string;
  readonly resources: readonly { readonly id: string }[];
}

describeServer('what an owner may give at a page of the server', RULES, (server) => {
  const alice = () => ownersOf(server()).alice;
  let api: SessionApi;

  beforeAll(async () => {
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(`${server().issuer}/account`);
    await browser.submit(page, { username: 'alice', password: PASSWORD });
    api = await sessionApi(server(), browser);
  });

  it('the session says what the operator lets her share', async () => {
    const { sharing, languages } = (await api.get('session')).json();
    expect(sharing).toMatchObject({ longest_days: 10, no_end: false, directory: 'exact' });
    expect(languages).toEqual(['en', 'de']);
  });

  it('a yes to a request ends, and not later than the operator lets her share', async () => {
    const album = await alice().album();
    const { requestId } = await daveAsks(server(), alice(), album);
    const approve = (body?: object) => api.change('POST', `requests/${requestId}/approve`, body ?? {});
    for (const body of [{}, { until: null }, { until: inDays(12) }, { until: inDays(-1) }])
      expect(outcome(await approve(body))).toBe('400 invalid_request');
    expect((await approve({ until: inDays(9) })).json()).toMatchObject({ state: 'approved' });
  });

  it('nor does a client of the API: what it gives no end ends as late as she may share, and an end after that is refused', async () => {
    const album = await alice().album();
    const { requestId } = await daveAsks(server(), alice(), album);
    const late = { expires_at: inDays(12) };
    expect(outcome(await alice().owner.approve(requestId, late))).toBe('400 invalid_request');
    expect((await alice().owner.approve(requestId)).status).toBe(200);
    const share = { resource_id: album, subject: { type: 'account', account_id: 'carol' }, scopes: ['view'] };
    expect(outcome(await alice().owner.addPolicy({ ...share, ...late }))).toBe('400 invalid_request');
    expect(outcome(await alice().owner.addPolicy({ ...share, not_before: inDays(12) }))).toBe('400 invalid_request');
    const { id } = (await alice().owner.addPolicy(share)).json<{ id: string }>();
    expect(outcome(await alice().owner.replacePolicy(id, { ...share, ...late }))).toBe('400 invalid_request');
    const { items } = (await alice().owner.get(`policies?resource_id=${album}`)).json<{
      items: { expires_at: string }[];
    }>();
    const inTenDays = Date.now() + 10 * 86_400_000;
    expect(items).toHaveLength(2);
    for (const { expires_at: end } of items) expect(Math.abs(Date.parse(end) - inTenDays)).toBeLessThan(600_000);
  });

  it('nothing is shared with, or through, an application that can never use it', async () => {
    const draft = { resource_ids: [await alice().album()], scopes: ['view'], until: inDays(3) };
    const share = (whom: object) => api.change('POST', 'shares', { ...draft, ...whom });
    for (const whom of [
      { subject: 'client:photo-service' },
      { subject: 'account:carol', through: 'client:photo-service' },
    ])
      expect(outcome(await share(whom))).toBe('400 invalid_request');
    expect((await share({ subject: 'client:print-shop' })).status).toBe(201);
  });

  it('nor does she hand over for longer', async () => {
    const handover = { subject: 'account:carol', resource_ids: [await alice().album()], allow: 'see' };
    const handOver = (until: string) => api.change('POST', 'handovers/preview', { ...handover, until });
    expect(outcome(await handOver(inDays(12)))).toBe('400 invalid_request');
    expect((await handOver(inDays(9))).status).toBe(200);
  });

  it('what no operator has described is not given there: not shared, not by a change, not by a yes', async () => {
    const album = await alice().photos.register({ name: 'Odd', resource_scopes: ['view', 'x.undescribed'] });
    const draft = { resource_ids: [album], subject: 'account:carol', until: inDays(3) };
    const share = (scopes: string[]) => api.change('POST', 'shares', { ...draft, scopes });
    expect(outcome(await share(['view', 'x.undescribed']))).toBe('409 invalid_state');
    const shared = await share(['view']);
    const [{ id } = { id: '' }] = shared.json<{ items: { id: string }[] }>().items;
    const change = { scopes: ['x.undescribed'], until: inDays(3) };
    expect(outcome(await api.change('PUT', `shares/${id}`, change, WHICHEVER))).toBe('409 invalid_state');
    const { requestId } = await daveAsks(server(), alice(), album, ['x.undescribed']);
    const approve = (body: object) => api.change('POST', `requests/${requestId}/approve`, body);
    for (const scopes of [undefined, { [album]: ['x.undescribed'] }])
      expect(outcome(await approve({ scopes, until: inDays(3) }))).toBe('409 invalid_state');
    expect((await alice().owner.approve(requestId)).status).toBe(200);
  });

  it('a handover’s shares are told from others, and lead to it', async () => {
    const album = await alice().album();
    const body = { subject: 'account:carol', resource_ids: [album], allow: 'see', until: inDays(3) };
    const { id } = (await api.change('POST', 'handovers', body)).json<{ id: string }>();
    const { items } = (await api.get(`access?resource_id=${album}`)).json<{ items: object[] }>();
    expect(items).toMatchObject([{ origin: 'handover', handover_id: id, scopes: [{ scope: 'view', level: 'see' }] }]);
  });

  it('what acts on its own is broad: the check-up asks about it', async () => {
    const album = await alice().album();
    await api.change('POST', 'shares', {
      ...{ resource_ids: [album], subject: 'account:carol', scopes: ['print'], until: inDays(3) },
    });
    const { items } = (await api.get('check-up')).json<{
      items: { resources: { id: string }[]; reasons: string[] }[];
    }>();
    expect(items.find(({ resources }) => resources[0]?.id === album)?.reasons).toEqual(['broad']);
  });

  it('IR-43 a share opens nothing after its grant was ended, and says so until she changes it', async () => {
    const album = await alice().album();
    const hers = accessOf(server(), alice());
    const draft = { resource_ids: [album], subject: 'account:carol', through: 'client:print-shop' };
    const share = await hers.shareOne(draft);
    const anywhere = await hers.shareOne({ ...draft, through: undefined, scopes: ['print'] });
    await carolsToken(server(), alice(), album);
    const { items: grants } = (await alice().owner.get('authorizations?limit=200')).json<{ items: GrantJson[] }>();
    const grant = grants.find(({ resources }) => resources.some((one) => one.id === album));
    const stateOf = async (id: string) => (await hers.get(`access/${id}`)).json()['state'];
    expect(await stateOf(share.id)).toBe('active');
    expect((await alice().owner.endAuthorization(grant?.grant_id ?? '')).status).toBe(204);
    await expect(carolsToken(server(), alice(), album)).rejects.toThrow();
    expect(await stateOf(share.id)).toBe('suspended');
    const { items } = (await hers.get(`access?resource_id=${album}`)).json<{
      items: { id: string; state: string }[];
    }>();
    // What other applications may use still opens something.
    expect(items.map(({ id, state }) => [id, state]).sort()).toEqual(
      [
        [share.id, 'suspended'],
        [anywhere.id, 'active'],
      ].sort(),
    );
    expect((await hers.change(share.id, { scopes: ['view'], until: inDays(5) })).status).toBe(200);
    expect(await stateOf(share.id)).toBe('active');
    await carolsToken(server(), alice(), album);
  });
});

describeServer(
  'what an owner may give where the operator says nothing',
  { connections: OWNERS_CONNECTIONS },
  (server) => {
    it('what ends does so within ten years, and begins within them', async () => {
      const hers = accessOf(server(), ownersOf(server()).alice);
      const draft = { resource_ids: [await ownersOf(server()).alice.album()], subject: 'account:carol' };
      for (const span of [
        { from: inDays(26_000), until: inDays(26_100) },
        { until: inDays(7_297) },
        { from: inDays(3_652), until: inDays(3_660) },
      ])
        expect(outcome(await hers.share({ ...draft, ...span }))).toBe('400 invalid_request');
      expect((await hers.share({ ...draft, until: inDays(3_640) })).status).toBe(201);
    });
  },
);
