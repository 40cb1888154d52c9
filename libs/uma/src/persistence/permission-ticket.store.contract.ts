import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import type { AccessRequest, Evidence, PermissionTicket } from '@valetkey/uma';
import { AccessRequestStore, PermissionTicketStore, PersistedClaimsStore, UmaExpiryStore } from '@valetkey/uma';

const NOW = 1_700_000_000_000;
const LONG_AGO = 1_600_000_000_000;
const EVIDENCE: Evidence = [
  { issuer: 'https://partner.example', subject: 'carol', claims: { team: ['ops'], age: 4 }, obtainedAt: NOW },
];

const ticket = (fields: Partial<PermissionTicket> = {}): PermissionTicket => ({
  hash: randomUUID(),
  processId: randomUUID(),
  position: 3,
  resourceServerId: 'photos',
  owner: 'account:alice',
  permissions: [{ resourceId: 'r', scopes: ['view', 'print'], resourceVersion: 2 }],
  clientId: null,
  requested: ['view', 'print'],
  evidence: EVIDENCE,
  asked: ['https://partner.example'],
  requestId: 'q',
  pollInterval: 5000,
  pollAfter: NOW,
  expiresAt: NOW + 1000,
  usedAt: null,
  ...fields,
});

const request = (fields: Partial<AccessRequest> = {}): AccessRequest => ({
  id: `q_${randomUUID()}`,
  owner: 'account:alice',
  resourceServerId: 'photos',
  clientId: 'shop',
  party: { issuer: 'https://partner.example', subject: 'carol', name: 'Carol' },
  requestKey: randomUUID(),
  permissions: [{ resourceId: 'r', scopes: ['view'] }],
  state: 'pending',
  createdAt: NOW,
  expiresAt: NOW + 1000,
  decidedAt: null,
  version: 1,
  ...fields,
});

