import { TokenRates } from './token-rates.js';

const MINUTE = 60_000;
const NONE = { issued: 0, refused: 0, failed: 0 };

describe('P9 what the token endpoint answered', () => {
  it('is counted by outcome, for the last minute and the last hour', () => {
    let now = 1_000 * MINUTE;
    const rates = new TokenRates(() => now);
    for (const status of [200, 400, 401, 503]) rates.observe(status);
    now += 30 * MINUTE;
    rates.observe(200);
    const { last_minute: minute, last_hour: hour, minutes } = rates.answer();
    expect([minute, hour]).toEqual([
      { ...NONE, issued: 1 },
      { issued: 2, refused: 2, failed: 1 },
    ]);
    expect(minutes).toHaveLength(60);
    expect([minutes[29], minutes[59]]).toEqual([
      { issued: 1, refused: 2, failed: 1 },
      { ...NONE, issued: 1 },
    ]);
  });

  it('is forgotten after an hour, also where nothing came since', () => {
    let now = 1_000 * MINUTE;
    const rates = new TokenRates(() => now);
    rates.observe(200);
    now += 60 * MINUTE;
    expect(rates.answer().last_hour).toEqual(NONE);
    rates.observe(400);
    expect(rates.answer().last_hour).toEqual({ ...NONE, refused: 1 });
  });
});
