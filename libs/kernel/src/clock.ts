/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

/**
 * Where every decision gets its time from, so that tests can set it and no rule reads the machine's clock by itself.
 * Nest injects it by this class.
 */
export abstract class Clock {
  /** The present instant. May step backwards when the machine's clock is corrected. */
  abstract now(): Instant;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Instant {
    return Date.now();
  }
}

/** Seconds since the epoch, rounded down: the NumericDate of RFC 7519 section 2. */
export function toNumericDate(instant: Instant): number {
  return Math.floor(instant / 1000);
}

/** True from the very millisecond at which `expiresAt` is reached. */
export function isExpired(expiresAt: Instant, now: Instant): boolean {
  return now >= expiresAt;
}