/** Tickets, persisted claims and requests of one UMA process: each is used, or decided, once. */
export function processStoresContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const tickets = () => new PermissionTicketStore(database());
  const claims = () => new PersistedClaimsStore(database());
  const requests = () => new AccessRequestStore(database());
  const insertTicket = (one: PermissionTicket) => write(database(), (writes) => tickets().insert(writes, one, NOW));
  const insertRequest = (one: AccessRequest) => commits(database(), (writes) => requests().insert(writes, one));
  const use = (hash: string, clientId: string) =>
    commits(database(), (writes) => tickets().use(writes, { hash, processId: hash }, clientId, NOW + 1));

  describe('permission tickets', () => {
    it('UG-50 a replay at the moment of a step leaves no ticket that goes on: 100 rounds', async () => {
      const alive = await race(100, async () => {
        const first = ticket({ position: 0 });
        const root = { ...first, processId: first.hash };
        const second = ticket({ processId: root.hash, position: 1 });
        const third = ticket({ processId: root.hash, position: 2 });
        await insertTicket(root);
        await use(root.hash, 'shop');
        await insertTicket(second);
        await Promise.all([
          commits(database(), (writes) => {
            tickets().use(writes, second, 'shop', NOW + 2);
            tickets().insert(writes, third, NOW + 2);
          }),
          commits(database(), (writes) => tickets().useUpProcess(writes, root.hash, NOW + 2)),
        ]);
        const left = await tickets().find(third.hash);
        return left !== undefined && left.usedAt === null;
      });
      expect(winners(alive)).toBe(0);
    });

    it('are found by exactly their hash, as they were written', async () => {
      const [full, plain] = [
        ticket(),
        ticket({ requested: [], evidence: [], asked: [], requestId: null, pollInterval: null, pollAfter: null }),
      ];
      await insertTicket(full);
      await insertTicket(plain);
      expect(await tickets().find(full.hash)).toEqual(full);
      expect(await tickets().find(plain.hash)).toEqual(plain);
      expect(await tickets().find(full.hash.toUpperCase())).toBeUndefined();
    });

    it('UG-55 of 100 presentations at once exactly one uses the ticket', async () => {
      const one = ticket();
      await insertTicket(one);
      const outcomes = await race(100, (index) => use(one.hash, `client-${index}`));
      expect(winners(outcomes)).toBe(1);
      const clientId = `client-${outcomes.indexOf(true)}`;
      expect(await tickets().find(one.hash)).toMatchObject({ usedAt: NOW + 1, clientId });
    });

    it('UG-52 a bound ticket is used by its client only', async () => {
      const one = ticket({ clientId: 'shop' });
      await insertTicket(one);
      expect(await use(one.hash, 'other-shop')).toBe(false);
      expect((await tickets().find(one.hash))?.usedAt).toBeNull();
      expect(await use(one.hash, 'shop')).toBe(true);
      expect(await use(one.hash, 'shop')).toBe(false);
    });
  });

  describe('tickets of one process', () => {
    it('UG-50 are used up together, those of other processes are not', async () => {
      const first = ticket();
      const next = ticket({ processId: first.hash });
      const [later, other] = [ticket({ processId: first.hash }), ticket({ processId: randomUUID() })];
      for (const one of [next, later, other]) await insertTicket(one);
      await use(next.hash, 'shop');
      await write(database(), (writes) => tickets().useUpProcess(writes, first.hash, NOW + 2));
      const usedAt = async (one: PermissionTicket) => (await tickets().find(one.hash))?.usedAt;
      expect(await Promise.all([next, later, other].map(usedAt))).toEqual([NOW + 1, NOW + 2, null]);
      expect(await use(later.hash, 'shop')).toBe(false);
    });

    it('UG-56 keep their whole row a shorter time after use, never a longer one', async () => {
      const [long, short] = [ticket({ expiresAt: NOW + 9000 }), ticket({ expiresAt: NOW + 10 })];
      for (const one of [long, short]) {
        await insertTicket(one);
        await write(database(), (writes) => tickets().shorten(writes, one.hash, NOW + 1000));
      }
      expect((await tickets().find(long.hash))?.expiresAt).toBe(NOW + 1000);
      expect((await tickets().find(short.hash))?.expiresAt).toBe(NOW + 10);
    });

    const EARLY = LONG_AGO - 10_000;
    const usedTicket = async (fields: Partial<PermissionTicket>) => {
      const one = ticket({ expiresAt: EARLY, clientId: 'shop', ...fields });
      await insertTicket(one);
      await use(one.hash, 'shop');
      return one;
    };
    const expireAll = async (before: number) => {
      const expiry = new UmaExpiryStore(database());
      while ((await expiry.expire(before, 10)) > 0);
    };

    it('UG-50 are remembered as used until the last open one has expired, without what they were about', async () => {
      const processId = randomUUID();
      const first = await usedTicket({ hash: processId, processId, position: 0 });
      const second = await usedTicket({ processId, position: 1 });
      const last = ticket({ processId, position: 2, expiresAt: EARLY + 5 });
      await insertTicket(last);
      await expireAll(EARLY + 4);
      for (const { hash, position } of [first, second])
        expect(await tickets().find(hash)).toMatchObject({
          ...{ processId, position, clientId: 'shop', usedAt: NOW + 1, expiresAt: EARLY + 5 },
          ...{ permissions: [], requested: [], evidence: [], asked: [] },
        });
      await expireAll(EARLY + 5);
      for (const { hash } of [first, second, last]) expect(await tickets().find(hash)).toBeUndefined();
    });

    it('UG-50 are remembered while tokens of the process live, but the first, which has the key of their family', async () => {
      const [processId, ended] = [randomUUID(), randomUUID()];
      const first = await usedTicket({ hash: processId, processId, position: 0 });
      const second = await usedTicket({ processId, position: 1 });
      const ofEnded = await usedTicket({ processId: ended, position: 1 });
      const family = (id: string, revokedAt: string) =>
        open().dataSource.query(`INSERT INTO token_family (id, authorization_id, expires_at, revoked_at)
          VALUES ('${id}', 'g', ${NOW}, ${revokedAt})`);
      await family(processId, 'NULL');
      await family(ended, '1');
      await expireAll(EARLY);
      expect(await tickets().find(first.hash)).toBeUndefined();
      expect(await tickets().find(second.hash)).toMatchObject({ expiresAt: NOW, usedAt: NOW + 1 });
      expect(await tickets().find(ofEnded.hash)).toBeUndefined();
    });

    it('are remembered up to a number, so that polling without end fills nothing', async () => {
      const processId = randomUUID();
      const [last, beyond] = [9_999, 10_000];
      const kept = await usedTicket({ processId, position: last });
      const dropped = await usedTicket({ processId, position: beyond });
      await insertTicket(ticket({ processId, position: beyond + 1, expiresAt: NOW }));
      await expireAll(EARLY);
      expect((await tickets().find(kept.hash))?.expiresAt).toBe(NOW);
      expect(await tickets().find(dropped.hash)).toBeUndefined();
    });
  });

  describe('persisted claims', () => {
    const issue = async (expiresAt = NOW + 1000) => {
      let value = '';
      await write(database(), (writes) => {
        value = claims().issue(writes, { clientId: 'shop', evidence: EVIDENCE, now: NOW, expiresAt });
      });
      return value;
    };

    it('are found by their value until they expire or are revoked, and are never kept in clear', async () => {
      const [value, other] = [await issue(), await issue()];
      expect(await claims().find(value, NOW + 999)).toEqual({ clientId: 'shop', evidence: EVIDENCE, live: true });
      expect((await claims().find(value, NOW + 1000))?.live).toBe(false);
      await write(database(), (writes) => claims().revoke(writes, value, NOW));
      expect((await claims().find(value, NOW))?.live).toBe(false);
      expect((await claims().find(other, NOW))?.live).toBe(true);
      const rows = JSON.stringify(await open().dataSource.query('SELECT * FROM persisted_claims_token'));
      expect(rows).not.toContain(value.slice(8, 40));
    });

    it.each(['', 'vk_pct_', 'vk_at_x', "' OR '1'='1"])('are not found by %j', async (value) => {
      expect(await claims().find(value, NOW)).toBeUndefined();
    });
  });

  describe('access requests', () => {
    it('are found by their owner only, as they were written', async () => {
      const one = request({ owner: `account:${randomUUID()}` });
      await insertRequest(one);
      expect(await requests().findOfOwner(one.id, one.owner)).toEqual(one);
      expect(await requests().findOfOwner(one.id, 'account:mallory')).toBeUndefined();
    });

    it('of 100 equal requests exactly one is pending; an expired one makes room', async () => {
      const requestKey = randomUUID();
      const outcomes = await race(100, () => insertRequest(request({ requestKey })));
      expect(winners(outcomes)).toBe(1);
      const later = request({ requestKey, createdAt: NOW + 1000, expiresAt: NOW + 2000 });
      expect(await insertRequest({ ...later, createdAt: NOW + 999 })).toBe(false);
      expect(await insertRequest(later)).toBe(true);
      expect((await requests().latest(requestKey))?.id).toBe(later.id);
    });

    it('of 100 approvals and denials at once exactly one decides', async () => {
      const one = request();
      await insertRequest(one);
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => {
          const state = index % 2 === 0 ? 'approved' : 'denied';
          requests().decide(writes, { id: one.id, owner: one.owner, state, now: NOW + 1 });
        }),
      );
      expect(winners(outcomes)).toBe(1);
      const state = outcomes.indexOf(true) % 2 === 0 ? 'approved' : 'denied';
      expect(await requests().find(one.id)).toMatchObject({ state, decidedAt: NOW + 1 });
    });

    it('are not decided by another owner, nor after their end', async () => {
      const one = request();
      await insertRequest(one);
      const decide = (owner: OwnerId, now: number) =>
        commits(database(), (writes) => requests().decide(writes, { id: one.id, owner, state: 'approved', now }));
      expect(await decide('account:mallory', NOW)).toBe(false);
      expect(await decide(one.owner, NOW + 1000)).toBe(false);
      expect(await decide(one.owner, NOW + 999)).toBe(true);
    });

    it('are listed and counted for one owner, each once', async () => {
      const owner: OwnerId = `account:${randomUUID()}`;
      const made = Array.from({ length: 5 }, () => request({ owner }));
      for (const one of [...made, request(), request({ owner, expiresAt: NOW - 1 })]) await insertRequest(one);
      await write(database(), (writes) => {
        requests().decide(writes, { id: (made[0] as AccessRequest).id, owner, state: 'denied', now: NOW });
      });
      expect(await requests().countPending(owner, NOW)).toBe(4);
      expect((await requests().page(owner, { limit: 10 })).items).toHaveLength(6);
      const first = await requests().pagePending(owner, NOW, { limit: 3 });
      const second = await requests().pagePending(owner, NOW, { limit: 3, after: first.next as string });
      const pending = [...first.items, ...second.items].map(({ id }) => id);
      const expected = made.slice(1).map(({ id }) => id);
      expect(pending.sort()).toEqual(expected.sort());
      expect(second.next).toBeUndefined();
    });

    it('tell who waits for one owner through one client, once for each pending request', async () => {
      const owner: OwnerId = `account:${randomUUID()}`;
      const dave = { issuer: 'https://partner.example', subject: 'dave' };
      const gone = { expiresAt: NOW, createdAt: NOW - 1 };
      for (const fields of [{}, {}, { party: dave }, { clientId: 'other-shop' }, gone])
        await insertRequest(request({ owner, ...fields }));
      const parties = await requests().pendingParties(owner, 'shop', NOW);
      expect(parties.map(({ subject }) => subject).sort()).toEqual(['carol', 'carol', 'dave']);
      expect(await requests().pendingParties('account:mallory', 'shop', NOW)).toEqual([]);
    });
  });

  it('expiry removes what has expired, in batches, and nothing that lives', async () => {
    const dead = Array.from({ length: 25 }, () => ticket({ expiresAt: LONG_AGO }));
    const living = ticket({ expiresAt: LONG_AGO + 1 });
    for (const one of [...dead, living]) await insertTicket(one);
    const old = request({ expiresAt: LONG_AGO, createdAt: LONG_AGO - 1 });
    await insertRequest(old);
    const expiry = new UmaExpiryStore(database());
    const removed: number[] = [];
    do removed.push(await expiry.expire(LONG_AGO, 10));
    while (removed.at(-1) !== 0);
    expect(removed).toEqual([11, 10, 5, 0]);
    expect(await tickets().find(living.hash)).toBeDefined();
    expect(await requests().find(old.id)).toBeUndefined();
  });
}
