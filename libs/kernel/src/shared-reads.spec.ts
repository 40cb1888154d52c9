import { Clock } from './clock.js';
import { SharedReads } from './shared-reads.js';

class SetClock extends Clock {
  time = 1_700_000_000_000;

  now(): number {
    return this.time;
  }
}

/** Reads that end when the test says so. */
function setUp() {
  const clock = new SetClock();
  const reads = new SharedReads<string>(clock, 500, 10);
  const begun: { resolve: (value: string | undefined) => void; reject: (cause: Error) => void }[] = [];
  const read = () => new Promise<string | undefined>((resolve, reject) => begun.push({ resolve, reject }));
  return { clock, reads, begun, get: () => reads.get('k', read), afresh: () => reads.getAfresh('k', read) };
}

describe('reads that are shared', () => {
  it('those that come while one is under way get its value, and so do those that come for half a second after', async () => {
    const { clock, begun, get } = setUp();
    const all = [get(), get(), get()];
    begun[0]?.resolve('a');
    expect(await Promise.all(all)).toEqual(['a', 'a', 'a']);
    clock.time += 499;
    expect([await get(), begun.length]).toEqual(['a', 1]);
  });

  it('counts the half second from the beginning of the read', async () => {
    const { clock, begun, get } = setUp();
    const first = get();
    clock.time += 400;
    begun[0]?.resolve('a');
    await first;
    clock.time += 100;
    const second = get();
    begun[1]?.resolve('b');
    expect(await second).toBe('b');
  });

  it('nobody joins a read that has been under way for half a second, and the younger one counts whichever ends first', async () => {
    const { clock, begun, get } = setUp();
    const old = get();
    clock.time += 500;
    const young = get();
    begun[1]?.resolve('new');
    expect(await young).toBe('new');
    begun[0]?.resolve('old');
    expect([await old, await get(), begun.length]).toEqual(['old', 'new', 2]);
  });

  it('a clock that steps back makes nothing last', async () => {
    const { clock, get, begun } = setUp();
    void get();
    clock.time -= 1;
    void get();
    expect(begun).toHaveLength(2);
  });

  it('a failure is told to those who joined, and kept for nobody; nor is that nothing was found', async () => {
    const { begun, get } = setUp();
    const failing = [get(), get()];
    begun[0]?.reject(new Error('gone'));
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const none = get();
    begun[1]?.resolve(undefined);
    expect(await none).toBeUndefined();
    const found = get();
    begun[2]?.resolve('a');
    expect(await found).toBe('a');
  });

  it('a read afresh joins nothing, and what began before it is not remembered', async () => {
    const { begun, get, afresh } = setUp();
    const [before, fresh] = [get(), afresh()];
    begun[1]?.resolve('new');
    begun[0]?.resolve('old');
    expect([await before, await fresh, await get(), begun.length]).toEqual(['old', 'new', 'new', 2]);
  });

  it('what was forgotten in the middle of a read is not remembered by it', async () => {
    const { reads, begun, get } = setUp();
    const before = get();
    reads.clear();
    const after = get();
    begun[0]?.resolve('old');
    begun[1]?.resolve('new');
    expect([await before, await after, await get()]).toEqual(['old', 'new', 'new']);
  });
});
