import type { Duration, Instant } from '@valetkey/kernel';

/** When a job runs next, or since when it does. */
export interface Timing {
  readonly every: Duration;
  readonly runningSince?: Instant;
  readonly next?: Instant;
}

/**
 * Since when a job is late: it should have begun, or begun again, more than an interval ago. `undefined` while it is in time, and for
 * one that was never started.
 */
export function lateSince({ every, runningSince, next }: Timing, now: Instant): Instant | undefined {
  const due = runningSince === undefined ? next : runningSince + every;
  return due !== undefined && now > due + every ? due : undefined;
}
