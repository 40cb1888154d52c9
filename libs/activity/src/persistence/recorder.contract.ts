import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { race, SetClock } from '@valetkey/testing';
import { ActivityRecorder } from '../activity-recorder.service.js';
import type { Refusal, Use } from '../domain/access-moment.js';
import { AccessUseStore } from './access-use.store.js';
import { ActivityStore } from './activity.store.js';
import { LastRefusalStore } from './last-refusal.store.js';

const HOUR = 3_600_000;
const NOW = 470_000 * HOUR;

/** Uses and refusals: lines at most once an hour, the last of each exactly, on however many servers. */
export function recorderContract(open: () => OpenDatabase): void {
  const stores = () => {
    const { database } = open();
    const [activity, uses] = [new ActivityStore(database, new SetClock(NOW)), new AccessUseStore(database)];
    const refusals = new LastRefusalStore(database);
    const recorder = () => new ActivityRecorder(activity, uses, refusals, database);
    return { activity, uses, refusals, recorder };
  };
  const useOf = (owner: string, more: Partial<Use> = {}): Use => ({
    owner,
    holder: 'account:bob',
    clientId: 'shop',
    resource: { id: `r${owner}`, name: 'Album' },
    scopes: ['view'],
    at: NOW,
    accessIds: [`share:p${owner}`],
    ...more,
  });
  const refusalOf = (owner: string, more: Partial<Refusal> = {}): Refusal => ({
    ...{ owner, holder: 'account:bob', clientId: 'shop', resource: { id: 'r' }, scopes: ['edit'], at: NOW },
    ...more,
  });
  const kindsOf = async (owner: string) =>
    (await stores().activity.page(owner, {}, { limit: 50 })).items.map(({ kind }) => kind);

  it('a use is told once an hour, by whichever of several servers, and the latest is known exactly', async () => {
    const owner = randomUUID();
    const { uses, recorder } = stores();
    const nodes = [recorder(), recorder(), recorder()];
    for (const [index, node] of nodes.entries()) {
      for (const at of [NOW + index, NOW + 1_000 + index]) node.used(useOf(owner, { at }));
    }
    expect(nodes[2]?.pendingUses().get(`share:p${owner}`)).toBe(NOW + 1_002);
    await race(3, (index) => nodes[index]?.flush() ?? Promise.resolve());
    expect(nodes[2]?.pendingUses().get(`share:p${owner}`)).toBeUndefined();
    expect(await kindsOf(owner)).toEqual(['used']);
    expect(await uses.lastOf([`share:p${owner}`, 'share:none'])).toEqual(new Map([[`share:p${owner}`, NOW + 1_002]]));
    nodes[0]?.used(useOf(owner, { at: NOW + 2 * HOUR }));
    nodes[0]?.used(useOf(owner, { at: NOW + 2 * HOUR, clientId: 'mail' }));
    await nodes[0]?.flush();
    expect(await kindsOf(owner)).toEqual(['used', 'used', 'used']);
    const seen = await uses.of(`share:p${owner}`, 10);
    expect(seen.map(({ clientId }) => clientId).sort()).toEqual(['mail', 'shop']);
    expect(seen.find(({ clientId }) => clientId === 'shop')).toMatchObject({ lastUsedAt: NOW + 2 * HOUR });
    expect(await uses.countOf(`share:p${owner}`)).toBe(2);
  });

  it('the last refusal is kept for each party, application and resource; an older one changes nothing', async () => {
    const owner = randomUUID();
    const { refusals, recorder } = stores();
    const [one, other] = [recorder(), recorder()];
    one.refused(refusalOf(owner, { at: NOW + 5, scopes: ['delete'] }));
    one.refused(refusalOf(owner, { clientId: 'mail' }));
    await one.flush();
    other.refused(refusalOf(owner, { at: NOW + 1 }));
    await other.flush();
    const kept = await refusals.ofOwner(owner);
    expect(kept.map(({ clientId, at, scopes }) => [clientId, at - NOW, scopes])).toEqual([
      ['mail', 0, ['edit']],
      ['shop', 5, ['delete']],
    ]);
    expect(await refusals.ofOwner(randomUUID())).toEqual([]);
    expect(await kindsOf(owner)).toEqual(['refused', 'refused']);
  });
}
