import { parseStrictJson } from '@valetkey/kernel';
import { claimsOfScopes, PERSON_CLAIMS } from '@valetkey/protocol';
import { OAuthError } from '../oauth-error.js';

/** How one claim is asked for; `null`: if it is there (OpenID Connect Core section 5.5.1). */
export type ClaimRequest = {
  readonly essential?: boolean;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
} | null;

/** Single claims, by name, for the two places where they can be told (OpenID Connect Core section 5.5). */
export interface ClaimsRequest {
  readonly userinfo?: Readonly<Record<string, ClaimRequest>>;
  readonly id_token?: Readonly<Record<string, ClaimRequest>>;
}

/** Of an authorization request, what says which claims are asked for. */
export interface AskedClaims {
  readonly scopes: readonly string[];
  readonly claims?: ClaimsRequest | undefined;
}

const LONGEST = 8_192;
const MOST_CLAIMS = 100;
/** Names as they are registered, with a language tag or as URI; `__proto__` is none. */
const NAME = /^[A-Za-z][A-Za-z0-9_:/.#-]{0,199}$/;

/** @throws OAuthError invalid_request for anything but such an object */
export function parseClaimsRequest(text: string): ClaimsRequest {
  const claims = text.length > LONGEST ? undefined : parseObject(text);
  if (!claims) throw malformed();
  const { userinfo, id_token: idToken } = claims;
  return {
    ...(userinfo !== undefined && userinfo !== null && { userinfo: parseClaims(userinfo) }),
    ...(idToken !== undefined && idToken !== null && { id_token: parseClaims(idToken) }),
  };
}

/** The values of `acr` that the ID token must have, where the request insists (OpenID Connect Core section 5.5.1.1). */
export function essentialAcrValues(claims: ClaimsRequest | undefined): string[] {
  const acr = claims?.id_token?.['acr'];
  if (acr?.essential !== true) return [];
  return [acr.value, ...(acr.values ?? [])].filter((value) => typeof value === 'string');
}

/** Whether the ID token is asked for with one of some values of `acr`, insisting or not. */
export function namesAcrValues(claims: ClaimsRequest | undefined): boolean {
  const acr = claims?.id_token?.['acr'];
  return acr?.value !== undefined || acr?.values !== undefined;
}

/**
 * What the person is called that the ID token must be about, where `sub` is asked for with a value (OpenID Connect Core section
 * 5.5.1); `undefined`: anybody. Nobody is called what is no text.
 */
export function requestedSubjects(claims: ClaimsRequest | undefined): string[] | undefined {
  const sub = claims?.id_token?.['sub'];
  if (sub?.value === undefined && sub?.values === undefined) return undefined;
  return [sub.value, ...(sub.values ?? [])].filter((value) => typeof value === 'string');
}

/** Of the claims about a person those with these names, or `undefined` for none: others are ignored (OpenID Connect Core section 5.5). */
export function narrowClaims(claims: ClaimsRequest, names: readonly string[]): ClaimsRequest | undefined {
  const narrow = (members: ClaimsRequest['userinfo'] = {}) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
  const [userinfo, idToken] = [narrow(claims.userinfo), narrow(claims.id_token)];
  const [isTold, isInIdToken] = [userinfo, idToken].map((members) => Object.keys(members).length > 0);
  if (isTold !== true && isInIdToken !== true) return undefined;
  return { ...(isTold === true && { userinfo }), ...(isInIdToken === true && { id_token: idToken }) };
}

/** Claims that are consented to one by one: those that are asked for while no scope of the request stands for them. */
export function singleClaims({ scopes, claims }: AskedClaims): string[] {
  if (!claims) return [];
  const ofScopes: readonly string[] = claimsOfScopes(scopes);
  const isAsked = (name: string) => [claims.userinfo, claims.id_token].some((one) => one && Object.hasOwn(one, name));
  return PERSON_CLAIMS.filter((name) => isAsked(name) && !ofScopes.includes(name));
}

/** What she gives of the claims that are asked for: each by itself, or as one of a scope that she gave. */
export function givenClaims(asked: AskedClaims, givenScopes: readonly string[]): ClaimsRequest | undefined {
  return asked.claims && narrowClaims(asked.claims, [...singleClaims(asked), ...claimsOfScopes(givenScopes)]);
}

function parseClaims(value: unknown): Record<string, ClaimRequest> {
  if (!isObject(value)) throw malformed();
  const entries = Object.entries(value);
  if (entries.length > MOST_CLAIMS || entries.some(([name]) => !NAME.test(name))) throw malformed();
  return Object.fromEntries(entries.map(([name, request]) => [name, parseClaim(request)]));
}

function parseClaim(request: unknown): ClaimRequest {
  if (request === null) return null;
  if (!isObject(request)) throw malformed();
  const { essential, value, values } = request;
  if (essential !== undefined && typeof essential !== 'boolean') throw malformed();
  if (values !== undefined && !Array.isArray(values)) throw malformed();
  return {
    ...(essential !== undefined && { essential }),
    ...(value !== undefined && { value }),
    ...(values !== undefined && { values: values as readonly unknown[] }),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseStrictJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(): OAuthError {
  return new OAuthError('invalid_request', 'claims_malformed');
}
