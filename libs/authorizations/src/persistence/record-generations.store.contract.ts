import { randomUUID } from 'node:crypto';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, RecordGenerations } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import { anOwner, NOW, root } from './records.fixture.js';

/** Generations: what was handed out before is void, and the record lives on. */
export function recordGenerationsContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new AuthorizationStore(database());
  const generations = new RecordGenerations();
  const insert = (...records: AuthorizationRecord[]) =>
    write(database(), (writes) => records.forEach((record) => store().insert(writes, record)));
  const end = ({ id, owner }: AuthorizationRecord) =>
    write(database(), (writes) => store().end(writes, { id, owner, by: 'owner', now: NOW + 1 }));
  const generationOf = async ({ id }: AuthorizationRecord) => (await store().find(id))?.generation;
  const renew = (record: AuthorizationRecord) => commits(database(), (writes) => generations.renew(writes, record));

  it('IR-51 of 50 renewals of the record as it was read exactly one succeeds', async () => {
    const record = root({ owner: anOwner() });
    await insert(record);
    expect(winners(await race(50, () => renew(record)))).toBe(1);
    expect(await generationOf(record)).toBe(1);
  });

  it('IR-51 a record that has ended is not renewed', async () => {
    const record = root({ owner: anOwner() });
    await insert(record);
    await end(record);
    expect([await renew(record), await generationOf(record)]).toEqual([false, 0]);
  });

  it('224 those of all that a person signed in for are renewed: what she gave, and what she uses of others', async () => {
    const accountId = randomUUID();
    const [owner, other] = [`account:${accountId}`, anOwner()] as const;
    const party = { issuer: 'https://as.example', subject: accountId, accountId };
    const given = root({ owner, origin: 'client' });
    const used = root({ owner: other, origin: 'uma', party, partyKey: randomUUID() });
    const untouched = [
      root({ owner, origin: 'owner' }),
      root({ owner, origin: 'uma', party: { ...party, accountId: 'bob' }, partyKey: randomUUID() }),
      root({ owner: other, origin: 'client' }),
      root({ owner: `client:${accountId}`, origin: 'client' }),
    ];
    await insert(given, used, ...untouched);
    await write(database(), (writes) => generations.renewAllOf(writes, accountId));
    expect(await Promise.all([given, used, ...untouched].map(generationOf))).toEqual([1, 1, 0, 0, 0, 0]);
  });
}
