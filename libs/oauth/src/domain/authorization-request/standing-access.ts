import type { Instant } from '@valetkey/kernel';
import type { AuthorizationDetail } from '@valetkey/tokens';
import { areAmongDetails } from './authorization-details.js';
import { ABOUT_HER, isTimed } from './consent-span.js';

/** What may be reached, whoever asks for it. */
export interface Access {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails: readonly AuthorizationDetail[];
}

/** What a person gave a client before, which a newer choice of an end holds for, too. */
export interface StandingAccess {
  /** `null`: when she ends it. */
  readonly endsAt: Instant | null;
  /** What of it the present request does not ask for; without scopes that only say who she is. */
  readonly besides: Access;
}

/** What of what she gave has an end by now, or can have one; `undefined` where she only said who she is. Pure. */
export function standingAccess(
  held: Access,
  endsAt: Instant | null,
  asked: Pick<Access, 'scopes' | 'resources'> & {
    readonly authorizationDetails?: readonly AuthorizationDetail[] | undefined;
  },
): StandingAccess | undefined {
  if (!isTimed(held)) return undefined;
  const { scopes, resources, authorizationDetails = [] } = asked;
  const besides = {
    scopes: held.scopes.filter((scope) => !scopes.includes(scope) && !ABOUT_HER.has(scope)),
    resources: held.resources.filter((resource) => !resources.includes(resource)),
    authorizationDetails: held.authorizationDetails.filter((one) => !areAmongDetails([one], authorizationDetails)),
  };
  return { endsAt, besides };
}
