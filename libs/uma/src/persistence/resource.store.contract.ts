import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import type { Policy, Resource } from '@valetkey/uma';
import { PolicyStore, ResourceStore } from '@valetkey/uma';

const NOW = 1_700_000_000_000;
const MOST = 500;
const owner = (): OwnerId => `account:${randomUUID()}`;

const resource = (fields: Partial<Resource> = {}): Resource => ({
  id: `r_${randomUUID()}`,
  owner: 'account:alice',
  resourceServerId: 'photos',
  name: 'Holiday ☀',
  description: { name: 'Holiday ☀', resource_scopes: ['view'], __x: [{ y: null }] },
  scopes: new Map([['view', 1]]),
  version: 1,
  policyVersion: 1,
  createdAt: NOW,
  updatedAt: NOW,
  ...fields,
});

const policy = (fields: Partial<Policy> = {}): Policy => ({
  id: `p_${randomUUID()}`,
  owner: 'account:alice',
  resourceId: `r_${randomUUID()}`,
  subject: { type: 'partner', issuer: 'https://partner.example', subject: 'carol' },
  clientId: null,
  scopes: ['view'],
  notBefore: null,
  expiresAt: 2 ** 50,
  maxClaimsAge: 60_000,
  minAcr: 'phr',
  maxAuthAge: 30_000,
  requestId: null,
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  ...fields,
});

