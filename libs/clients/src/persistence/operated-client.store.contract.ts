import { randomUUID } from 'node:crypto';
import type { Client, ClientOrigin } from '@valetkey/clients';
import { ClientDirectory, ClientStore, DEFAULT_CLIENT_METADATA, OperatedClientStore } from '@valetkey/clients';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';

const NOW = 1_700_000_000_000;

/** Clients as operators look for them, and suspend and remove them. */
export function operatedClientStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const clients = () => new ClientStore(database());
  const store = () => new OperatedClientStore(database(), clients());
  const made = async (fields: Partial<Client> = {}, origin: ClientOrigin = 'operator') => {
    const client = clientOf({ id: randomUUID(), ...fields });
    await write(database(), (writes) => clients().save(writes, client, origin, NOW));
    return client.id;
  };
  const change = (
    make: (store: OperatedClientStore) => (writes: Parameters<OperatedClientStore['resume']>[0]) => void,
  ) => commits(database(), make(store()));

  it('attack class 212: others of the operator that people take for one, by name, and none that is gone or a stranger', async () => {
    const mark = randomUUID().slice(0, 8);
    const id = await made({ name: `Twin ${mark}` });
    const others = [await made({ name: `TWIN-${mark}` }), await made({ name: `Тwin ${mark}` }, 'configuration')];
    await made({ name: `Twin ${mark}` }, 'registration');
    const gone = await made({ name: `twin ${mark}` });
    await change((operated) => (writes) => operated.remove(writes, gone, NOW));
    const alike = async (name: string) => (await store().alike({ id, name })).map((one) => one.id).sort();
    expect(await alike(`Twin ${mark}`)).toEqual(others.sort());
    expect([await alike(`Twins ${mark}`), await alike('☂')]).toEqual([[], []]);
  });

  it('a list in the order of names, page by page, narrowed to words, state and origin', async () => {
    const mark = randomUUID();
    const ids: string[] = [];
    for (const name of ['Zebra', 'Ärger', 'apfel']) ids.push(await made({ name: `${name} ${mark}` }));
    const [zebra = '', anger = '', apfel = ''] = ids;
    await made({ name: 'Other', publisher: `Öl 100% ${mark}` }, 'registration');
    const found: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await store().page({ words: mark, origin: 'operator' }, { limit: 1, ...(after && { after }) });
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (after === undefined) break;
    }
    expect(found).toEqual([apfel, anger, zebra]);
    const names = async (words: string) =>
      (await store().page({ words }, { limit: 10 })).items.map((one) => one.name.split(' ')[0]);
    expect(await names(`öl 100% ${mark}`.toUpperCase())).toEqual(['Other']);
    expect(await names(`öl 100_ ${mark}`)).toEqual([]);
    expect(await names(zebra)).toEqual(['Zebra']);
    await change((operated) => (writes) => operated.suspend(writes, anger, NOW));
    const suspended = await store().page({ words: mark, state: 'suspended' }, { limit: 10 });
    expect(suspended.items.map(({ id, state }) => [id, state])).toEqual([[anger, 'suspended']]);
  });

  it('a position of another list is none', async () => {
    const after = Buffer.from('["a"]').toString('base64url');
    await expect(store().page({ words: '' }, { limit: 1, after })).rejects.toThrow(SyntaxError);
  });

  it('one that is suspended is not enabled, also after it is saved again, until it is resumed', async () => {
    const id = await made(
      { name: 'Rests', grantTypes: ['urn:ietf:params:oauth:grant-type:uma-ticket'] },
      'configuration',
    );
    const enabled = async () => (await clients().find(id, NOW))?.enabled;
    const directory = async () => new ClientDirectory(database()).search(['rests'], '', 10);
    expect(await directory()).toContain(id);
    const once = await race(5, () => change((operated) => (writes) => operated.suspend(writes, id, NOW)));
    expect([winners(once), await enabled()]).toEqual([1, false]);
    expect(await directory()).not.toContain(id);
    await write(database(), (writes) => clients().save(writes, clientOf({ id, name: 'Rests' }), 'configuration', NOW));
    expect(await enabled()).toBe(false);
    expect((await clients().profiles([id])).get(id)).toMatchObject({ enabled: true, isSuspended: true });
    expect(await change((operated) => (writes) => operated.resume(writes, id))).toBe(true);
    expect(await change((operated) => (writes) => operated.resume(writes, id))).toBe(false);
    expect(await enabled()).toBe(true);
  });

  it('a version that is over holds nothing; a secret, a suspension and its end make another', async () => {
    const id = await made();
    const isHeld = (which: string, version: number) =>
      change((operated) => (writes) => operated.expectVersion(writes, which, version));
    expect([await isHeld(id, 1), await isHeld(id, 2)]).toEqual([true, false]);
    await write(database(), (writes) => clients().save(writes, clientOf({ id }), 'operator', NOW));
    expect([await isHeld(id, 1), await isHeld(id, 2)]).toEqual([false, true]);
    const secret = { clientId: id, hash: 'first', now: NOW, othersUntil: NOW + 1 };
    await write(database(), (writes) => clients().addSecret(writes, secret));
    expect([await isHeld(id, 2), await isHeld(id, 3)]).toEqual([false, true]);
    await change((operated) => (writes) => operated.suspend(writes, id, NOW));
    await change((operated) => (writes) => operated.resume(writes, id));
    expect([await isHeld(id, 3), await isHeld(id, 5)]).toEqual([false, true]);
    await change((operated) => (writes) => operated.remove(writes, id, NOW));
    expect(await isHeld(id, 5)).toBe(false);
  });

  it('says of each valid secret since when, that which stays beside a new one first', async () => {
    const id = await made();
    const add = (hash: string, now: number) =>
      write(database(), (writes) => clients().addSecret(writes, { clientId: id, hash, now, othersUntil: now + 500 }));
    for (const [index, hash] of ['first', 'second', 'third'].entries()) await add(hash, NOW + index);
    expect((await store().find(id, NOW + 2))?.secrets).toEqual([
      { createdAt: NOW + 2, expiresAt: null },
      { createdAt: NOW + 1, expiresAt: NOW + 502 },
    ]);
    expect((await store().find(id, NOW + 502))?.secrets.length).toBe(1);
  });

  it('one that was removed is not there, keeps its name, and is removed once; one of the configuration never', async () => {
    const [id, configured] = [await made({ name: 'Gone' }), await made({}, 'configuration')];
    const remove = (which: string) => change((operated) => (writes) => operated.remove(writes, which, NOW));
    expect(winners(await race(5, () => remove(id)))).toBe(1);
    expect(await remove(configured)).toBe(false);
    expect(await store().find(id, NOW)).toBeUndefined();
    expect((await store().page({ words: id }, { limit: 10 })).items).toEqual([]);
    expect((await clients().names([id])).get(id)?.name).toBe('Gone');
    expect((await store().find(configured, NOW))?.state).toBe('active');
  });
}

function clientOf(fields: Partial<Client>): Client {
  return {
    id: 'c',
    name: 'A',
    publisher: null,
    logoUri: null,
    type: 'confidential',
    authenticationMethod: 'client_secret_basic',
    secrets: [],
    jwks: null,
    grantTypes: ['authorization_code'],
    scopes: [],
    audiences: [],
    accessTokenFormat: 'opaque',
    metadata: DEFAULT_CLIENT_METADATA,
    enabled: true,
    ...fields,
  };
}
