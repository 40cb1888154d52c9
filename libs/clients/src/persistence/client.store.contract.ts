import { randomUUID } from 'node:crypto';
import type { Client, ResourceServer } from '@valetkey/clients';
import { ClientStore, DEFAULT_CLIENT_METADATA, ResourceServerStore } from '@valetkey/clients';
import type { OpenDatabase } from '@valetkey/persistence';
import { race, write } from '@valetkey/testing';

const NOW = 1_700_000_000_000;

const client = (fields: Partial<Client> = {}): Client => ({
  id: randomUUID(),
  name: 'Print shop ☂',
  publisher: 'Printers Ltd',
  logoUri: null,
  type: 'confidential',
  authenticationMethod: 'client_secret_basic',
  secrets: [],
  jwks: { keys: [] },
  grantTypes: ['client_credentials'],
  scopes: ['a', 'b'],
  audiences: ['https://photos.example'],
  accessTokenFormat: 'jwt',
  metadata: { ...DEFAULT_CLIENT_METADATA, redirectUris: ['https://shop.example/cb?a=1'], defaultMaxAge: 60_000 },
  enabled: true,
  ...fields,
});

/** Clients, their secrets, and resource servers. */
export function clientStoresContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new ClientStore(database());
  const servers = () => new ResourceServerStore(database());
  const save = (one: Client, by: 'configuration' | 'operator' = 'operator') =>
    write(database(), (writes) => store().save(writes, one, by, NOW));
  const addSecret = (clientId: string, hash: string, now: number, overlap: number) =>
    write(database(), (writes) => store().addSecret(writes, { clientId, hash, now, othersUntil: now + overlap }));
  const secretsAt = async (id: string, now: number) =>
    (await store().find(id, now))?.secrets.map(({ hash }) => hash).sort();

  it('finds exactly the client that was saved', async () => {
    const one = client();
    await save(one);
    expect(await store().find(one.id, NOW)).toEqual(one);
    for (const id of [one.id.toUpperCase(), `${one.id} `, '', '%', '__proto__'])
      expect(await store().find(id, NOW)).toBeUndefined();
  });

  it('replaces a client and leaves its secrets, however many save it at once', async () => {
    const one = client();
    await save(one);
    await addSecret(one.id, 'h', NOW, 0);
    await race(20, (index) => save({ ...one, name: `N${index}` }));
    const found = await store().find(one.id, NOW);
    expect(found?.name).toMatch(/^N\d+$/);
    expect(found?.secrets).toEqual([{ hash: 'h', expiresAt: null }]);
  });

  it('attack class 212: names of clients of the operator are known however they are written, until he removes the client', async () => {
    const mark = randomUUID();
    const [one, other, own] = [
      client({ name: `Größe ${mark}` }),
      client({ name: `Off ${mark}`, enabled: false }),
      client({ name: `Own ${mark}` }),
    ];
    await save(one);
    await save(other, 'configuration');
    await write(database(), (writes) => store().save(writes, own, 'registration', NOW));
    const known = async () =>
      Promise.all([`GROSSE-${mark}`, `off${mark}`, `Own ${mark}`].map((name) => store().isTakenForOperators(name)));
    expect(await known()).toEqual([true, true, false]);
    await save({ ...one, name: `Other ${mark}` });
    expect(await known()).toEqual([false, true, false]);
    await save({ ...one, enabled: false });
    expect(await known()).toEqual([false, true, false]);
    await save(client({ name: '☂' }));
    expect(await store().isTakenForOperators('☂')).toBe(false);
  });

  it('has two valid secrets while one is exchanged for the other, and one after that', async () => {
    const one = client();
    await save(one);
    await addSecret(one.id, 'first', NOW, 100);
    await addSecret(one.id, 'second', NOW + 10, 100);
    expect(await secretsAt(one.id, NOW + 109)).toEqual(['first', 'second']);
    expect(await secretsAt(one.id, NOW + 110)).toEqual(['second']);
  });

  it('has never more than two: a third within the overlap ends the oldest', async () => {
    const one = client();
    await save(one);
    await addSecret(one.id, 'first', NOW, 100);
    await addSecret(one.id, 'second', NOW + 10, 100);
    await addSecret(one.id, 'third', NOW + 20, 100);
    expect(await secretsAt(one.id, NOW + 20)).toEqual(['second', 'third']);
    await addSecret(one.id, 'fourth', NOW + 30, 100);
    expect(await secretsAt(one.id, NOW + 30)).toEqual(['fourth', 'third']);
    expect(await secretsAt(one.id, NOW + 129)).toEqual(['fourth', 'third']);
    expect(await secretsAt(one.id, NOW + 130)).toEqual(['fourth']);
  });

  it('keeps the one that was valid without an end, though another was made at the same moment', async () => {
    const one = client();
    await save(one);
    for (const hash of ['c', 'a', 'b', 'd']) await addSecret(one.id, hash, NOW, 100);
    expect(await secretsAt(one.id, NOW)).toEqual(['b', 'd']);
  });

  it('of 30 secrets made at once two are valid, one of them without an end', async () => {
    const [one, other] = [client(), client()];
    await save(one);
    await save(other);
    await addSecret(other.id, 'untouched', NOW, 100);
    await addSecret(one.id, 'before', NOW, 1_000);
    await race(30, (index) => addSecret(one.id, `s${index}`, NOW + index, 1_000));
    const secrets = (await store().find(one.id, NOW + 30))?.secrets ?? [];
    expect(secrets.map(({ expiresAt }) => expiresAt === null).sort()).toEqual([false, true]);
    expect(await secretsAt(other.id, NOW + 30)).toEqual(['untouched']);
  });

  it('a secret that is added again neither doubles nor prolongs another', async () => {
    const one = client();
    await save(one);
    await addSecret(one.id, 'first', NOW, 100);
    await addSecret(one.id, 'second', NOW, 100);
    await addSecret(one.id, 'second', NOW + 50, 100);
    expect(await secretsAt(one.id, NOW + 99)).toEqual(['first', 'second']);
    expect(await secretsAt(one.id, NOW + 100)).toEqual(['second']);
  });

  it('secrets of one client are never those of another', async () => {
    const [one, other] = [client(), client()];
    await save(one);
    await save(other);
    await addSecret(one.id, 'same', NOW, 0);
    expect(await secretsAt(other.id, NOW)).toEqual([]);
    await addSecret(other.id, 'same', NOW, 0);
    expect(await secretsAt(one.id, NOW)).toEqual(['same']);
  });

  it('a disabled client is found as disabled and is no longer among those of the configuration', async () => {
    const [one, manual] = [client(), client()];
    await save(one, 'configuration');
    await save(manual, 'operator');
    const managed = await store().managedByConfiguration();
    expect([managed.includes(one.id), managed.includes(manual.id)]).toEqual([true, false]);
    await write(database(), (writes) => store().disable(writes, one.id, NOW));
    expect((await store().find(one.id, NOW))?.enabled).toBe(false);
    expect(await store().managedByConfiguration()).not.toContain(one.id);
  });

  it('resource servers are saved, replaced and listed; an audience belongs to one of them', async () => {
    const server: ResourceServer = {
      clientId: randomUUID(),
      resource: `https://${randomUUID()}.example`,
      name: 'Photos',
      realm: 'photos',
      scopes: ['x'],
      partialGrant: true,
      enabled: false,
    };
    const saveServer = (one: ResourceServer) => write(database(), (writes) => servers().save(writes, one));
    await saveServer(server);
    await saveServer({ ...server, enabled: true });
    expect((await servers().all()).filter(({ clientId }) => clientId === server.clientId)).toEqual([
      { ...server, enabled: true },
    ]);
    await expect(saveServer({ ...server, clientId: randomUUID() })).rejects.toThrow(/condition/);
  });
}
