import type { Duration, Instant } from '@valetkey/kernel';

/** What a device that asked too soon waits longer, for good (RFC 8628 section 3.5). */
const SLOWER: Duration = 5_000;
/** A request may arrive this much earlier than it was sent: networks are not even. */
const TOLERANCE: Duration = 500;

/** When a device asked last, and how long it has to wait. */
export interface PollState {
  readonly pollInterval: Duration;
  /** `null`: never. */
  readonly polledAt: Instant | null;
}

/** Whether a device that asks now is too fast, and what it has to wait from here on (DV-02). Pure. */
export function poll({ pollInterval, polledAt }: PollState, now: Instant): { tooFast: boolean; interval: Duration } {
  const tooFast = polledAt !== null && now < polledAt + pollInterval - TOLERANCE;
  return { tooFast, interval: tooFast ? pollInterval + SLOWER : pollInterval };
}
