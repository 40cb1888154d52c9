import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import type { SigningKey } from '../domain/signing-key.js';
import { SigningKeyStore } from './signing-key.store.js';

const NOW = 1_700_000_000_000;

const key = (fields: Partial<SigningKey> = {}): SigningKey => ({
  kid: randomUUID(),
  algorithm: 'ES256',
  state: 'next',
  publicJwk: { kty: 'EC', x: 'x' },
  privateKey: 'sealed',
  createdAt: NOW,
  currentAt: null,
  expiresAt: null,
  ...fields,
});

/** Signing keys: one current and one next of an algorithm, whoever rotates at the same time. */
export function signingKeyStoreContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const store = () => new SigningKeyStore(database());
  const insert = (one: SigningKey) => commits(database(), (writes) => store().insert(writes, one));
  const states = async () =>
    (await store().published()).filter(({ algorithm }) => algorithm === 'ES256').map(({ kid, state }) => [kid, state]);

  it('OC-10 lives through next, current, retiring and retired; of 100 rotations exactly one succeeds', async () => {
    const [current, next] = [key({ state: 'current', currentAt: NOW }), key({ createdAt: NOW + 1 })];
    // Nodes that start at the same time: one makes a key, the others find it.
    expect(winners(await race(20, () => insert({ ...current, kid: randomUUID() })))).toBe(1);
    expect(winners(await race(20, () => insert({ ...next, kid: randomUUID() })))).toBe(1);
    const before = await store().published();
    const [first, second] = before.map(({ kid }) => kid) as [string, string];
    const outcomes = await race(100, (index) =>
      commits(database(), (writes) => {
        store().rotate(writes, { current: first, next: second, now: NOW + 10, retireAt: NOW + 100 });
        store().insert(writes, key({ kid: `third-${index}`, createdAt: NOW + 10 }));
      }),
    );
    expect(winners(outcomes)).toBe(1);
    const third = `third-${outcomes.indexOf(true)}`;
    expect(await states()).toEqual([
      [first, 'retiring'],
      [second, 'current'],
      [third, 'next'],
    ]);
    await write(database(), (writes) => store().retire(writes, NOW + 99));
    expect(await states()).toHaveLength(3);
    await write(database(), (writes) => store().retire(writes, NOW + 100));
    expect(await states()).toEqual([
      [second, 'current'],
      [third, 'next'],
    ]);
    const [row] = await open().dataSource.query<{ private_key: string | null }[]>(
      `SELECT private_key FROM signing_key WHERE kid = '${first}'`,
    );
    expect(row?.private_key).toBeNull();
  });

  it('returns a key as it was written; algorithms have their own current key', async () => {
    const one = key({ algorithm: 'EdDSA', state: 'current', currentAt: NOW, createdAt: NOW - 5 });
    expect(await insert(one)).toBe(true);
    expect(await insert({ ...one, kid: randomUUID() })).toBe(false);
    expect((await store().published()).find(({ kid }) => kid === one.kid)).toEqual(one);
  });
}
