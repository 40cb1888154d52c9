import { shorterDays } from './shorter-days.js';

const reader = { now: Date.parse('2026-11-22T09:00:00Z'), zone: 'Europe/Berlin' };

describe('O12: shortening', () => {
  it.each([
    [undefined, null, [1, 7, 14, 30, 90]],
    [undefined, 30, [1, 7, 14, 30]],
    ['2026-11-29T23:00:00Z', null, [1]],
    ['2026-11-30T23:00:00Z', null, [1, 7]],
    ['2026-11-22T23:00:00Z', null, []],
    ['2026-11-20T23:00:00Z', null, []],
  ])('an end at %s, %s days at most: %j', (until, longest, days) => {
    expect(shorterDays(until, { reader, longest })).toEqual(days);
  });
});
