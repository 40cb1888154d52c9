import { jest } from '@jest/globals';
import { ExclusiveTurn } from './exclusive-turn.js';

describe('turns on the one writing connection', () => {
  afterEach(() => jest.useRealTimers());

  it('are given one at a time, first come first served', async () => {
    const turn = new ExclusiveTurn();
    const events: string[] = [];
    const user = async (name: number) => {
      const giveBack = await turn.take();
      events.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} out`);
      giveBack();
    };
    await Promise.all(Array.from({ length: 20 }, (_, name) => user(name)));
    expect(events).toEqual(Array.from({ length: 20 }, (_, name) => [`${name} in`, `${name} out`]).flat());
    expect(turn.isFree).toBe(true);
  });

  it('are not free between one holder and the next', async () => {
    const turn = new ExclusiveTurn();
    const first = await turn.take();
    const second = turn.take();
    expect(turn.isFree).toBe(false);
    first();
    // The next holder knows of its turn only a moment later; nobody may come between.
    expect(turn.isFree).toBe(false);
    (await second)();
    expect(turn.isFree).toBe(true);
  });

  it('given back twice are given back once', async () => {
    const turn = new ExclusiveTurn();
    const first = await turn.take();
    first();
    const second = await turn.take();
    first();
    expect(turn.isFree).toBe(false);
    second();
  });

  it('that do not come within ten seconds fail, name the mistake and block nobody after', async () => {
    jest.useFakeTimers();
    const turn = new ExclusiveTurn();
    const giveBack = await turn.take();
    const refused = expect(turn.take()).rejects.toThrow(/repository used outside its own transaction/);
    jest.advanceTimersByTime(10_000);
    await refused;
    const next = turn.take();
    giveBack();
    (await next)();
    expect(turn.isFree).toBe(true);
  });
});
