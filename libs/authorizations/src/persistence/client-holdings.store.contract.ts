import { randomUUID } from 'node:crypto';
import type { NewAuthorization, OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, ClientHoldingsStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { write } from '@valetkey/testing';
import { anOwner, NOW, root } from './records.fixture.js';

const MANY = 1_003;

/** What a client holds, counted for operators. */
export function clientHoldingsContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const records = () => new AuthorizationStore(database());
  const store = () => new ClientHoldingsStore(database());
  const give = async (clientId: string, owners: readonly OwnerId[], fields: Partial<NewAuthorization> = {}) => {
    const made = owners.map((owner) => root({ clientId, owner, ...fields }));
    for (const record of made) await write(database(), (writes) => records().insert(writes, record));
    return made;
  };

  it('people are counted once, clients that own something and what is over not at all', async () => {
    const [clientId, alice, bob] = [randomUUID(), anOwner(), anOwner()];
    await give(clientId, [alice, alice, bob, `client:${clientId}`]);
    const [over] = await give(clientId, [anOwner()]);
    await give(randomUUID(), [anOwner()]);
    if (over) await write(database(), (writes) => records().end(writes, { ...over, by: 'server', now: NOW + 1 }));
    expect(await store().people(clientId)).toEqual({ count: 2, isMore: false });
    expect(await store().grants(clientId)).toEqual({ count: 4, isMore: false });
    expect(await store().people(randomUUID())).toEqual({ count: 0, isMore: false });
  });

  it('more than a thousand are more than a thousand', async () => {
    const clientId = randomUUID();
    const owners = Array.from({ length: MANY }, anOwner);
    await write(database(), (writes) => {
      for (const owner of owners) records().insert(writes, root({ clientId, owner }));
    });
    expect(await store().people(clientId)).toEqual({ count: 1_000, isMore: true });
    expect(await store().grants(clientId)).toEqual({ count: 1_000, isMore: true });
  });

  it('the last use is the latest of what it still holds', async () => {
    const clientId = randomUUID();
    const made = await give(clientId, [anOwner(), anOwner(), anOwner()]);
    expect(await store().lastUse(clientId)).toBeUndefined();
    await write(database(), (writes) => made.forEach(({ id }, index) => records().noteUse(writes, id, NOW + index)));
    expect(await store().lastUse(clientId)).toBe(NOW + 2);
    const [, , last] = made;
    if (last) await write(database(), (writes) => records().end(writes, { ...last, by: 'server', now: NOW + 9 }));
    expect(await store().lastUse(clientId)).toBe(NOW + 1);
  });
}
