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
    expect(await store().ofRecord(id)).toEqual([next]);
    expect(await store().find(randomUUID(), first.resourceId)).toBeUndefined();
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
    expect(await store().ofRecord(ids[0] as string)).toEqual([other]);
  });
}
