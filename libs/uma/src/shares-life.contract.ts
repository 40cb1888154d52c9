import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import { rootAuthorization } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { race, SetClock, write } from '@valetkey/testing';
import type { Policy, PolicyDraft } from '@valetkey/uma';
import { umaServices } from './uma-services.fixture.js';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const MANY = { limit: 200 };

/** How shares begin, end, come back and stop, and that each is told once. */
export function sharesLifeContract(open: () => OpenDatabase): void {
  const at = (now: number) => umaServices(open().database, new SetClock(now));
  const newOwner = (): OwnerId => `account:${randomUUID()}`;
  const draftOf = (resourceId: string, more: Partial<PolicyDraft> = {}): PolicyDraft => ({
    resourceId,
    subject: { type: 'account', accountId: 'bob' },
    clientId: null,
    scopes: ['view'],
    notBefore: null,
    expiresAt: NOW + 10 * DAY,
    maxClaimsAge: null,
    minAcr: null,
    maxAuthAge: null,
    ...more,
  });
  const resourceOf = async (owner: OwnerId): Promise<string> => {
    const id = `r_${randomUUID()}`;
    const times = { version: 1, policyVersion: 1, createdAt: NOW, updatedAt: NOW };
    const about = { resourceServerId: 'photos', name: 'Album', description: {}, scopes: new Map([['view', 1]]) };
    await write(open().database, (writes) => at(NOW).resources.insert(writes, { id, owner, ...about, ...times }));
    return id;
  };
  const shareOf = async (owner: OwnerId, more: Partial<PolicyDraft> = {}, now = NOW): Promise<Policy> => {
    const policy = await at(now).ownerPolicies.create(owner, draftOf(await resourceOf(owner), more));
    if (typeof policy === 'string') throw new Error(policy);
    return policy;
  };
  const removedOf = async (owner: OwnerId) => (await at(NOW).removed.page(owner, NOW - DAY, MANY)).items;
  const kindsOf = async (owner: OwnerId) =>
    (await at(NOW).activity.page(owner, {}, MANY)).items.map(({ kind }) => kind).sort();
  const sharesOf = async (owner: OwnerId) => (await at(NOW).policies.page(owner, MANY)).items;

  it('of ten who give the same back one does, as a new share; after seven days nobody', async () => {
    const owner = newOwner();
    const share = await shareOf(owner, { note: 'for you', subjectName: 'Bob' });
    const ended = await at(NOW).ownerPolicies.remove(owner, share.id);
    const { removedId } = ended as { removedId: string };
    expect(await at(NOW + 7 * DAY).givenBack.giveBack(owner, removedId)).toBe('over');
    expect(await at(NOW).givenBack.giveBack(newOwner(), removedId)).toBe('not_found');
    const outcomes = await race(10, () => at(NOW + 5).givenBack.giveBack(owner, removedId));
    expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toHaveLength(1);
    const [back] = await sharesOf(owner);
    expect(back).toMatchObject({ note: 'for you', subjectName: 'Bob', expiresAt: NOW + 10 * DAY });
    expect(back?.id).not.toBe(share.id);
    expect(await kindsOf(owner)).toEqual(['given', 'given_back', 'removed']);
  });

  it('of ten ends one ends it, and leaves one trace', async () => {
    const owner = newOwner();
    const share = await shareOf(owner);
    const outcomes = await race(10, () => at(NOW).ownerPolicies.remove(owner, share.id));
    expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toHaveLength(1);
    expect(await removedOf(owner)).toHaveLength(1);
    expect(await kindsOf(owner)).toEqual(['given', 'removed']);
  });

  it('what ends by itself is told once by however many servers, and does not come back', async () => {
    const owner = newOwner();
    await shareOf(owner, { expiresAt: NOW + 1_000 });
    const clock = new SetClock(NOW + 1_000);
    const { signal } = new AbortController();
    await race(5, () => at(NOW + 1_000).ends.tell(clock, signal));
    await at(NOW + 1_000).ends.tell(clock, signal);
    const [removed, ...others] = await removedOf(owner);
    expect([removed?.endedBy, removed?.giveBackUntil, others]).toEqual(['expired', null, []]);
    expect(await kindsOf(owner)).toEqual(['ended', 'given']);
  });

  it('a stop ends records and shares of before, whoever works at it, and each counts once', async () => {
    const owner = newOwner();
    for (let index = 0; index < 60; index += 1) await shareOf(owner);
    const record = rootAuthorization({ id: `g_${randomUUID()}`, origin: 'client', owner, clientId: 'shop' }, NOW);
    await write(open().database, (writes) => at(NOW).records.insert(writes, record));
    // A process wrote it down and ended.
    const id = await at(NOW).stops.begin(owner, null, NOW);
    const later = await shareOf(owner, {}, NOW + 1);
    const { signal } = new AbortController();
    await race(3, () => at(NOW + DAY).stopping.goOn(signal));
    const stop = await at(NOW).stops.find(id);
    expect([stop?.doneAt, stop?.result.accesses]).toEqual([NOW + DAY, 61]);
    expect((await sharesOf(owner)).map((share) => share.id)).toEqual([later.id]);
    expect((await at(NOW).records.find(record.id))?.state).toBe('revoked');
    expect((await at(NOW).removed.page(owner, NOW - DAY, MANY)).items).toHaveLength(61);
  });

  it('a stop of one holder leaves what others have', async () => {
    const owner = newOwner();
    await shareOf(owner);
    const other = await shareOf(owner, { subject: { type: 'account', accountId: 'eve' } });
    const { result } = await at(NOW).stopping.stop(owner, 'account:bob');
    expect(result).toMatchObject({ accesses: 1 });
    expect((await sharesOf(owner)).map(({ id }) => id)).toEqual([other.id]);
  });
}
