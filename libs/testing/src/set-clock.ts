import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';

/** A clock that goes on when a test says so. */
export class SetClock extends Clock {
  constructor(public time: Instant) {
    super();
  }

  now(): Instant {
    return this.time;
  }
}
