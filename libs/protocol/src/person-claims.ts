import { IDENTITY_SCOPE } from './scopes.js';

/** A claim about a person that this server can tell (OpenID Connect Core section 5.1). */
export type PersonClaim = 'name' | 'preferred_username' | 'locale' | 'zoneinfo' | 'email';

/** OpenID Connect Core section 5.4: the claims that a scope stands for, as far as they are known here. */
const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly PersonClaim[]>> = {
  [IDENTITY_SCOPE.profile]: ['name', 'preferred_username', 'locale', 'zoneinfo'],
  [IDENTITY_SCOPE.email]: ['email'],
};

/** Every claim that this server may tell about a person. */
export const PERSON_CLAIMS: readonly PersonClaim[] = Object.values(CLAIMS_OF_SCOPE).flat();

/** The claims that these scopes stand for; none for a scope that is not about a person. */
export function claimsOfScopes(scopes: readonly string[]): PersonClaim[] {
  return scopes.flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? []);
}
