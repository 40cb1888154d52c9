import type { Duration } from '@valetkey/kernel';

/** How often something secret may be tried, and how long one waits between more tries. */
export interface AttemptRule {
  /** Tries without a wait between them. */
  readonly free: number;
  /** The wait after each further try; the last one stays. */
  readonly waits: readonly Duration[];
  /** After so long without a try everything is forgotten; longer than the longest wait. */
  readonly memory: Duration;
}

/** How many requests one window of time lets through, whatever became of them. The first one begins the window. */
export interface RateRule {
  readonly most: number;
  readonly window: Duration;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const WAITS = [30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE];

/** One account from one network or device: a person who mistypes meets a wait after the fifth time. */
export const FROM_ONE_PLACE: AttemptRule = { free: 5, waits: WAITS, memory: HOUR };

/** One account from everywhere it was never signed in from: somebody with many addresses meets it. */
export const FROM_UNKNOWN_PLACES: AttemptRule = { free: 20, waits: WAITS, memory: HOUR };

/**
 * All names together from one network, by devices that nobody was signed in with: somebody who tries one password on many names
 * meets it. Many people may share a network, so a wait here is short and soon forgotten.
 */
export const FROM_ONE_NETWORK: AttemptRule = {
  free: 50,
  waits: [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE],
  memory: 15 * MINUTE,
};

/** Codes of six digits: the chance to guess one stays below one in ten thousand an hour. */
export const ONE_TIME_CODE: AttemptRule = { free: 5, waits: WAITS, memory: HOUR };

/** Mails that anybody may have sent to an account. */
export const RECOVERY_MAIL: AttemptRule = { free: 3, waits: [5 * MINUTE, 15 * MINUTE, 30 * MINUTE], memory: HOUR };

/** Mails that one network may have sent to whatever accounts. */
export const RECOVERY_MAIL_OF_NETWORK: AttemptRule = { free: 20, waits: [MINUTE, 5 * MINUTE], memory: HOUR };

/** Mails about changes of an account: whoever changes it over and over fills no mailbox. */
export const SECURITY_MAIL: AttemptRule = { free: 10, waits: [5 * MINUTE, 15 * MINUTE, 30 * MINUTE], memory: HOUR };

/** The wait after the given number of tries. */
export function waitAfter(attempts: number, { free, waits }: AttemptRule): Duration {
  if (attempts < free) return 0;
  return waits[Math.min(attempts - free, waits.length - 1)] ?? 0;
}

/** The most tries that any hour can hold. */
export function mostInAnHour(rule: AttemptRule): number {
  let attempts = 0;
  for (let time = 0; time < HOUR; time += waitAfter(attempts, rule)) attempts += 1;
  return attempts;
}
