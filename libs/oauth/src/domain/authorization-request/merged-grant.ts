import { unite } from '@valetkey/kernel';
import type { AuthorizationDetail } from '@valetkey/tokens';
import type { RequestedAccess } from '../target.js';
import { uniteDetails } from './authorization-details.js';
import type { ClaimsRequest } from './claims-request.js';

/** What a person gave with a code. */
export interface GivenContent extends RequestedAccess {
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  readonly claims?: ClaimsRequest;
}

/** What the grant says that she added it to. */
export interface PresentGrant {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails: readonly AuthorizationDetail[];
  /** Claims about her that she gave one by one. */
  readonly claims: readonly string[];
}

/**
 * What a code gives that came of adding to a grant: all of that, because its refresh token takes the place of those from before (Grant
 * Management section 5.2; IR-50). What was asked now comes first. Pure.
 */
export function mergedContent<T extends GivenContent>(added: T, present: PresentGrant): T & RequestedAccess {
  const { scopes, resources, claims } = added;
  const details = uniteDetails(added.authorizationDetails ?? [], present.authorizationDetails);
  const asked = Object.keys({ ...claims?.userinfo, ...claims?.id_token });
  const given = present.claims.filter((name) => !asked.includes(name)).map((name) => [name, null] as const);
  return {
    ...added,
    scopes: unite(scopes, present.scopes),
    resources: unite(resources, present.resources),
    ...(details.length > 0 && { authorizationDetails: details }),
    ...(given.length > 0 && { claims: { ...claims, userinfo: { ...claims?.userinfo, ...Object.fromEntries(given) } } }),
    added: { scopes, resources },
  };
}
