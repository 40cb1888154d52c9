import { randomUUID } from 'node:crypto';
import type { Client, Voucher } from '@valetkey/clients';
import { ClientRegistrationStore, ClientStore, DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import type { OpenDatabase } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';

const NOW = 1_700_000_000_000;
const MOST = 1_000;
const USED = statement(
  `INSERT INTO authorization_record (id, origin, owner, client_id, scopes, root_id, depth, state, created_at, seen_at)
   VALUES (?, ?, ?, ?, '[]', ?, 0, 'active', 1, 1)`,
);

/** Registrations of clients, and the tokens that let them. */
export function clientRegistrationStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new ClientRegistrationStore(database());
  const clients = () => new ClientStore(database());
  const used = (id: string, origin: 'owner' | 'client') =>
    write(database(), (writes) => {
      const owner = origin === 'owner' ? 'account:alice' : `client:${id}`;
      writes.expectOne(USED, [id, origin, owner, id, id]);
    });
  const register = async (most = MOST, vouchedBy: Voucher = 'nobody') => {
    const one = { clientId: randomUUID(), tokenHash: randomUUID(), metadata: { client_name: '☂' }, registeredAt: NOW };
    await write(database(), (writes) => {
      store().insert(writes, one, { most, idleUntil: NOW + 1_000 });
      clients().save(writes, clientOf(one.clientId, vouchedBy), 'registration', NOW);
    });
    return one;
  };

  it('finds a registration by its token, until it is removed', async () => {
    const one = await register();
    expect(await store().find(one.tokenHash)).toEqual(one);
    expect(await store().find(one.clientId)).toBeUndefined();
    await write(database(), (writes) => store().remove(writes, one));
    expect(await store().find(one.tokenHash)).toBeUndefined();
    await expect(write(database(), (writes) => store().replace(writes, one, NOW))).rejects.toThrow();
  });

  it('attack class 211: takes no more than the quota', async () => {
    await expect(register(0)).rejects.toThrow();
  });

  it('a token of two uses is used twice, however many come at once', async () => {
    const hash = randomUUID();
    await write(database(), (writes) => store().addInitialToken(writes, { hash, uses: 2, expiresAt: NOW + 1_000 }));
    expect(await store().isInitialTokenGood(hash, NOW + 1_000)).toBe(false);
    const used = await race(10, () => commits(database(), (writes) => store().useInitialToken(writes, hash, NOW)));
    expect(winners(used)).toBe(2);
    expect(await store().isInitialTokenGood(hash, NOW)).toBe(false);
  });

  it('attack class 211: forgets clients that nobody used in their time, and keeps the others', async () => {
    const [unused, given] = [await register(), await register()];
    await used(given.clientId, 'owner');
    await store().expire(NOW + 999, 100);
    expect(await clients().find(unused.clientId, NOW)).toBeDefined();
    await store().expire(NOW + 1_000, 100);
    expect(await clients().find(unused.clientId, NOW)).toBeUndefined();
    expect(await store().find(unused.tokenHash)).toBeUndefined();
    expect(await clients().find(given.clientId, NOW)).toBeDefined();
    expect(await store().find(given.tokenHash)).toBeDefined();
    expect(await store().expire(NOW + 1_000, 100)).toBe(0);
  });

  it('attack class 211: a stranger keeps no place by acting for itself; who came with a token of the operator does', async () => {
    const [stranger, invited] = [await register(), await register(MOST, 'initial_access_token')];
    for (const { clientId } of [stranger, invited]) await used(clientId, 'client');
    await store().expire(NOW + 1_000, 100);
    expect(await store().find(stranger.tokenHash)).toBeUndefined();
    expect(await clients().find(stranger.clientId, NOW)).toBeUndefined();
    expect(await store().find(invited.tokenHash)).toBeDefined();
  });
}

function clientOf(id: string, vouchedBy: Voucher): Client {
  return {
    id,
    name: id,
    publisher: null,
    logoUri: null,
    type: 'confidential',
    authenticationMethod: 'client_secret_basic',
    secrets: [],
    jwks: null,
    grantTypes: [],
    scopes: [],
    audiences: [],
    accessTokenFormat: 'opaque',
    metadata: { ...DEFAULT_CLIENT_METADATA, vouchedBy },
    enabled: true,
  };
}
