import fc from 'fast-check';
import type { OpaqueKind } from './opaque-value.js';
import { issueOpaque, newId, opaqueKeyOf, opaqueKindOf } from './opaque-value.js';

const KINDS: readonly OpaqueKind[] = [
  'at',
  'rt',
  'rpt',
  'tk',
  'pct',
  'cs',
  'ia',
  'ac',
  'pr',
  'ss',
  'rl',
  'dv',
  'dc',
  'ra',
  'it',
];
const kind = fc.constantFrom(...KINDS);
const instant = fc.integer({ min: 0, max: 2 ** 42 - 1 });

describe('opaque values (attack class 240)', () => {
  it('are found by a key that only their own kind leads to', () => {
    fc.assert(
      fc.property(kind, kind, instant, (one, other, now) => {
        const { value, key } = issueOpaque(one, now);
        expect(opaqueKindOf(value)).toBe(one);
        expect(opaqueKeyOf(value, one)).toBe(key);
        expect(opaqueKeyOf(value, other)).toBe(one === other ? key : undefined);
      }),
    );
  });

  it('are recognised as forged when one character differs, or another kind is claimed', () => {
    fc.assert(
      fc.property(kind, fc.nat(200), fc.constantFrom('A', 'b', '0', '-', '_', ' ', '\n'), (one, place, character) => {
        const { value } = issueOpaque(one, 1);
        const at = place % value.length;
        const forged = value.slice(0, at) + character + value.slice(at + 1);
        if (forged !== value) expect(opaqueKeyOf(forged, ...KINDS)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
    for (const one of KINDS)
      for (const other of KINDS.filter((another) => another !== one)) {
        const claimed = issueOpaque(one, 1).value.replace(`vk_${one}_`, `vk_${other}_`);
        expect(opaqueKindOf(claimed)).toBeUndefined();
      }
  });

  it('are never anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(opaqueKeyOf(text, ...KINDS)).toBeUndefined()));
    const { value } = issueOpaque('at', 1);
    for (const text of [`${value} `, ` ${value}`, `${value}\n`, value.toUpperCase(), value.slice(0, -1), `${value}A`])
      expect(opaqueKeyOf(text, ...KINDS)).toBeUndefined();
  });

  it('differ, show no time and have nothing of their key in them', () => {
    const issued = Array.from({ length: 500 }, () => issueOpaque('tk', 1_700_000_000_000));
    expect(new Set(issued.map(({ value }) => value)).size).toBe(500);
    expect(new Set(issued.map(({ value }) => value.slice(6, 13))).size).toBeGreaterThan(490);
    for (const { value, key } of issued) expect(value).not.toContain(key.slice(-20));
  });

  it('245 hold far more than 128 random bits: in 10,000 of one moment no place is alike, and none is told by the last', () => {
    for (const one of KINDS) {
      const bodies = Array.from({ length: 10_000 }, () =>
        issueOpaque(one, 1_700_000_000_000).value.slice(`vk_${one}_`.length, -6),
      );
      expect(new Set(bodies).size).toBe(bodies.length);
      expect([...bodies].sort()).not.toEqual(bodies);
      for (let place = 0; place < 43; place += 1) {
        const counts = new Map<string, number>();
        for (const body of bodies) counts.set(body.charAt(place), (counts.get(body.charAt(place)) ?? 0) + 1);
        // 43 characters hold 258 bits, the last of them four bits of them only.
        const symbols = counts.size;
        const expected = bodies.length / symbols;
        const deviation = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
        expect(symbols).toBeGreaterThanOrEqual(place === 42 ? 4 : 64);
        // Chi-squared with 63 degrees of freedom: beyond 150 once in a hundred million times.
        expect(deviation).toBeLessThan(150);
      }
    }
  });

  it('have keys in the order of time, byte for byte', () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [first, second] = [issueOpaque('at', one).key, issueOpaque('at', other).key];
        if (one !== other) expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(one < other ? -1 : 1);
      }),
    );
  });

  it('identifiers are unguessable, differ and need no escaping', () => {
    const ids = Array.from({ length: 1000 }, () => newId('r'));
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^r_[\w-]{22}$/);
  });
});
