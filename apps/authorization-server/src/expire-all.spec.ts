import { Clock } from '@valetkey/kernel';
import { expireAll } from './expire-all.js';

class FixedClock extends Clock {
  now(): number {
    return 1_700_000_000_000;
  }
}

function backlog(rows: number) {
  const store = {
    rows,
    batches: 0,
    expire: (_before: number, batch: number): Promise<number> => {
      const removed = Math.min(store.rows, batch);
      store.rows -= removed;
      store.batches += 1;
      return Promise.resolve(removed);
    },
  };
  return store;
}

const expiry = (store: ReturnType<typeof backlog>, budget: number) => ({
  stores: [store],
  clock: new FixedClock(),
  batch: 10,
  budget,
});

describe('the expiry job', () => {
  it('works a backlog of more than a hundred batches off in one run', async () => {
    const store = backlog(1_505);
    await expireAll(expiry(store, 60_000), new AbortController().signal);
    expect([store.rows, store.batches]).toEqual([0, 151]);
  });

  it('leaves the rest to the next run when its time is over', async () => {
    const store = backlog(1_000_000);
    await expireAll(expiry(store, 50), new AbortController().signal);
    expect(store.batches).toBeGreaterThan(0);
    expect(store.batches).toBeLessThan(100);
  });

  it('ends after the batch at hand when the process stops', async () => {
    const store = backlog(1_000_000);
    const stopping = new AbortController();
    const run = expireAll(expiry(store, 60_000), stopping.signal);
    stopping.abort();
    await run;
    expect(store.batches).toBe(1);
  });
});
