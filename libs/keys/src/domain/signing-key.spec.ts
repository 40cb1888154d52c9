import type { RotationPolicy, SigningKey } from './signing-key.js';
import { jwksMaxAge, mayTakeOverAt, retireAtAfterRemoval, retireAtAfterRotation, signingKeys } from './signing-key.js';

const MINUTE = 60_000;
const policy = (publishAhead: number): RotationPolicy => ({ rotateEvery: 90 * MINUTE, publishAhead, tokenLifetime: 7 });
const key = (kid: string, state: SigningKey['state'], algorithm: SigningKey['algorithm'] = 'ES256'): SigningKey => ({
  kid,
  algorithm,
  state,
  publicJwk: {},
  privateKey: 'sealed',
  createdAt: 0,
  currentAt: null,
  expiresAt: null,
});

describe('OC-10 how long verifiers may keep the published keys', () => {
  it.each([
    [24 * 60 * MINUTE, MINUTE],
    [65_000, MINUTE],
    [35_000, 30_000],
    [5_000, 0],
    [0, 0],
  ])(
    'published %i ms ahead: at most %i ms, so that with the look of a node it is no longer than that',
    (ahead, age) => {
      expect(jwksMaxAge(policy(ahead))).toBe(age);
      expect(mayTakeOverAt({ createdAt: 1_000 }, policy(ahead))).toBe(1_000 + age + 5_000);
    },
  );
});

describe('OC-10 when a key leaves', () => {
  it('after the last token it signed, with room for the look and the clock of another node', () => {
    expect(retireAtAfterRotation(1_000, policy(MINUTE))).toBe(1_000 + 7 + 5_000 + MINUTE);
  });

  it('later still when its algorithm was removed: other nodes may not know that yet', () => {
    expect(retireAtAfterRemoval(1_000, policy(MINUTE))).toBe(1_000 + 7 + 5_000 + MINUTE + 60 * MINUTE);
  });
});

describe('the key that signs', () => {
  it('is the current one of its algorithm, whatever retires and is next', () => {
    const keys = [key('a', 'retiring'), key('b', 'current'), key('c', 'retiring'), key('d', 'next')];
    const others = [key('e', 'current', 'EdDSA')];
    expect([...signingKeys([...keys, ...others])].map(([algorithm, { kid }]) => [algorithm, kid])).toEqual([
      ['ES256', 'b'],
      ['EdDSA', 'e'],
    ]);
  });

  it('is the newest that retires where there is no current one, and never the next', () => {
    const keys = [key('a', 'retiring'), key('b', 'retiring'), key('c', 'next'), key('d', 'next', 'EdDSA')];
    expect([...signingKeys(keys).values()].map(({ kid }) => kid)).toEqual(['b']);
  });
});
