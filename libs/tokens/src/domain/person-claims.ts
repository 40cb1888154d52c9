import { intersect } from '@valetkey/kernel';
import type { PersonClaim } from '@valetkey/protocol';
import { claimsOfScopes, PERSON_CLAIMS } from '@valetkey/protocol';

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

/** The names in a `claims` parameter that mean something here, or `undefined` when there are none. */
export function requestedClaims(request: ClaimsRequest | undefined): RequestedClaims | undefined {
  const userinfo = namesIn(request?.userinfo);
  const idToken = namesIn(request?.id_token);
  return userinfo.length + idToken.length > 0 ? { userinfo, idToken } : undefined;
}

/** Of claims that were asked for by name, those that a client with these scopes may have, or `undefined` when there are none. */
export function claimsWithin(
  claims: RequestedClaims | undefined,
  scopes: readonly string[],
): RequestedClaims | undefined {
  const allowed = claimsOfScopes(scopes);
  const userinfo = intersect(claims?.userinfo ?? [], allowed);
  const idToken = intersect(claims?.idToken ?? [], allowed);
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
  const wanted = new Set<string>([...claimsOfScopes(scopes), ...names]);
  const facts: Record<PersonClaim, string | null> = {
    name: person.name,
    preferred_username: person.username,
    locale: person.locale,
    zoneinfo: person.zone,
    email: person.email,
  };
  const known = Object.entries(facts).filter(([name, value]) => wanted.has(name) && value !== null);
  return Object.fromEntries(known) as Record<string, string>;
}
