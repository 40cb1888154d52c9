import { IDENTITY_SCOPE } from '@valetkey/protocol';

/** What this server can tell about a person. */
export interface PersonFacts {
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string | null;
  /** IANA time zone. */
  readonly zone: string | null;
}

/** Where facts about people come from. The application provides one. */
export abstract class PersonClaims {
  /** The facts about an account, or `undefined` when there is none that is enabled. */
  abstract find(accountId: string): Promise<PersonFacts | undefined>;
}

/** The `claims` parameter (OpenID Connect Core section 5.5), of which the names count here. */
export interface ClaimsRequest {
  readonly userinfo?: Readonly<Record<string, unknown>> | undefined;
  readonly id_token?: Readonly<Record<string, unknown>> | undefined;
}

/** Names of claims that were asked for one by one, and where. */
export interface RequestedClaims {
  readonly userinfo: readonly string[];
  readonly idToken: readonly string[];
}

type ClaimName = 'name' | 'preferred_username' | 'locale' | 'zoneinfo' | 'email';

/** OpenID Connect Core section 5.4: the claims that a scope stands for, as far as they are known here. */
const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly ClaimName[]>> = {
  [IDENTITY_SCOPE.profile]: ['name', 'preferred_username', 'locale', 'zoneinfo'],
  [IDENTITY_SCOPE.email]: ['email'],
};

/** Every claim that this server may tell about a person. */
export const PERSON_CLAIMS: readonly ClaimName[] = Object.values(CLAIMS_OF_SCOPE).flat();

/** The names in a `claims` parameter that mean something here, or `undefined` when there are none. */
export function requestedClaims(request: ClaimsRequest | undefined): RequestedClaims | undefined {
  const userinfo = namesIn(request?.userinfo);
  const idToken = namesIn(request?.id_token);
  return userinfo.length + idToken.length > 0 ? { userinfo, idToken } : undefined;
}

function namesIn(members: Readonly<Record<string, unknown>> = {}): string[] {
  return PERSON_CLAIMS.filter((name) => Object.hasOwn(members, name));
}

/** The claims about a person that scopes stand for and that were asked for by name; a fact that is not known is left out. */
export function personClaims(
  person: PersonFacts,
  scopes: readonly string[],
  names: readonly string[] = [],
): Record<string, string> {
  const wanted = new Set([...scopes.flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? []), ...names]);
  const facts: Record<ClaimName, string | null> = {
    name: person.name,
    preferred_username: person.username,
    locale: person.locale,
    zoneinfo: person.zone,
    email: person.email,
  };
  const known = Object.entries(facts).filter(([name, value]) => wanted.has(name) && value !== null);
  return Object.fromEntries(known) as Record<string, string>;
}
