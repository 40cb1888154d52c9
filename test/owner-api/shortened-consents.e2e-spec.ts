import { signedIn } from '../account/people.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { eventually, past } from '../support/eventually.js';
import { WHICHEVER } from '../support/http.js';
import { accessOf, type AccessJson, inDays } from './access-calls.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';
import { plannerOf, planners } from './planner.js';

const SET_UP = {
  connections: [...OWNERS_CONNECTIONS, { account: 'alice', client: 'print-shop', scope: 'photos.read photos.write' }],
  ...planners('planner'),
};

describeServer('PUT {issuer}/me/access/:id: an application keeps what it has for a shorter time', SET_UP, (server) => {
  const alice = () => ownersOf(server()).alice;
  const hers = () => accessOf(server(), alice());
  const rows = async (who = hers()) => (await who.get('access?limit=200')).json<{ items: AccessJson[] }>().items;
  const rowOf = async (client: string) => {
    const row = (await rows()).find(({ id, holder }) => id.startsWith('grant:') && holder.id === `client:${client}`);
    if (!row) throw new Error(`nothing of ${client}`);
    return row;
  };
  const shorten = (id: string, until: unknown, token = alice().token, headers: Record<string, string> = WHICHEVER) =>
    server().http.json('PUT', `/me/access/${id}`, { until }, { bearer: token, headers });
  const active = async (token: string) =>
    (await clientOf(server(), 'photo-service').post('/introspect', { token })).json()['active'];

  it('what has no end gets one; at that moment its access token and its refresh token are over', async () => {
    const { access_token: token = '', refresh_token: refresh = '' } = server().connections[4] ?? {};
    const { id, until: before } = await rowOf('print-shop');
    expect([before, await active(token)]).toEqual([undefined, true]);
    const until = new Date(Date.now() + 2_500).toISOString();
    const answer = await shorten(id, until);
    expect([answer.status, answer.json()]).toEqual([200, expect.objectContaining({ id, until })]);
    const told = (await clientOf(server(), 'photo-service').post('/introspect', { token })).json();
    expect(told).toMatchObject({ active: true, exp: Math.floor(Date.parse(until) / 1000) });
    const { history } = (await hers().get(`access/${id}`)).json<{ history: object[] }>();
    expect(history[0]).toMatchObject({ kind: 'changed', until, actor: { id: 'account:alice' } });
    await past(Date.parse(until));
    const over = Date.now();
    await eventually(
      () => active(token),
      (is) => is === false,
    );
    expect(Date.now() - over).toBeLessThan(1_000);
    const refreshed = await clientOf(server(), 'print-shop').post('/token', {
      grant_type: 'refresh_token',
      refresh_token: refresh,
    });
    expect(outcome(refreshed)).toBe('400 invalid_grant');
    expect((await rows()).map((row) => row.id)).not.toContain(id);
  });

  it('only ever nearer, only what is hers, only what is no share, and not that by which her things are kept', async () => {
    const { isAllowed, refreshes } = plannerOf(server(), 'planner');
    const refresh = await isAllowed((await signedIn(server(), 'alice')).browser);
    const { id, version, until = '' } = await rowOf('planner');
    expect(outcome(await shorten(id, until))).toBe('400 invalid_request');
    expect(outcome(await shorten(id, inDays(300)))).toBe('400 invalid_request');
    expect(outcome(await shorten(id, inDays(-1)))).toBe('400 invalid_request');
    expect(outcome(await shorten(id, null))).toBe('400 invalid_request');
    expect(outcome(await shorten(id, inDays(1), ownersOf(server()).bob.token))).toBe('404 not_found');
    const share = await hers().shareOne({ resource_ids: [await alice().album()], subject: 'account:carol' });
    expect(outcome(await shorten(share.id, inDays(1)))).toBe('400 invalid_request');
    expect(outcome(await shorten((await rowOf('photo-service')).id, inDays(1)))).toBe('409 invalid_state');
    expect((await rowOf('planner')).until).toBe(until);
    const seen = { 'if-match': `"${version}"` };
    expect((await shorten(id, inDays(5), alice().token, seen)).status).toBe(200);
    const late = await shorten(id, inDays(3), alice().token, seen);
    expect([outcome(late), late.json()['current']]).toEqual([
      '412 precondition_failed',
      expect.objectContaining({ id }),
    ]);
    expect(await refreshes(refresh)).toBe(200);
  });

  it('of twenty ends at once the nearest is the one that stays', async () => {
    const { isAllowed } = plannerOf(server(), 'planner');
    const { id } = await rowOf('planner').catch(async () => {
      await isAllowed((await signedIn(server(), 'alice')).browser);
      return rowOf('planner');
    });
    const ends = Array.from({ length: 20 }, (_, index) => inDays((index + 1) / 10));
    const answers = await Promise.all(ends.map((until) => shorten(id, until)));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await rowOf('planner')).until).toBe(ends[0]);
  });
});
