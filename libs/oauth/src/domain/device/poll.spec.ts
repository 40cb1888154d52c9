import { poll } from './poll.js';

describe('DV-02: how often a device may ask', () => {
  it('may ask at once the first time', () => {
    expect(poll({ pollInterval: 5_000, polledAt: null }, 0)).toEqual({ tooFast: false, interval: 5_000 });
  });

  it('may ask again after the interval, give or take half a second on the way', () => {
    expect(poll({ pollInterval: 5_000, polledAt: 1_000 }, 6_000).tooFast).toBe(false);
    expect(poll({ pollInterval: 5_000, polledAt: 1_000 }, 5_500).tooFast).toBe(false);
    expect(poll({ pollInterval: 5_000, polledAt: 1_000 }, 5_499).tooFast).toBe(true);
  });

  it('waits five seconds longer for good when it asked sooner', () => {
    expect(poll({ pollInterval: 5_000, polledAt: 1_000 }, 2_000)).toEqual({ tooFast: true, interval: 10_000 });
    expect(poll({ pollInterval: 10_000, polledAt: 2_000 }, 3_000)).toEqual({ tooFast: true, interval: 15_000 });
    expect(poll({ pollInterval: 15_000, polledAt: 3_000 }, 18_000)).toEqual({ tooFast: false, interval: 15_000 });
  });
});
