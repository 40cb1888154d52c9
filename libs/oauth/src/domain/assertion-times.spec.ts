import type { AssertionTimes } from './assertion-times.js';
import { areTimesGood } from './assertion-times.js';

const NOW = 1_700_000_000_000;
const LIMITS = { longestLife: 600_000, skew: 30_000 };
const at = (offset: number) => NOW / 1000 + offset;
const good = (times: AssertionTimes) => areTimesGood(times, NOW, LIMITS);

describe('RFC 7523 §3 items 4 to 6: times of an assertion (attack class 87)', () => {
  it.each([
    ['only exp', { exp: at(60) }],
    ['all of them', { exp: at(60), nbf: at(0), iat: at(0) }],
    ['fractions', { exp: at(60.25), nbf: at(-0.5), iat: at(-0.5) }],
    ['exp a moment ago, within the skew', { exp: at(-29) }],
    ['exp at the far end', { exp: at(630) }],
    ['nbf long ago', { exp: at(60), nbf: 0 }],
    ['nbf and iat of a clock that is ahead', { exp: at(60), nbf: at(30), iat: at(30) }],
    ['iat as old as it may be', { exp: at(60), iat: at(-600) }],
  ])('takes %s', (_what, times) => expect(good(times)).toBe(true));

  it.each([
    ['no exp', {}],
    ['exp at the end of the skew', { exp: at(-30) }],
    ['exp behind the far end', { exp: at(630.001) }],
    ['exp in milliseconds', { exp: NOW + 60_000 }],
    ['nbf to come', { exp: at(60), nbf: at(30.001) }],
    ['nbf after exp', { exp: at(-10), nbf: at(0) }],
    ['iat to come', { exp: at(60), iat: at(30.001) }],
    ['iat too old', { exp: at(60), iat: at(-600.001) }],
    ['iat not before exp', { exp: at(10), iat: at(10) }],
    ['iat in milliseconds', { exp: at(60), iat: NOW }],
  ])('refuses %s', (_what, times) => expect(good(times)).toBe(false));

  const STRANGE: readonly unknown[] = [
    ...[String(at(60)), '2030-01-01T00:00:00Z', '', true, false, [at(60)], [], {}, { valueOf: 1 }, -1, -0.001],
    ...[NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, null],
  ];
  it.each(STRANGE.map((claim) => ({ claim })))('refuses $claim wherever it stands', ({ claim }) => {
    expect(good({ exp: claim })).toBe(false);
    expect(good({ exp: at(60), nbf: claim })).toBe(false);
    expect(good({ exp: at(60), iat: claim })).toBe(false);
  });
});
