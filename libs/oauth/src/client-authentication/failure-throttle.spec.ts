import { FailureThrottle } from './failure-throttle.js';

const NOW = 1_700_000_000_000;

describe('counting of failures (attack classes 63, 264)', () => {
  it('asks to wait from the last allowed failure to the end of the window, each key for itself', () => {
    const throttle = new FailureThrottle(2, 60_000);
    throttle.fail('a', NOW);
    expect(throttle.waitOf('a', NOW + 1)).toBe(0);
    throttle.fail('a', NOW + 1_000);
    expect([throttle.waitOf('a', NOW + 1_000), throttle.waitOf('b', NOW + 1_000)]).toEqual([59_000, 0]);
    expect([throttle.waitOf('a', NOW + 59_999), throttle.waitOf('a', NOW + 60_000)]).toEqual([1, 0]);
    throttle.fail('a', NOW + 60_000);
    expect(throttle.waitOf('a', NOW + 60_000)).toBe(0);
  });

  it('remembers a bounded number of keys, the newest', () => {
    const throttle = new FailureThrottle(1, 60_000);
    for (let key = 0; key <= 50_000; key += 1) throttle.fail(String(key), NOW);
    expect([throttle.waitOf('0', NOW), throttle.waitOf('1', NOW), throttle.waitOf('50000', NOW)]).toEqual([
      0, 60_000, 60_000,
    ]);
  });
});