/** All items of a list, page by page. */
async function allOf<T>(page: (after?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
  const seen: T[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await page(after);
    seen.push(...items);
    if (next === undefined) return seen;
    after = next;
  }
}

/** Resources and policies: who finds them, changes that do not lose each other, and lists of any length. */
export function resourceStoresContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const resources = () => new ResourceStore(database());
  const policies = () => new PolicyStore(database());
  const insert = async (...made: Resource[]) =>
    write(database(), (writes) => made.forEach((one) => resources().insert(writes, one)));
  const insertPolicy = (...made: Policy[]) =>
    write(database(), (writes) => made.forEach((one) => policies().insert(writes, one, MOST)));

  describe('resources', () => {
    it('are returned as they were written, members that nobody knows too', async () => {
      const one = resource();
      await insert(one);
      expect(await resources().find(one.id)).toEqual(one);
    });

    it('UF-07 UF-08 are found by their owner and by their resource server for that owner, by nobody else', async () => {
      const one = resource({ owner: owner() });
      await insert(one);
      const found = (who: OwnerId, server: string) => resources().findOfServer(one.id, who, server);
      expect(await found(one.owner, 'photos')).toEqual(one);
      expect(await found(owner(), 'photos')).toBeUndefined();
      expect(await found(one.owner, 'others')).toBeUndefined();
      expect(await resources().findOfOwner(one.id, owner())).toBeUndefined();
      expect(await resources().findOfOwner(one.id, one.owner)).toEqual(one);
    });

    it('are listed for one owner and server, each once, in byte order, page by page', async () => {
      const mine = owner();
      const made = Array.from({ length: 13 }, () => resource({ owner: mine }));
      await insert(...made, resource({ owner: mine, resourceServerId: 'others' }), resource({ owner: owner() }));
      const ids = made.map(({ id }) => id).sort();
      const page = (after?: string) =>
        resources().idsOfServer(mine, 'photos', { limit: 4, ...(after !== undefined && { after }) });
      expect(await allOf(page)).toEqual(ids);
    });

    it('UF-16 of 100 replacements of one version exactly one succeeds', async () => {
      const one = resource();
      await insert(one);
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => {
          const scopes = new Map([[`s${index}`, 2]]);
          resources().replace(writes, { ...one, scopes, version: 2 }, one.version);
        }),
      );
      expect(winners(outcomes)).toBe(1);
      expect((await resources().find(one.id))?.scopes).toEqual(new Map([[`s${outcomes.indexOf(true)}`, 2]]));
    });

    it('a decision that relied on a resource fails when its description or policies changed', async () => {
      const one = resource();
      await insert(one);
      const relied = () => commits(database(), (writes) => resources().guard(writes, one));
      const bump = (who: OwnerId) =>
        commits(database(), (writes) => resources().bumpPolicyVersion(writes, one.id, who));
      expect(await relied()).toBe(true);
      expect(await bump(owner())).toBe(false);
      expect(await relied()).toBe(true);
      expect(await bump(one.owner)).toBe(true);
      expect(await relied()).toBe(false);
    });

    it('a policy made while its resource is deleted never outlives it: 100 rounds', async () => {
      const left = await race(100, async () => {
        const one = resource();
        await insert(one);
        await Promise.all([
          commits(database(), (writes) => {
            resources().bumpPolicyVersion(writes, one.id, one.owner);
            policies().insert(writes, policy({ resourceId: one.id }), MOST);
          }),
          commits(database(), (writes) => {
            resources().delete(writes, one);
            policies().deleteOfResource(writes, one.id);
          }),
        ]);
        const gone = (await resources().find(one.id)) === undefined;
        return gone ? policies().countOfResource(one.id) : 0;
      });
      expect(left).toEqual(left.map(() => 0));
    });
  });

  describe('policies', () => {
    it.each<Policy['subject']>([
      { type: 'account', accountId: 'carol' },
      { type: 'partner', issuer: 'https://partner.example', subject: 'carol\n"\\' },
      { type: 'claim', issuer: 'https://partner.example', claim: 'team', value: 'ops' },
      { type: 'client' },
      { type: 'anyone' },
    ])('are returned as they were written: %j', async (subject) => {
      const one = policy({ subject });
      await insertPolicy(one);
      expect(await policies().find(one.id, one.owner)).toEqual(one);
    });

    it('are found, replaced and deleted by their owner only', async () => {
      const one = policy({ owner: owner() });
      await insertPolicy(one);
      const stranger = owner();
      expect(await policies().find(one.id, stranger)).toBeUndefined();
      const replacement = { ...one, owner: stranger, version: 2 };
      expect(await commits(database(), (writes) => policies().replace(writes, replacement, 1))).toBe(false);
      expect(await commits(database(), (writes) => policies().delete(writes, { ...one, owner: stranger }))).toBe(false);
      expect(await commits(database(), (writes) => policies().delete(writes, { ...one, version: 2 }))).toBe(false);
      expect(await policies().find(one.id, one.owner)).toEqual(one);
      const removals = await race(20, () => commits(database(), (writes) => policies().delete(writes, one)));
      expect(winners(removals)).toBe(1);
    });

    it('of 30 at once on one resource no more are made than it may have, and those that are over count', async () => {
      const one = resource();
      await insert(one);
      await insertPolicy(policy({ resourceId: one.id, expiresAt: 1 }), policy({ resourceId: one.id }));
      const outcomes = await race(30, () =>
        commits(database(), (writes) => {
          resources().bumpPolicyVersion(writes, one.id, one.owner);
          policies().insert(writes, policy({ resourceId: one.id }), 5);
        }),
      );
      expect(winners(outcomes)).toBe(3);
      expect(await policies().countOfResource(one.id)).toBe(5);
    });

    it('are in force from the moment they begin until the moment they end', async () => {
      const resourceId = `r_${randomUUID()}`;
      const within = policy({ resourceId, notBefore: NOW, expiresAt: NOW + 10 });
      const always = policy({ resourceId, expiresAt: null });
      await insertPolicy(within, always);
      const at = async (now: number) => (await policies().inForce(resourceId, now)).map(({ id }) => id);
      expect(await at(NOW - 1)).toEqual([always.id]);
      expect(await at(NOW)).toEqual([within.id, always.id].sort());
      expect(await at(NOW + 9)).toEqual([within.id, always.id].sort());
      expect(await at(NOW + 10)).toEqual([always.id]);
    });

    it('of 100 replacements of one version exactly one succeeds', async () => {
      const one = policy();
      await insertPolicy(one);
      const outcomes = await race(100, (index) =>
        commits(database(), (writes) => policies().replace(writes, { ...one, scopes: [`s${index}`], version: 2 }, 1)),
      );
      expect(winners(outcomes)).toBe(1);
      expect((await policies().find(one.id, one.owner))?.scopes).toEqual([`s${outcomes.indexOf(true)}`]);
    });

    it('of one resource or one owner are listed, each once', async () => {
      const [mine, resourceId] = [owner(), `r_${randomUUID()}`];
      const made = Array.from({ length: 5 }, () => policy({ owner: mine, resourceId }));
      await insertPolicy(...made, policy({ owner: mine }), policy({ resourceId }));
      const page = (of?: string) => (after?: string) =>
        policies().page(mine, { limit: 2, ...(after !== undefined && { after }) }, of);
      expect((await allOf(page())).map(({ id }) => id)).toHaveLength(6);
      expect((await allOf(page(resourceId))).map(({ id }) => id)).toEqual(made.map(({ id }) => id).sort());
      expect(await policies().inForce(resourceId, NOW)).toHaveLength(6);
      expect(await policies().countOfResource(resourceId)).toBe(6);
      await write(database(), (writes) => policies().deleteOfResource(writes, resourceId));
      expect(await policies().countOfResource(resourceId)).toBe(0);
      expect(await allOf(page())).toHaveLength(1);
    });
  });
}
