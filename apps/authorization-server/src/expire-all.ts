import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Duration, Instant } from '@valetkey/kernel';

/** Rows stay so long after they expired, so that a clock that is corrected backwards revives nothing. */
const KEEP_EXPIRED = 60_000;
/** Between two batches requests that have arrived in the meantime go first. */
const PAUSE = 5;

/** What one run of the expiry job works on. */
export interface Expiry {
  readonly stores: readonly { expire(before: Instant, batch: number): Promise<number> }[];
  readonly clock: Clock;
  /** Rows in one delete. */
  readonly batch: number;
  /** For so long a backlog is worked on; the rest waits for the next run. */
  readonly budget: Duration;
}

/** Removes what has expired, batch after batch, until nothing is left, the time is over or the process is about to end. */
export async function expireAll({ stores, clock, batch, budget }: Expiry, stopping: AbortSignal): Promise<void> {
  const end = performance.now() + budget;
  do {
    const before = clock.now() - KEEP_EXPIRED;
    const removed = await Promise.all(stores.map((store) => store.expire(before, batch)));
    if (Math.max(...removed) < batch) return;
    await wait(PAUSE);
  } while (performance.now() < end && !stopping.aborted);
}
