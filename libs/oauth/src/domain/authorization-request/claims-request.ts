import { parseStrictJson } from '@valetkey/kernel';
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
