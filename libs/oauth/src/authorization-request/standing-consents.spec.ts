import { statement, WriteSet } from '@valetkey/persistence';
import { describeDatabases, WatchedDatabase, write } from '@valetkey/testing';
import { requestForm, RequestWorld } from './authorization-requests.fixture.js';

const NOW = 1_790_000_000_000;
const RENEW = statement('UPDATE authorization_record SET generation = generation + 1 WHERE id = ?');
const SUSPEND = statement(`UPDATE authorization_record SET state = 'suspended' WHERE id = ?`);

describeDatabases('attack class 284: what rests on a consent rests on it as it was found', (open) => {
  let world: RequestWorld;
  beforeAll(() => (world = new RequestWorld(open().database)));

  const found = async () => {
    const accountId = await world.account();
    const client = world.client();
    const parameters = requestForm(client.id);
    const read = await world.read(parameters);
    if (read.kind !== 'valid') throw new Error(read.reason);
    const { request } = read;
    const giving = new WriteSet();
    const record = await world.consents.give(giving, { accountId, client, request, scopes: request.scopes }, NOW);
    await world.database.commit(giving);
    const find = () => world.consents.find(accountId, client.id);
    const consented = await find();
    if (!consented) throw new Error('no consent');
    const rely = async () => {
      const writes = new WriteSet();
      const relied = world.consents.rely(writes, consented, NOW + 5);
      return [relied.id, await world.database.tryCommit(writes)];
    };
    return { accountId, client, record, find, rely };
  };

  it('a living one is there, is not changed, and waits for its first tokens again', async () => {
    const { record, rely, find } = await found();
    const before = await find();
    expect(await rely()).toEqual([record.id, true]);
    expect(await find()).toEqual({ ...before, pendingUntil: NOW + 600_005 });
  });

  it.each<[string, (of: Awaited<ReturnType<typeof found>>) => Promise<void>]>([
    [
      'ended',
      ({ record: { id, owner } }) =>
        write(world.database, (writes) => world.authorizations.end(writes, { id, owner, by: 'owner', now: NOW })),
    ],
    ['rests', ({ record: { id } }) => write(world.database, (writes) => writes.expectOne(SUSPEND, [id]))],
    ['was renewed', ({ record: { id } }) => write(world.database, (writes) => writes.expectOne(RENEW, [id]))],
  ])('one that %s meanwhile is a condition that failed, and no other begins', async (_what, meanwhile) => {
    const one = await found();
    await meanwhile(one);
    const count = (await world.authorizations.page(`account:${one.accountId}`, { limit: 10 })).items.length;
    expect(await one.rely()).toEqual([one.record.id, false]);
    const { items } = await world.authorizations.page(`account:${one.accountId}`, { limit: 10 });
    expect(items).toHaveLength(count);
  });

  it('is read once: the code for it reads nothing', async () => {
    const { accountId, client } = await found();
    const watched = new WatchedDatabase(world.database);
    const consents = new RequestWorld(watched).consents;
    const consented = await consents.find(accountId, client.id);
    expect(watched.reads).toHaveLength(1);
    if (consented) consents.rely(new WriteSet(), consented, NOW);
    expect([consented?.record.clientId, watched.reads.length]).toEqual([client.id, 1]);
  });
});
