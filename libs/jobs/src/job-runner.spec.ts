import { SetClock } from '@valetkey/testing';
import { errorClassOf } from './error-class.js';
import { InProcessJobRunner } from './job-runner.service.js';
import { lateSince } from './late-since.js';

describe('the jobs of a process, as an operator sees them', () => {
  it('P9 one that fails says since when, how often in a row and with what class of error, until it succeeds', async () => {
    const clock = new SetClock(1_000);
    let made = 0;
    let error: Error | undefined = new TypeError('password=hunter2');
    const run = () => (error ? Promise.reject(error) : Promise.resolve());
    const runner = new InProcessJobRunner(
      [{ name: 'a', every: 60_000, run }],
      clock,
      () => undefined,
      () => `R${String((made += 1))}`,
    );
    await runner.runNow('a');
    clock.time = 5_000;
    await runner.runNow('a');
    expect(runner.states()[0]).toMatchObject({
      failing: { since: 1_000, times: 2, errorClass: 'internal', reference: 'R2' },
    });
    error = undefined;
    await runner.runNow('a');
    expect(runner.states()[0]?.failing).toBeUndefined();
    error = new Error('again');
    await runner.runNow('a');
    expect(runner.states()[0]?.failing).toEqual({ since: 5_000, times: 1, errorClass: 'internal', reference: 'R3' });
  });

  it('P9 tells what waits for those that have a queue', async () => {
    const run = () => Promise.resolve();
    const jobs = [
      { name: 'a', every: 1, run, waiting: () => Promise.resolve(3) },
      { name: 'b', every: 1, run },
      { name: 'c', every: 1, run, waiting: () => Promise.reject(new Error('no database')) },
    ];
    const runner = new InProcessJobRunner(
      jobs,
      new SetClock(0),
      () => undefined,
      () => 'R',
    );
    expect([...(await runner.queues())]).toEqual([['a', 3]]);
  });

  it.each([
    ['in time', { every: 10, next: 100 }, 105, undefined],
    ['overdue by an interval exactly', { every: 10, next: 100 }, 110, undefined],
    ['overdue by more', { every: 10, next: 100 }, 111, 100],
    ['a run that should have been followed by another', { every: 10, runningSince: 90 }, 111, 100],
    ['never started', { every: 10 }, 1_000, undefined],
  ])('P9 late: %s', (_, timing, now, late) => expect(lateSince(timing, now)).toBe(late));

  it.each([
    [Object.assign(new Error('password=hunter2'), { name: 'StoreUnavailable' }), 'database'],
    [Object.assign(new Error('password=hunter2'), { code: 'ECONNREFUSED' }), 'network'],
    [new TypeError('password=hunter2'), 'internal'],
    ['password=hunter2', 'internal'],
  ])('P9 an error is known by its class alone: %#', (error, shown) => expect(errorClassOf(error)).toBe(shown));
});
