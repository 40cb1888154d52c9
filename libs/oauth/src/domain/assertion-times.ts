import type { Duration, Instant } from '@valetkey/kernel';

/** The time claims of an assertion, before anybody has looked at them. */
export interface AssertionTimes {
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly iat?: unknown;
}

export interface TimeLimits {
  /** An assertion may end so much later than now, and be issued so much earlier. */
  readonly longestLife: Duration;
  /** Clocks may differ by so much. */
  readonly skew: Duration;
}

/**
 * Whether an assertion is to be taken now (RFC 7523 section 3 items 4 to 6): `exp` is there and neither over nor far away;
 * `nbf` and `iat`, where given, are not to come. Each is a number of seconds that a calendar could hold (RFC 7519 section 2),
 * fractions included: text, infinity (`1e999` in JSON) and what was before 1970 are none.
 */
export function areTimesGood({ exp, nbf, iat }: AssertionTimes, now: Instant, limits: TimeLimits): boolean {
  const { longestLife, skew } = limits;
  const end = instantOf(exp);
  const beginnings = [nbf, iat].filter((claim) => claim !== undefined).map(instantOf);
  if (end === undefined || end + skew <= now || end > now + longestLife + skew) return false;
  if (beginnings.some((begin) => begin === undefined || begin > now + skew || begin >= end)) return false;
  const issued = iat === undefined ? now : instantOf(iat);
  return issued !== undefined && issued >= now - longestLife;
}

/** Milliseconds of a NumericDate; `undefined` for anything else. */
function instantOf(claim: unknown): Instant | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) && claim >= 0 ? claim * 1000 : undefined;
}
