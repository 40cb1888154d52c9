import type { Duration, Instant } from '@valetkey/kernel';
import type { CheckUpItem } from '@valetkey/owner-contract';
import type { AccessEntry } from './access-entry.js';

const DAY: Duration = 86_400_000;
/** What is newer may still be used for the first time. */
const NEW_FOR = 30 * DAY;
const UNUSED_FOR = 90 * DAY;
/** What was kept is not asked about again for so long. */
export const KEPT_FOR = 180 * DAY;
export const CHECK_UP_EVERY = 90 * DAY;

type Reason = CheckUpItem['reasons'][number];

const WEIGHT: Readonly<Record<Reason, number>> = {
  unknown_application: 5,
  broad: 3,
  no_end: 3,
  unused: 2,
  never_used: 2,
};

/** What is known of all entries together. */
export interface CheckUpGround {
  readonly now: Instant;
  readonly broadScopes: ReadonlySet<string>;
  /** Handles of applications that nobody has checked. */
  readonly unknownApplications: ReadonlySet<string>;
}

/** Why an access should be looked at; none: it need not. */
export function reasonsOf(entry: AccessEntry, { now, broadScopes, unknownApplications }: CheckUpGround): Reason[] {
  const { lastUsedAt, givenAt, until, from, scopes, clientId } = entry;
  const reasons: [Reason, boolean][] = [
    ['unknown_application', clientId !== null && unknownApplications.has(`client:${clientId}`)],
    ['broad', scopes.some((scope) => broadScopes.has(scope))],
    ['no_end', until === null],
    ['unused', lastUsedAt !== null && lastUsedAt <= now - UNUSED_FOR],
    ['never_used', lastUsedAt === null && Math.max(givenAt, from ?? 0) <= now - NEW_FOR],
  ];
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}

/** How much it should be looked at. */
export function weightOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0);
}
