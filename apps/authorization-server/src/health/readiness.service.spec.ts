import type { Database } from '@valetkey/persistence';
import { Readiness } from './readiness.service.js';

const readinessOf = (ping: () => Promise<void>) => new Readiness({ ping } as unknown as Database);

describe('readiness', () => {
  it('is as the database answers, anew each time', async () => {
    const pings = [Promise.resolve(), Promise.reject(new Error('away')), Promise.resolve()];
    const readiness = readinessOf(() => pings.shift() ?? Promise.reject(new Error('asked too often')));
    expect([await readiness.isReady(), await readiness.isReady(), await readiness.isReady()]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is denied soon while the database is silent, and all probes ask it once', async () => {
    let asked = 0;
    let answer = (): void => undefined;
    const readiness = readinessOf(() => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    });
    const began = Date.now();
    expect(await Promise.all([readiness.isReady(), readiness.isReady()])).toEqual([false, false]);
    expect(Date.now() - began).toBeLessThan(4_000);
    expect(asked).toBe(1);
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    const again = readiness.isReady();
    expect(asked).toBe(2);
    answer();
    expect(await again).toBe(true);
  });

  it('ends with the drain', async () => {
    const readiness = readinessOf(() => Promise.resolve());
    readiness.drain();
    expect(await readiness.isReady()).toBe(false);
  });
});
