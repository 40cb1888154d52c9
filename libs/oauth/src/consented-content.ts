import { isLive } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationDetail, TokenGround } from '@valetkey/tokens';
import type { Reason } from './domain/reasons.js';

/** What a person gave by a code or for a device, and its record as it is now. */
export interface RedeemedConsent {
  readonly content: {
    readonly scopes: readonly string[];
    /** Of the record when she gave it; absent: the first. */
    readonly generation?: number;
  };
  readonly authorization: TokenGround;
  /** What the client may still have of the details; `undefined` where none were given. */
  readonly details: readonly AuthorizationDetail[] | undefined;
}

/** Why nothing is given of it any more; `undefined` while something is. The same whatever it is redeemed by. Pure. */
export function overProblem({ content, authorization, details }: RedeemedConsent, now: Instant): Reason | undefined {
  if (!isLive(authorization, now)) return 'authorization_ended';
  if ((content.generation ?? 0) !== authorization.generation) return 'authorization_renewed';
  return content.scopes.length === 0 && details?.length === 0 ? 'scope_not_allowed' : undefined;
}
