import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuthorizationRecord, NewAuthorization, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, rootAuthorization } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';

const NOW = 1_700_000_000_000;
const owner = (): OwnerId => `account:${randomUUID()}`;

/** A root, with what a test cares about. */
function root(fields: Partial<NewAuthorization> = {}): AuthorizationRecord {
  return rootAuthorization(
    { id: `g_${randomUUID()}`, origin: 'owner', owner: 'account:alice', clientId: 'shop', ...fields },
    NOW,
  );
}

function childOf(parent: AuthorizationRecord): AuthorizationRecord {
  const { rootId, depth, owner: parentOwner } = parent;
  return { ...root({ owner: parentOwner }), parentId: parent.id, rootId, depth: depth + 1 };
}

const byId = (one: AuthorizationRecord, other: AuthorizationRecord) => (one.id < other.id ? -1 : 1);

/** Records: found by their owner only, one living for a party, and an end that reaches everything below. */
export function authorizationStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AuthorizationStore(database());
  const insert = (...records: AuthorizationRecord[]) =>
    write(database(), (writes) => records.forEach((record) => store().insert(writes, record)));
  const end = ({ id, owner: of }: AuthorizationRecord) =>
    commits(database(), (writes) => store().end(writes, { id, owner: of, by: 'owner', now: NOW + 1 }));
  const stateOf = async ({ id }: AuthorizationRecord) => (await store().find(id))?.state;

  it('returns a record as it was written, people and limits too', async () => {
    const party = { issuer: 'https://partner.example', subject: 'carol', name: 'Carol ✉', accountId: 'carol' };
    const record = root({ party, partyKey: randomUUID(), label: 'L', scopes: ['a', 'b'], expiresAt: 2 ** 50 });
    await insert(record);
    expect(await store().find(record.id)).toEqual(record);
    expect(await store().find(`${record.id} `)).toBeUndefined();
  });

  it('IR-41 finds a record for its owner only', async () => {
    const record = root({ owner: owner() });
    await insert(record);
    expect(await store().findOfOwner(record.id, record.owner)).toEqual(record);
    expect(await store().findOfOwner(record.id, 'account:mallory')).toBeUndefined();
    // A client whose id equals the account's is somebody else.
    const namesake: OwnerId = `client:${record.owner.slice('account:'.length)}`;
    expect(await store().findOfOwner(record.id, namesake)).toBeUndefined();
  });

  it('pages the living and suspended records of one owner, each once', async () => {
    const mine = owner();
    const records = Array.from({ length: 7 }, () => root({ owner: mine }));
    await insert(...records, root({ owner: owner() }));
    const [ended] = records;
    await end(ended as AuthorizationRecord);
    const seen: string[] = [];
    for (let page = await store().page(mine, { limit: 2 }); ;) {
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      page = await store().page(mine, { limit: 2, after: page.next });
    }
    expect(seen.sort()).toEqual(
      records
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
  });

  describe('one living record a party key', () => {
    it('of 100 makers exactly one makes it', async () => {
      const partyKey = randomUUID();
      const outcomes = await race(100, () =>
        commits(database(), (writes) => store().insert(writes, root({ partyKey }))),
      );
      expect(winners(outcomes)).toBe(1);
      expect((await store().findLiving(partyKey))?.partyKey).toBe(partyKey);
    });

    it('after its end another may live, and when the owner ended one is remembered', async () => {
      const partyKey = randomUUID();
      const [first, second] = [root({ partyKey }), root({ partyKey })];
      await insert(first);
      expect(await store().lastEndedByOwner(partyKey)).toBeUndefined();
      await end(first);
      expect(await store().findLiving(partyKey)).toBeUndefined();
      expect(await store().lastEndedByOwner(partyKey)).toBe(NOW + 1);
      await insert(second);
      expect((await store().findLiving(partyKey))?.id).toBe(second.id);
    });

    it('is found with the last end of the client, whoever of its parties that was', async () => {
      const [of, partyKey] = [{ owner: owner(), clientId: 'printer', resourceServerId: 'photos' }, randomUUID()];
      expect(await store().findLivingAndEnd(partyKey, of)).toEqual({ living: undefined, clientEndedAt: undefined });
      const [other, living] = [root({ ...of, partyKey: randomUUID() }), root({ ...of, partyKey })];
      await insert(other, living);
      await end(other);
      const found = await store().findLivingAndEnd(partyKey, of);
      expect(found).toEqual({ living: await store().findLiving(partyKey), clientEndedAt: NOW + 1 });
      const elsewhere = await store().findLivingAndEnd(partyKey, { ...of, clientId: 'other' });
      expect(elsewhere.clientEndedAt).toBeUndefined();
    });
  });

  describe('the end of a record', () => {
    it('succeeds once, and for its owner only', async () => {
      const record = root({ owner: owner() });
      await insert(record);
      expect(await end({ ...record, owner: 'account:mallory' })).toBe(false);
      expect(await stateOf(record)).toBe('active');
      expect(winners(await race(50, () => end(record)))).toBe(1);
      expect(await store().find(record.id)).toMatchObject({ state: 'revoked', endedAt: NOW + 1 });
    });

    it('IR-35 ends everything below it, and nothing beside or above', async () => {
      const top = root();
      const [middle, beside] = [childOf(top), childOf(top)];
      const [low, lower] = [childOf(middle), childOf(middle)];
      const lowest = childOf(low);
      await insert(top);
      await insert(middle, beside);
      await insert(low, lower);
      await insert(lowest);
      await end(middle);
      expect(await Promise.all([middle, low, lower, lowest].map(stateOf))).toEqual(Array(4).fill('revoked'));
      expect(await Promise.all([top, beside].map(stateOf))).toEqual(['active', 'active']);
    });

    it('lets nobody build on it any more', async () => {
      const record = root();
      await insert(record);
      const { owner, clientId } = record;
      const ground = { owner, clientId, resourceServerId: 'another', since: undefined, living: record };
      const guarded = () => commits(database(), (writes) => store().guardNotEnded(writes, ground));
      expect(await guarded()).toBe(true);
      await end(record);
      expect(await guarded()).toBe(false);
      expect(await commits(database(), (writes) => store().insert(writes, childOf(record)))).toBe(false);
    });

    /** A chain of `depth` records; one of them ends while a child of the last is born, which takes its time. */
    const round = async (depth: number, ended: number): Promise<string> => {
      const chain = [root()];
      while (chain.length < depth) chain.push(childOf(chain.at(-1) as AuthorizationRecord));
      await insert(...chain);
      const born = childOf(chain.at(-1) as AuthorizationRecord);
      const birth = commits(database(), (writes) => {
        store().insert(writes, born);
        for (let step = 0; step < 20; step += 1) store().noteUse(writes, born.id, NOW + step);
      });
      await wait(Math.random() * 3);
      const [isBorn] = await Promise.all([birth, end(chain[ended] as AuthorizationRecord)]);
      const states = await Promise.all([...chain.slice(ended), born].map(stateOf));
      if (states.includes('active')) return 'something lives under something dead';
      return isBorn ? 'born and ended' : 'not born';
    };

    it.each([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 1],
    ])(
      'leaves nothing alive below, whoever is born at the same time (a chain of %d, number %d of it ends)',
      async (depth, ended) => {
        const outcomes: string[] = [];
        // Batches keep every connection busy, so that births and ends really meet.
        for (let batch = 0; batch < 30; batch += 1) outcomes.push(...(await race(15, () => round(depth, ended))));
        expect(outcomes.filter((outcome) => outcome.startsWith('something'))).toEqual([]);
      },
      20_000,
    );
  });

  it('notes the latest use only', async () => {
    const record = root();
    await insert(record);
    for (const at of [NOW + 5, NOW + 9, NOW + 7])
      await write(database(), (writes) => store().noteUse(writes, record.id, at));
    expect((await store().find(record.id))?.lastUsedAt).toBe(NOW + 9);
  });

  it('suspends the records of a disabled account and resumes them with it', async () => {
    const id = randomUUID();
    const record = root({ owner: `account:${id}` });
    await insert(record);
    const insertAccount = `INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'A', FALSE, 'operator', 1)`;
    await open().dataSource.query(insertAccount);
    await write(database(), (writes) => store().followAccounts(writes));
    expect(await stateOf(record)).toBe('suspended');
    await open().dataSource.query(`UPDATE account SET enabled = TRUE WHERE id = '${id}'`);
    await write(database(), (writes) => store().followAccounts(writes));
    expect(await stateOf(record)).toBe('active');
  });

  it('resumes no record whose party has begun anew: one living record for a party, at every later start too', async () => {
    const id = randomUUID();
    const key = randomUUID();
    const insertAccount = `INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'A', FALSE, 'operator', 1)`;
    await open().dataSource.query(insertAccount);
    const follow = async (enabled: boolean) => {
      await open().dataSource.query(`UPDATE account SET enabled = ${enabled ? 'TRUE' : 'FALSE'} WHERE id = '${id}'`);
      await write(database(), (writes) => store().followAccounts(writes));
    };
    const [old, renewed] = [1, 2].map(() => root({ owner: `account:${id}`, partyKey: key })).sort(byId);
    if (!old || !renewed) throw new Error('two records');
    await insert(old);
    await follow(false);
    await insert(renewed);
    await follow(true);
    expect([await stateOf(old), await stateOf(renewed)]).toEqual(['suspended', 'active']);
    await follow(false);
    expect([await stateOf(old), await stateOf(renewed)]).toEqual(['suspended', 'suspended']);
    await follow(true);
    expect([await stateOf(old), await stateOf(renewed)]).toEqual(['suspended', 'active']);
  });
}
