import type { Instant } from '@valetkey/kernel';
import { IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';

/** Scopes that say who she is. */
export const ABOUT_HER: ReadonlySet<string> = new Set(
  IDENTITY_SCOPES.filter((scope) => scope !== IDENTITY_SCOPE.offlineAccess),
);

/** For how long something is given: so many days, this time only, or until she ends it. */
export type ConsentSpan = number | 'once' | 'until_ended';

const DAY = 86_400_000;
/** What is given for this time only: long enough to do one thing. */
const ONCE = 3_600_000;

/** When it ends; `null`: when she ends it. Pure. */
export function endOf(lasts: ConsentSpan, now: Instant): Instant | null {
  if (lasts === 'until_ended') return null;
  return now + (lasts === 'once' ? ONCE : lasts * DAY);
}

/** What is given, as far as its end depends on it. */
export interface TimedAccess {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails?: readonly unknown[] | undefined;
}

/** Whether access has an end: who she is she says at each sign-in anew, everything else is given for a time. Pure. */
export function isTimed({ scopes, resources, authorizationDetails = [] }: TimedAccess): boolean {
  return resources.length + authorizationDetails.length > 0 || scopes.some((scope) => !ABOUT_HER.has(scope));
}
