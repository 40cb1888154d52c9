import { setTimeout as wait } from 'node:timers/promises';

import type { Server } from './server.js';

const PATIENCE = 60_000;
const PAUSE = 50;

/**
 * Asks again and again until the answer is as it should be: a test waits for a state, however long a slow machine takes.
 * @returns the last answer, also when a minute was not enough, so that what is expected of it says what is wrong
 */
export async function eventually<T>(ask: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + PATIENCE;
  let answer = await ask();
  while (!isThere(answer) && performance.now() < end) {
    await wait(PAUSE);
    answer = await ask();
  }
  return answer;
}

/** Waits until the clock, which is the server's too, has passed the moment. */
export async function past(moment: number): Promise<void> {
  while (Date.now() <= moment) await wait(moment - Date.now() + 1);
}

/**
 * Waits until a background job has gone over everything that is there now: a run under way may have begun before, and what
 * one run ends another one removes.
 */
export async function jobsDone({ port }: Server, job = 'expire'): Promise<void> {
  const runs = async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(
      new RegExp(`^valetkey_job_runs_total\\{job="${job}",outcome="done"\\} (\\d+)`, 'm').exec(metrics)?.[1] ?? 0,
    );
  };
  const enough = (await runs()) + 3;
  const seen = await eventually(runs, (count) => count >= enough);
  if (seen < enough) throw new Error(`the job ${job} has run ${seen} times, not ${enough}`);
}
