import type { Duration, Instant } from '@valetkey/kernel';

/** A sign-in of a person in one browser. */
export interface Session {
  /** The `sid` that names it to clients and to its owner; opens nothing. */
  readonly id: string;
  readonly accountId: string;
  readonly authTime: Instant;
  readonly acr: string;
  readonly amr: readonly string[];
  /** How many sign-ins it has seen; each made a new value for the browser. */
  readonly rotation: number;
  readonly createdAt: Instant;
  /** Late by a minute at most. */
  readonly lastSeenAt: Instant;
  /** When it ends if nobody uses it any more. */
  readonly expiresAt: Instant;
  readonly address: string;
  readonly userAgent: string;
  /** Id of the passkey that she signed in with, as long as she has it; absent for other ways. */
  readonly passkey?: string;
}

/** The next end of a session: idle for too long, or the very end. */
export function sessionExpiry(seenAt: Instant, endsAt: Instant, idle: Duration): Instant {
  return Math.min(seenAt + idle, endsAt);
}
