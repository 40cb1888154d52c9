import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { race, winners, write } from '@valetkey/testing';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore } from '@valetkey/uma';

const NOW = 1_700_000_000_000;

/** Messages about requests: each is sent by one server. */
export function requestNoticesContract(open: () => OpenDatabase): void {
  const store = () => new RequestNoticeStore(open().database);
  const tell = (accountId: string, requestId = randomUUID()) =>
    write(open().database, (writes) => store().tellOwner(writes, { requestId, accountId, now: NOW }));
  const pending = async (): Promise<AccessRequest> => {
    const request: AccessRequest = {
      id: `q_${randomUUID()}`,
      owner: 'account:alice',
      resourceServerId: 'photos',
      clientId: 'shop',
      party: { issuer: 'https://as.example', subject: 'bob', accountId: 'bob' },
      requestKey: randomUUID(),
      permissions: [{ resourceId: 'r', scopes: ['view'] }],
      state: 'pending',
      createdAt: NOW,
      expiresAt: NOW + 1_000,
      decidedAt: null,
      version: 1,
    };
    await write(open().database, (writes) => new AccessRequestStore(open().database).insert(writes, request));
    return request;
  };
  const due = async (id: string, now: number) =>
    (await store().dueOutcomes(now, 1_000)).some(({ requestId }) => requestId === id);

  it('of 20 servers one takes what an owner is to hear, and none before its time again', async () => {
    const owner = randomUUID();
    await tell(owner);
    expect(await store().dueOwners(NOW, 1_000)).toContain(owner);
    const taken = await race(20, () => store().takeOwner(owner, NOW, NOW + 100));
    expect(winners(taken)).toBe(1);
    await tell(owner);
    expect(await store().dueOwners(NOW + 99, 1_000)).not.toContain(owner);
    expect(await store().takeOwner(owner, NOW + 99, NOW + 200)).toBe(false);
    expect(await store().dueOwners(NOW + 100, 1_000)).toContain(owner);
    expect(await store().takeOwner(owner, NOW + 100, NOW + 200)).toBe(true);
  });

  it('a request is told once, oldest first; what was told leaves', async () => {
    const owner = randomUUID();
    for (const id of ['q_2', 'q_1', 'q_2']) await tell(owner, `${id}${owner}`);
    expect(await store().ofOwner(owner, 10)).toEqual([`q_1${owner}`, `q_2${owner}`]);
    expect(await store().ofOwner(owner, 1)).toEqual([`q_1${owner}`]);
    await store().told([`q_1${owner}`, `q_2${owner}`]);
    expect(await store().ofOwner(owner, 10)).toEqual([]);
  });

  it('an outcome is due once the request was decided or has expired, and is taken once', async () => {
    const request = await pending();
    for (let time = 0; time < 2; time += 1) await store().wish(request.id, 'bob', NOW);
    expect(await store().isWished(request.id)).toBe(true);
    expect(await due(request.id, NOW)).toBe(false);
    expect(await due(request.id, NOW + 1_000)).toBe(true);
    const notice = { requestId: request.id, accountId: 'bob' };
    const lease = { now: NOW + 1_000, again: NOW + 5_000 };
    expect(winners(await race(20, () => store().takeOutcome(notice, lease)))).toBe(1);
    expect(await due(request.id, NOW + 4_999)).toBe(false);
    await store().outcomeTold(notice);
    expect([await due(request.id, NOW + 5_000), await store().isWished(request.id)]).toEqual([false, false]);
  });

  it('an outcome that was taken by a server which then ended is due again, and is taken once again', async () => {
    const request = await pending();
    await store().wish(request.id, 'bob', NOW);
    const notice = { requestId: request.id, accountId: 'bob' };
    for (const now of [NOW + 1_000, NOW + 5_000]) {
      expect(await due(request.id, now)).toBe(true);
      const lease = { now, again: now + 4_000 };
      expect(winners(await race(20, () => store().takeOutcome(notice, lease)))).toBe(1);
      expect(await due(request.id, now + 3_999)).toBe(false);
    }
  });

  it('who wishes after the end wishes for nothing', async () => {
    const request = await pending();
    await store().wish(request.id, 'bob', NOW + 1_000);
    await store().wish(randomUUID(), 'bob', NOW);
    expect(await store().isWished(request.id)).toBe(false);
  });
}
