import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuthorizationRecord, Party } from '@valetkey/authorizations';
import { AuthorizationStore, OwnerEndStore, PermissionCeilingStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import { anOwner, childOf, clientInsertion, NOW, root } from './records.fixture.js';

/** Records: found by their owner only, one living for a party, and an end that reaches everything below. */
export function authorizationStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AuthorizationStore(database());
  const ends = () => new OwnerEndStore(database());
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
    const record = root({ owner: anOwner() });
    await insert(record);
    expect(await store().findOfOwner(record.id, record.owner)).toEqual(record);
    expect(await store().findOfOwner(record.id, 'account:mallory')).toBeUndefined();
    // A client whose id equals the account's is somebody else.
    const namesake: AuthorizationRecord['owner'] = `client:${record.owner.slice('account:'.length)}`;
    expect(await store().findOfOwner(record.id, namesake)).toBeUndefined();
  });

  it('pages the living and suspended records of one owner, each once', async () => {
    const mine = anOwner();
    const records = Array.from({ length: 7 }, () => root({ owner: mine }));
    await insert(...records, root({ owner: anOwner() }));
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
      expect((await store().findOpen(partyKey))?.partyKey).toBe(partyKey);
    });

    it('after its end another may live, and when the owner ended one is remembered', async () => {
      const partyKey = randomUUID();
      const [first, second] = [root({ partyKey }), root({ partyKey })];
      await insert(first);
      expect(await ends().ofKey(partyKey)).toBeUndefined();
      await end(first);
      expect(await store().findOpen(partyKey)).toBeUndefined();
      expect(await ends().ofKey(partyKey)).toBe(NOW + 1);
      await insert(second);
      expect((await store().findOpen(partyKey))?.id).toBe(second.id);
    });

    it('is found with the last end of the client, whoever of its parties that was', async () => {
      const [of, partyKey] = [{ owner: anOwner(), clientId: 'printer', resourceServerId: 'photos' }, randomUUID()];
      expect(await store().findOpenAndEnd(partyKey, of)).toEqual({ open: undefined, clientEndedAt: undefined });
      const [other, living] = [root({ ...of, partyKey: randomUUID() }), root({ ...of, partyKey })];
      await insert(other, living);
      await end(other);
      const found = await store().findOpenAndEnd(partyKey, of);
      expect(found).toEqual({ open: await store().findOpen(partyKey), clientEndedAt: NOW + 1 });
      const elsewhere = await store().findOpenAndEnd(partyKey, { ...of, clientId: 'other' });
      expect(elsewhere.clientEndedAt).toBeUndefined();
    });
  });

  describe('the end of a record', () => {
    it('succeeds once, and for its owner only', async () => {
      const record = root({ owner: anOwner() });
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

    it('removes what it allowed, and what was allowed below it, and nothing else', async () => {
      const ceilings = new PermissionCeilingStore(database());
      const top = root();
      const [middle, beside] = [childOf(top), childOf(top)];
      const low = childOf(middle);
      await insert(top);
      await insert(middle, beside);
      await insert(low);
      const all = [top, beside, middle, low];
      const allowed = { resourceId: randomUUID(), scopes: ['view'], policyIds: ['p'], expiresAt: null };
      for (const { id } of all) await write(database(), (writes) => ceilings.set(writes, id, allowed, undefined));
      await end({ ...middle, owner: 'account:mallory' });
      await end(middle);
      const left = await Promise.all(all.map(async ({ id }) => (await ceilings.page(id, { limit: 200 })).items.length));
      expect(left).toEqual([1, 1, 0, 0]);
    });

    it('is waited for by a permission that is raised at the same time, or wins over it: nothing stays behind', async () => {
      const ceilings = new PermissionCeilingStore(database());
      const rounds = await race(40, async () => {
        const record = root();
        await insert(record);
        const allowed = { resourceId: randomUUID(), scopes: ['view'], policyIds: ['p'], expiresAt: null };
        const raised = commits(database(), (writes) => {
          store().guardActive(writes, record.id);
          ceilings.set(writes, record.id, allowed, undefined);
        });
        await Promise.all([raised, end(record)]);
        return (await ceilings.page(record.id, { limit: 200 })).items.length;
      });
      expect(rounds).toEqual(Array(40).fill(0));
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

  describe('the ground under a record that begins', () => {
    const account = async (enabled: boolean) => {
      const id = randomUUID();
      await open().dataSource.query(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
        VALUES ('${id}', '${id}', 'A', ${enabled ? 'TRUE' : 'FALSE'}, 'operator', 1)`);
      return id;
    };
    const client = async (enabled: boolean) => {
      const id = randomUUID();
      await open().dataSource.query(clientInsertion(id, enabled));
      return id;
    };
    const issuer = async (enabled: boolean) => {
      const name = `https://${randomUUID()}.example`;
      await open().dataSource
        .query(`INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
        VALUES ('${name}', 'P', '{}', '[]', '[]', 1, ${enabled ? 'TRUE' : 'FALSE'})`);
      return name;
    };
    const begins = (owner: AuthorizationRecord['owner'], party: Party | null) =>
      commits(database(), (writes) => {
        const record = root({ origin: 'uma', owner, party });
        store().guardGround(writes, record);
        store().insert(writes, record);
      });

    it.each(['nobody', 'owner', 'party', 'issuer'])('refuses it when one is disabled: %s', async (disabled) => {
      const party = {
        issuer: await issuer(disabled !== 'issuer'),
        subject: 's',
        accountId: await account(disabled !== 'party'),
      };
      const owner = await account(disabled !== 'owner');
      expect(await begins(`account:${owner}`, party)).toBe(disabled === 'nobody');
    });

    it('asks for no account where the party has none, and for nobody where there is no party', async () => {
      expect(await begins(`account:${await account(true)}`, { issuer: await issuer(true), subject: 's' })).toBe(true);
      expect(await begins(`client:${await client(true)}`, null)).toBe(true);
    });

    it('refuses it when the client that owns it is disabled', async () => {
      expect(await begins(`client:${await client(false)}`, null)).toBe(false);
    });

    it('tokens rest on another issuer’s word only while that is enabled', async () => {
      const record = root({ origin: 'uma', party: { issuer: 'https://own.example', subject: 's' } });
      await insert(record);
      const rests = (name: string) =>
        commits(database(), (writes) => store().restOn(writes, record, [{ issuer: name, subject: 's' }]));
      // Her own issuer was looked at when the record began.
      expect(await rests('https://own.example')).toBe(true);
      const [good, bad] = [await issuer(true), await issuer(false)];
      expect([await rests(good), await rests(good), await rests(bad)]).toEqual([true, true, false]);
    });
  });
}
