import { randomUUID } from 'node:crypto';
import type { PermissionCeiling } from '@valetkey/authorizations';
import { PermissionCeilingStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';

const ceiling = (fields: Partial<PermissionCeiling> = {}): PermissionCeiling => ({
  resourceId: `r_${randomUUID()}`,
  scopes: ['view'],
  policyIds: [`p_${randomUUID()}`],
  expiresAt: null,
  ...fields,
});

/** Ceilings: changed only from what was seen, withdrawn with what they came from. */
export function permissionCeilingStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new PermissionCeilingStore(database());
  const set = (id: string, next: PermissionCeiling, present?: PermissionCeiling) =>
    commits(database(), (writes) => store().set(writes, id, next, present));

  it('sets, finds and raises the ceiling of one record on one resource', async () => {
    const [id, first] = [randomUUID(), ceiling()];
    const next = { ...first, scopes: ['print', 'view'], expiresAt: 2 ** 50 };
    expect(await set(id, first)).toBe(true);
    expect(await store().find(id, first.resourceId)).toEqual(first);
    expect(await set(id, next, first)).toBe(true);
    expect((await store().page(id, { limit: 9 })).items).toEqual([next]);
    expect(await store().find(randomUUID(), first.resourceId)).toBeUndefined();
  });

  describe('of records with many resources', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `r_${String(index).padStart(4, '0')}`);
    const fill = async (count: number, fields: (index: number) => Partial<PermissionCeiling> = () => ({})) => {
      const id = randomUUID();
      await write(database(), (writes) => {
        for (const [index, resourceId] of ids(count).entries())
          store().set(writes, id, ceiling({ resourceId, ...fields(index) }), undefined);
      });
      return id;
    };

    it('pages hold all, each once, in order', async () => {
      const id = await fill(25);
      const seen: string[] = [];
      for (let after: string | undefined, more = true; more;) {
        const page = await store().page(id, { limit: 10, ...(after !== undefined && { after }) });
        seen.push(...page.items.map(({ resourceId }) => resourceId));
        after = page.next;
        more = after !== undefined;
      }
      expect(seen).toEqual(ids(25));
      expect(await store().page(randomUUID(), { limit: 10 })).toEqual({ items: [] });
    });

    it('the first five of each are found for many records at once, more than fit one statement', async () => {
      const [many, few, none] = [await fill(7), await fill(2), randomUUID()];
      const others = Array.from({ length: 60 }, () => randomUUID());
      const first = await store().firstOf([many, ...others, few, none]);
      const shown = [many, few, none].map((id) => first.get(id)?.map(({ resourceId }) => resourceId));
      expect(shown).toEqual([ids(5), ids(2), []]);
      expect(first.size).toBe(63);
    });

    it('the sum counts them all, unites their scopes and ends with the last, or never', async () => {
      const ending = await fill(120, (index) => ({
        scopes: index === 110 ? ['print', 'view'] : ['view'],
        expiresAt: index === 115 ? 3000 : 1000 + index,
      }));
      const endless = await fill(3, (index) => ({ scopes: [`s${index}`], expiresAt: index === 1 ? null : 1000 }));
      const others = Array.from({ length: 60 }, () => randomUUID());
      const none = randomUUID();
      const sums = await store().sumsOf([endless, ...others, none, ending]);
      expect(sums.get(ending)).toEqual({ resources: 120, scopes: ['print', 'view'], expiresAt: 3000 });
      expect(sums.get(endless)).toEqual({ resources: 3, scopes: ['s0', 's1', 's2'], expiresAt: null });
      expect(sums.get(none)).toEqual({ resources: 0, scopes: [], expiresAt: null });
    });
  });

  it('of 100 raises from the same state exactly one succeeds', async () => {
    const [id, first] = [randomUUID(), ceiling()];
    const makers = await race(100, () => set(id, first));
    expect(winners(makers)).toBe(1);
    const raisers = await race(100, (index) => set(id, { ...first, scopes: [`s${index}`] }, first));
    expect(winners(raisers)).toBe(1);
    expect((await store().find(id, first.resourceId))?.scopes).toEqual([`s${raisers.indexOf(true)}`]);
  });

  it('a raise does not bring back what was withdrawn meanwhile', async () => {
    const [id, first] = [randomUUID(), ceiling()];
    await set(id, first);
    await write(database(), (writes) => store().withdrawResource(writes, first.resourceId));
    expect(await set(id, { ...first, scopes: ['print'] }, first)).toBe(false);
    expect(await store().find(id, first.resourceId)).toBeUndefined();
  });

  it('UG-42 withdraws what a policy permitted, from every record, and nothing else', async () => {
    const [resourceId, policy, other] = [`r_${randomUUID()}`, `p_${randomUUID()}`, `p_${randomUUID()}`];
    const [one, both, untouched, elsewhere] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await set(one, ceiling({ resourceId, policyIds: [policy] }));
    await set(both, ceiling({ resourceId, policyIds: [other, policy] }));
    await set(untouched, ceiling({ resourceId, policyIds: [other] }));
    const onAnother = ceiling({ policyIds: [policy] });
    await set(elsewhere, onAnother);
    await write(database(), (writes) => store().withdrawPolicy(writes, resourceId, policy));
    const left = await Promise.all([one, both, untouched].map((id) => store().find(id, resourceId)));
    expect(left.map((found) => found !== undefined)).toEqual([false, false, true]);
    expect(await store().find(elsewhere, onAnother.resourceId)).toBeDefined();
  });

  it('withdraws a resource from every record, and no other resource', async () => {
    const resourceId = `r_${randomUUID()}`;
    const ids = [randomUUID(), randomUUID()];
    const other = ceiling();
    for (const id of ids) await set(id, ceiling({ resourceId }));
    await set(ids[0] as string, other);
    await write(database(), (writes) => store().withdrawResource(writes, resourceId));
    expect(await Promise.all(ids.map((id) => store().find(id, resourceId)))).toEqual([undefined, undefined]);
    expect((await store().page(ids[0] as string, { limit: 9 })).items).toEqual([other]);
  });
}
