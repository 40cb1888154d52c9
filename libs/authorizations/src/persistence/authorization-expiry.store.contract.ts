import { randomUUID } from 'node:crypto';
import { ActivityStore } from '@valetkey/activity';
import type { AuthorizationRecord, ExpiryTimes, NewAuthorization, PermissionCeiling } from '@valetkey/authorizations';
import {
  AuthorizationExpiryStore,
  AuthorizationStore,
  OwnerEndStore,
  PermissionCeilingStore,
} from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, SetClock, whileHolding, write } from '@valetkey/testing';
import { anOwner, childOf, NOW, root } from './records.fixture.js';

const DAY = 86_400_000;
const TIMES: ExpiryTimes = { before: NOW, keptSince: NOW - 90 * DAY, now: NOW + 1 };
const BATCH = 7;

/** Records end by themselves and leave, but never sooner than a policy that they outrank. */
export function authorizationExpiryStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AuthorizationExpiryStore(database(), new ActivityStore(database(), new SetClock(NOW)));
  const records = () => new AuthorizationStore(database());
  const ownerEnds = () => new OwnerEndStore(database());
  const ceilings = () => new PermissionCeilingStore(database());
  const sql = (text: string) => open().dataSource.query(text);
  const find = ({ id }: AuthorizationRecord) => records().find(id);
  const statesOf = (...all: AuthorizationRecord[]) => Promise.all(all.map(async (one) => (await find(one))?.state));
  const allow = (record: AuthorizationRecord, expiresAt: number | null): Promise<void> => {
    const ceiling = { resourceId: randomUUID(), scopes: ['view'], policyIds: ['p'], expiresAt };
    return write(database(), (writes) => ceilings().set(writes, record.id, ceiling, undefined));
  };
  const insert = async <T extends AuthorizationRecord[]>(...all: T): Promise<T> => {
    for (const record of all) await write(database(), (writes) => records().insert(writes, record));
    return all;
  };
  const client = async (enabled: boolean, changed: number): Promise<string> => {
    const id = randomUUID();
    await sql(`INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences,
        access_token_format, enabled, managed_by, created_at, updated_at)
      VALUES ('${id}', 'C', 'public', 'none', '[]', '[]', '[]', 'opaque', ${enabled ? 'TRUE' : 'FALSE'}, 'o', 1, ${changed})`);
    return id;
  };
  let shop = '';
  beforeAll(async () => (shop = await client(true, 1)));
  const share = (fields: Partial<NewAuthorization> = {}) =>
    root({
      origin: 'uma',
      owner: anOwner(),
      clientId: shop,
      resourceServerId: 'rs',
      partyKey: randomUUID(),
      ...fields,
    });
  const end = ({ id, owner }: AuthorizationRecord, now: number, by: 'owner' | 'server' = 'owner') =>
    write(database(), (writes) => records().end(writes, { id, owner, by, now }));
  const policy = async (owner: string, updatedAt: number, expiresAt: number | null = null): Promise<string> => {
    const id = randomUUID();
    await sql(`INSERT INTO policy (id, owner, resource_id, subject, scopes, expires_at, version, created_at, updated_at)
      VALUES ('${id}', '${owner}', 'r', '{"type":"anyone"}', '["view"]', ${expiresAt ?? 'NULL'}, 1, 1, ${updatedAt})`);
    return id;
  };
  /** Everything that the job does, until nothing is left to do. */
  const work = async (times = TIMES): Promise<void> => {
    const { expirePermissions, expireRecords, expireUnfetched, removeOver } = AuthorizationExpiryStore.prototype;
    for (const step of [expirePermissions, expireRecords, expireUnfetched, removeOver])
      while ((await step.call(store(), times, BATCH)) > 0);
    for (let after: string | undefined = ''; after !== undefined;)
      after = (await store().sweep(times, after, BATCH)).last;
  };

  it('its owner reads once that a consent ended, and of a share its own line tells', async () => {
    const owner = anOwner();
    const about = { owner, clientId: shop, expiresAt: NOW - 5 };
    const [consent] = await insert(root({ ...about, origin: 'client', scopes: ['read'] }), share(about));
    await Promise.all([work(), work()]);
    await work();
    const { items } = await new ActivityStore(database(), new SetClock(NOW)).page(owner, {}, { limit: 10 });
    expect(items).toMatchObject([
      { kind: 'ended', at: NOW - 5, holder: `client:${shop}`, scopes: ['read'], accessId: `grant:${consent.id}` },
    ]);
    expect(await statesOf(consent)).toEqual(['expired']);
  });

  describe('IR-54 what a person gave and nobody fetched', () => {
    const consent = async (pendingUntil: number | null, fields: Partial<NewAuthorization> = {}) => {
      const [record] = await insert(root({ origin: 'client', owner: anOwner(), clientId: shop, ...fields }));
      await sql(`INSERT INTO authorization_consent (authorization_id, resources, details, version, given_at, pending_until)
        VALUES ('${record.id}', '[]', '[]', 1, ${NOW}, ${pendingUntil ?? 'NULL'})`);
      return record;
    };
    const rowsOf = ({ id }: AuthorizationRecord) =>
      sql(`SELECT 1 FROM authorization_consent WHERE authorization_id = '${id}'`) as Promise<unknown[]>;

    it('expires after its time, with all that it said; what was fetched, or can still be, stays', async () => {
      const lost = await Promise.all(Array.from({ length: 2 * BATCH }, () => consent(NOW)));
      const [fetched, fresh] = [await consent(null), await consent(NOW + 1)];
      await work();
      expect(new Set(await statesOf(...lost))).toEqual(new Set(['expired']));
      expect(await rowsOf(lost[0] as AuthorizationRecord)).toEqual([]);
      expect(await statesOf(fetched, fresh)).toEqual(['active', 'active']);
    });

    it('makes room for another of the same person and client', async () => {
      const partyKey = randomUUID();
      await consent(NOW - 1, { partyKey });
      await work();
      const again = root({ origin: 'client', owner: anOwner(), clientId: shop, partyKey });
      expect(await commits(database(), (writes) => records().insert(writes, again))).toBe(true);
    });
  });

  describe('permissions past their end', () => {
    it('leave, the others stay, and the record goes on with them', async () => {
      const [record] = await insert(share());
      for (const expiresAt of [NOW - 1, NOW, NOW + 1, null]) await allow(record, expiresAt);
      await work();
      const left = (await ceilings().page(record.id, { limit: 200 })).items.map(
        (one: PermissionCeiling) => one.expiresAt,
      );
      expect(new Set(left)).toEqual(new Set([NOW + 1, null]));
      expect(await statesOf(record)).toEqual(['active']);
    });

    it('take a record with them that has no others: it is expired, with all below, and outranks nothing', async () => {
      const [record] = await insert(share());
      const [below] = await insert(childOf(record));
      const lots = Array.from({ length: 3 * BATCH }, (_, age) => NOW - age);
      for (const expiresAt of lots) await allow(record, expiresAt);
      await work();
      expect(await find(record)).toMatchObject({ state: 'expired', endedAt: NOW + 1 });
      expect(await statesOf(below)).toEqual(['expired']);
      expect(await ownerEnds().ofKey(record.partyKey ?? '')).toBeUndefined();
      expect((await ceilings().page(record.id, { limit: 200 })).items).toEqual([]);
      // Its party may begin anew.
      expect(
        await commits(database(), (writes) => records().insert(writes, share({ partyKey: record.partyKey }))),
      ).toBe(true);
    });

    it('a record whose policies were all withdrawn expires as well, suspended or not; other origins do not', async () => {
      const [empty, resting, own] = await insert(share(), share(), root({ clientId: shop }));
      await sql(`UPDATE authorization_record SET state = 'suspended' WHERE id = '${resting.id}'`);
      await work();
      expect(await statesOf(empty, resting, own)).toEqual(['expired', 'expired', 'active']);
    });

    it('wait for a permission that is being raised, and see it: what was given is not taken by the job', async () => {
      const [record, other] = await insert(share(), root());
      await allow(record, NOW);
      const raise = () =>
        commits(database(), (writes) => {
          records().guardActive(writes, record.id);
          const ceiling = { resourceId: randomUUID(), scopes: ['view'], policyIds: ['p'], expiresAt: null };
          ceilings().set(writes, record.id, ceiling, undefined);
          records().noteUse(writes, other.id, NOW + 1);
        });
      // The grant waits in the middle of its commit; meanwhile the job comes.
      const held = `UPDATE authorization_record SET label = 'held' WHERE id = '${other.id}'`;
      const job = () => store().expirePermissions(TIMES, 500);
      const [raised] = await whileHolding<unknown>(open(), held, [raise, job]);
      expect([raised, await statesOf(record)]).toEqual([true, ['active']]);
    });

    it('of an end and a permission that is raised afterwards, the end holds: it is refused and decided again', async () => {
      const [record] = await insert(share());
      await allow(record, NOW);
      await work();
      const raised = await commits(database(), (writes) => records().guardActive(writes, record.id));
      expect([raised, await statesOf(record)]).toEqual([false, ['expired']]);
    });
  });

  it('records past their own end expire, with all below', async () => {
    const [past, open_] = await insert(
      root({ clientId: shop, expiresAt: NOW }),
      root({ clientId: shop, expiresAt: NOW + 1 }),
    );
    const [below] = await insert(childOf(past));
    await work();
    expect(await statesOf(past, below, open_)).toEqual(['expired', 'expired', 'active']);
  });

  it('records end that nobody can hold: the client is gone, or has been disabled for long', async () => {
    const ids = [await client(false, NOW - 90 * DAY), await client(false, NOW - 89 * DAY), randomUUID(), shop];
    const all = await insert(...ids.map((clientId) => share({ clientId })));
    for (const record of all) await allow(record, null);
    await work();
    expect(await statesOf(...all)).toEqual(['revoked', 'active', 'revoked', 'active']);
    const left = await Promise.all(all.map(async ({ id }) => (await ceilings().page(id, { limit: 200 })).items.length));
    expect(left).toEqual([0, 1, 0, 1]);
  });

  describe('records that ended long ago', () => {
    const isThere = async (record: AuthorizationRecord) => (await find(record)) !== undefined;

    it('leave when they ended by themselves; those that ended lately, or live, stay', async () => {
      const [old, late, living] = await insert(share(), share(), share());
      await allow(living, null);
      await end(old, NOW - 90 * DAY, 'server');
      await end(late, NOW - 89 * DAY, 'server');
      await work();
      expect(await Promise.all([old, late, living].map(isThere))).toEqual([false, true, true]);
    });

    it('stay for as long as the owner has a policy that her end outranks, and leave with it', async () => {
      const endedAt = NOW - 100 * DAY;
      const cases: [title: string, updatedAt: number, expiresAt: number | null, stays: boolean][] = [
        ['an older policy', endedAt - 1, null, true],
        ['one of the same moment', endedAt, null, true],
        ['an older one that is over later', endedAt, NOW + 1, true],
        ['an older one that is over', endedAt, NOW, false],
        ['a younger one', endedAt + 1, null, false],
      ];
      for (const [title, updatedAt, expiresAt, stays] of cases) {
        const [record] = await insert(share());
        await end(record, endedAt);
        const id = await policy(record.owner, updatedAt, expiresAt);
        await work();
        expect([title, await isThere(record)]).toEqual([title, stays]);
        await sql(`UPDATE policy SET updated_at = ${NOW} WHERE id = '${id}'`);
        await work();
        expect([title, await isThere(record)]).toEqual([title, false]);
      }
    });

    it('another owner’s policy keeps nothing', async () => {
      const [record] = await insert(share());
      await end(record, NOW - 100 * DAY);
      await policy(anOwner(), 1);
      await work();
      expect(await isThere(record)).toBe(false);
    });

    it('of one party only the latest end is kept for a policy: it outranks what the others did', async () => {
      const owner = anOwner();
      const partyKey = randomUUID();
      const ends = [3, 1, 2].map((age) => NOW - (100 + age) * DAY);
      const all: AuthorizationRecord[] = [];
      for (const endedAt of ends) {
        const [record] = await insert(share({ owner, partyKey }));
        all.push(record);
        await end(record, endedAt);
      }
      await policy(owner, 1);
      const known = await ownerEnds().ofKey(partyKey);
      const ofShop = () => records().findOpenAndEnd(partyKey, { owner, resourceServerId: 'rs', clientId: shop });
      const { clientEndedAt } = await ofShop();
      expect(clientEndedAt).toBeDefined();
      await work();
      expect(await Promise.all(all.map(isThere))).toEqual([false, true, false]);
      expect(await ownerEnds().ofKey(partyKey)).toBe(known);
      expect((await ofShop()).clientEndedAt).toBe(clientEndedAt);
    });

    it('of one party under one name only the latest end is kept: under a name that this one does not know, it is found', async () => {
      const [owner, partyKey] = [anOwner(), randomUUID()];
      const named = (subject: string) => ({ issuer: 'https://partner.example', subject, accountId: 'carol' });
      const all: AuthorizationRecord[] = [];
      for (const [age, subject] of [
        [4, 'carol-1'],
        [3, 'carol-9'],
        [2, 'carol-1'],
      ] as const) {
        const [record] = await insert(share({ owner, partyKey, party: named(subject) }));
        all.push(record);
        await end(record, NOW - (100 + age) * DAY);
      }
      await policy(owner, 1);
      await work();
      expect(await Promise.all(all.map(isThere))).toEqual([false, true, true]);
      const endOf = (subject: string) => {
        const known = { partyKey: randomUUID(), accountId: undefined, identities: [named(subject)] };
        return ownerEnds().ofParty({ owner, resourceServerId: 'rs', clientId: shop }, known);
      };
      expect(await endOf('carol-9')).toBe(NOW - 103 * DAY);
      expect(await endOf('carol-1')).toBe(NOW - 102 * DAY);
      // A later one that knows both names outranks both.
      const [last] = await insert(share({ owner, partyKey, party: named('carol-1') }));
      await write(database(), (writes) => records().restOn(writes, last, [named('carol-9')]));
      await end(last, NOW - 100 * DAY);
      await work();
      expect(await Promise.all([...all, last].map(isThere))).toEqual([false, false, false, true]);
      const left: unknown = await sql(`SELECT authorization_id FROM ended_identity WHERE authorization_id IN
        (${[...all, last].map(({ id }) => `'${id}'`).join(', ')})`);
      expect(left).toEqual([{ authorization_id: last.id }, { authorization_id: last.id }]);
    });

    it('leave in any case where they were about no resource server: no policy could bring them back', async () => {
      const [record] = await insert(root({ owner: anOwner(), clientId: shop }));
      await end(record, NOW - 90 * DAY);
      await policy(record.owner, 1);
      await work();
      expect(await isThere(record)).toBe(false);
    });
  });

  it('a round over all records goes on where the last batch ended, and ends', async () => {
    await insert(...Array.from({ length: 2 * BATCH }, () => root({ clientId: shop })));
    const seen: string[] = [];
    for (let after: string | undefined = ''; after !== undefined && seen.length < 1_000;) {
      seen.push(after);
      after = (await store().sweep(TIMES, after, BATCH)).last;
    }
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
}
