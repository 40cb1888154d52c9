import type { JWK } from 'jose';
import { exportJWK, generateKeyPair } from 'jose';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { OutboundCalls } from '@valetkey/outbound';
import { ClientKeys } from './client-keys.service.js';

const MINUTE = 60_000;

class SetClock extends Clock {
  time = 1_767_225_600_000;
  now(): number {
    return this.time;
  }
}

/** Keys of clients where every address publishes the same, until it is silent. */
function keysOf(published: unknown) {
  const clock = new SetClock();
  const state = { isSilent: false };
  const call = () =>
    state.isSilent
      ? Promise.reject(new Error('silent'))
      : Promise.resolve({ status: 200, body: JSON.stringify({ keys: published }) });
  const keys = new ClientKeys({ call } as unknown as OutboundCalls, clock);
  const at = (path: string) =>
    keys.of({
      jwks: null,
      metadata: { ...DEFAULT_CLIENT_METADATA, jwksUri: `https://keys.example/${path}` },
    });
  return { clock, state, at };
}

let rsa: JWK;
let ec: JWK;
beforeAll(async () => {
  rsa = await exportJWK((await generateKeyPair('RS256')).publicKey);
  ec = await exportJWK((await generateKeyPair('ES256')).publicKey);
});

describe('what is kept of the key sets of clients', () => {
  it('attack classes 197, 199: of a key its members alone, as short as they can be', async () => {
    const own = { kid: 'a', alg: 'RS256', use: 'sig', key_ops: ['verify'] };
    const padded = `${'A'.repeat(100_000)}${rsa.n ?? ''}`;
    const { at } = keysOf([{ ...rsa, ...own, n: padded, x5c: ['x'.repeat(100_000)], note: 'y'.repeat(50_000) }, ec]);
    expect(await at('a')).toEqual([{ ...rsa, ...own }, ec]);
  });

  it.each<[string, object]>([
    ['a long name', { kid: 'k'.repeat(257) }],
    ['a long algorithm', { alg: 'a'.repeat(65) }],
    ['a long use', { use: 'u'.repeat(65) }],
    ['many operations', { key_ops: Array<string>(17).fill('verify') }],
    ['a long operation', { key_ops: ['o'.repeat(65)] }],
    ['an operation that is none', { key_ops: [{ verify: true }] }],
  ])('attack class 199: a key with %s is left out', async (_what, more) => {
    expect(await keysOf([{ ...ec, ...more }, ec]).at('a')).toEqual([ec]);
  });

  it('attack class 199: a set of more than twenty keys is none', async () => {
    expect(await keysOf(Array<JWK>(20).fill(ec)).at('a')).toHaveLength(20);
    expect(await keysOf(Array<JWK>(21).fill(ec)).at('a')).toEqual([]);
  });

  it('attack class 197: a thousand sets, those called longest ago leave first', async () => {
    const { clock, state, at } = keysOf([ec]);
    for (let index = 0; index < 1_000; index += 1) await at(String(index));
    clock.time += 11 * MINUTE;
    await at('0');
    await at('more');
    state.isSilent = true;
    expect(await at('0')).toEqual([ec]);
    expect(await at('1')).toEqual([]);
    expect(await at('999')).toEqual([ec]);
  });

  it('attack class 197: a set that nobody needed for an hour is gone; until then it outlasts a silent address', async () => {
    const { clock, state, at } = keysOf([ec]);
    await at('a');
    await at('b');
    state.isSilent = true;
    clock.time += 59 * MINUTE;
    expect(await at('a')).toEqual([ec]);
    clock.time += 2 * MINUTE;
    await at('c');
    expect(await at('b')).toEqual([]);
    expect(await at('a')).toEqual([ec]);
  });
});
