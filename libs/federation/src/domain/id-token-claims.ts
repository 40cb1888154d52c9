import type { JWTPayload } from 'jose';

/** A claim as policies compare it. */
export type ClaimValue = string | number | boolean | readonly string[];

const MOST_CLAIMS = 50;
const LONGEST_VALUE = 500;
/** Members that say something about the token, not about the person. */
const TOKEN_MEMBERS = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'nonce',
  'azp',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'auth_time',
  // Facts that this server decides itself, whatever a token says of them (catalogue 92 and 140).
  'scope',
  'client_id',
  'act',
  'may_act',
  'cnf',
  'permissions',
  'roles',
  '__proto__',
  'constructor',
  'prototype',
]);

/** The claims about the person that are kept: short plain strings, numbers, booleans, lists of short plain strings. */
export function personalClaims(payload: JWTPayload): Record<string, ClaimValue> {
  const kept = Object.entries(payload).filter(
    (entry): entry is [string, ClaimValue] =>
      !TOKEN_MEMBERS.has(entry[0]) && isPlainText(entry[0]) && (isClaimValue(entry[1]) || isName(entry)),
  );
  return Object.fromEntries(kept.slice(0, MOST_CLAIMS));
}

function isClaimValue(value: unknown): value is ClaimValue {
  if (Array.isArray(value)) return value.length <= MOST_CLAIMS && value.every(isShortString);
  return isShortString(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function isShortString(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_VALUE && isPlainText(value);
}

/** Text without control characters and halves of characters: what stores cannot hold, and pages and logs must not show. */
export function isPlainText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** A person's name is cleaned where it is shown; leaving it out for a line break would leave the owner without one. */
function isName([member, value]: [string, unknown]): boolean {
  return member === 'name' && typeof value === 'string' && value.length <= LONGEST_VALUE && !/[\0\p{Cs}]/u.test(value);
}
