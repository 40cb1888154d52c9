import { parseStrictJson } from '@valetkey/kernel';
import type { AuthorizationDetail, JsonValue } from '@valetkey/tokens';
import type { FormParameters } from '../form-parameters.js';
import { OAuthError } from '../oauth-error.js';
import type { Reason } from '../reasons.js';

/** One member of an object of `authorization_details`, or a path such as `amount.currency` to one inside another. */
export interface AuthorizationDetailsField {
  readonly name: string;
  readonly kind: 'string' | 'strings' | 'number' | 'integer' | 'boolean';
  readonly required: boolean;
  /** The only values of a string, or of a list of strings; `null`: any. */
  readonly values: readonly string[] | null;
  readonly maxLength: number;
}

/** What objects of one type consist of (RFC 9396 section 2.1). Members that are not described are refused. */
export interface AuthorizationDetailsType {
  readonly type: string;
  readonly displayName: string;
  /** Whether what a person gave once is given again unasked, as access to an account may be, or never, as a payment. */
  readonly ask: 'once' | 'every_time';
  readonly fields: readonly AuthorizationDetailsField[];
}

const LONGEST = 16_384;
const MOST_OBJECTS = 20;
const MOST_STRINGS = 100;
const DEEPEST = 5;
/** What was given once for each is said no longer than this, or it would be ever more. */
const MOST_DEEDS = 20;

/**
 * Objects that are well-formed for their types (RA-01, RA-02).
 * @param types - the types that the client may ask for
 * @throws OAuthError invalid_authorization_details for anything else
 */
export function parseAuthorizationDetails(
  text: string,
  types: readonly AuthorizationDetailsType[],
): AuthorizationDetail[] {
  const list = text.length > LONGEST ? undefined : parseArray(text);
  if (!list || list.length === 0 || list.length > MOST_OBJECTS) throw refused('details_malformed');
  return list.map((value) => {
    if (!isObject(value) || typeof value['type'] !== 'string') throw refused('details_malformed');
    const type = types.find((one) => one.type === value['type']);
    if (!type) throw refused('details_type_unknown');
    if (!fits(value, type)) throw refused('details_do_not_fit');
    return value as AuthorizationDetail;
  });
}

/**
 * Whether every object asked for is one that was granted, or one of them with fewer entries in its lists (RA-04). All else
 * compares exactly: what an amount or an account means is not known here.
 */
export function isWithinDetails(
  asked: readonly AuthorizationDetail[],
  granted: readonly AuthorizationDetail[],
): boolean {
  return asked.every((one) => granted.some((whole) => isPart(one, whole)));
}

/**
 * What is given at the token endpoint: what was granted, or the part of it that is asked for (RFC 9396 section 6; RA-04).
 * @param text - `authorization_details` of the token request; absent: all that was granted
 * @param granted - what the client may still have of it; `undefined`: no details
 * @throws OAuthError invalid_authorization_details for what is not well-formed, or more than was granted
 */
export function detailsToGive(
  text: string | undefined,
  granted: readonly AuthorizationDetail[] | undefined,
  types: readonly AuthorizationDetailsType[],
): readonly AuthorizationDetail[] | undefined {
  if (text === undefined) return granted;
  const asked = parseAuthorizationDetails(text, types);
  if (!isWithinDetails(asked, granted ?? [])) throw refused('details_wider_than_granted');
  return asked;
}

/**
 * Where no person is asked in detail there is nothing to give, and what is asked for is not passed over (RFC 9396 section 6).
 * @throws OAuthError invalid_authorization_details where the request has some
 */
export function refuseDetails(parameters: FormParameters): void {
  if (parameters.get('authorization_details') !== undefined) throw refused('details_not_of_grant');
}

/** The objects of types that a client may still name; `undefined` stays so. */
export function detailsOfTypes(
  details: readonly AuthorizationDetail[] | undefined,
  types: readonly string[],
): readonly AuthorizationDetail[] | undefined {
  return details?.filter(({ type }) => types.includes(type));
}

/**
 * Of objects that a person gave, those that are given again unasked: not what is one deed each, and nothing of a type that is
 * no more (RFC 9396 section 12). Pure.
 */
export function lastingDetails(
  details: readonly AuthorizationDetail[],
  types: readonly Pick<AuthorizationDetailsType, 'type' | 'ask'>[],
): AuthorizationDetail[] {
  return details.filter(({ type }) => types.some((one) => one.type === type && one.ask === 'once'));
}

/** What a record says when more is given: all that lasts, each once, and of deeds the newest. Pure. */
export function grownDetails(
  before: readonly AuthorizationDetail[],
  given: readonly AuthorizationDetail[],
  types: readonly Pick<AuthorizationDetailsType, 'type' | 'ask'>[],
): AuthorizationDetail[] {
  const isDeed = ({ type }: AuthorizationDetail) => types.some((one) => one.type === type && one.ask === 'every_time');
  const all = uniteDetails(before, given);
  const kept = new Set(all.filter(isDeed).slice(-MOST_DEEDS));
  return all.filter((detail) => !isDeed(detail) || kept.has(detail));
}

/** The objects that concern a resource server: those that name it, or none, in `locations` (RFC 9396 section 9; RA-05). */
export function detailsFor(details: readonly AuthorizationDetail[], audience: string | null): AuthorizationDetail[] {
  return details.filter(({ locations }) => {
    if (locations === undefined) return true;
    return Array.isArray(locations) && audience !== null && locations.some((location) => location === audience);
  });
}

/** Whether every object asked for is one of the granted ones exactly, whatever the order of members (RA-03). */
export function areAmongDetails(
  asked: readonly AuthorizationDetail[],
  granted: readonly AuthorizationDetail[],
): boolean {
  const known = new Set(granted.map(canonical));
  return asked.every((one) => known.has(canonical(one)));
}

/** The objects of both lists, each once. */
export function uniteDetails(
  one: readonly AuthorizationDetail[],
  other: readonly AuthorizationDetail[],
): AuthorizationDetail[] {
  return [...new Map([...one, ...other].map((detail) => [canonical(detail), detail])).values()];
}

function isPart(part: JsonValue, whole: JsonValue): boolean {
  if (Array.isArray(part) && Array.isArray(whole)) {
    const members = new Set(whole.map(canonical));
    return part.length > 0 && part.every((member: JsonValue) => members.has(canonical(member)));
  }
  if (!isObject(part) || !isObject(whole)) return canonical(part) === canonical(whole);
  const names = Object.keys(part);
  return (
    names.length === Object.keys(whole).length &&
    names.every((name) => Object.hasOwn(whole, name) && isPart(part[name] as JsonValue, whole[name] as JsonValue))
  );
}

/** The same text for the same value, whatever the order of its members. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
}

function fits(detail: Record<string, unknown>, { fields }: AuthorizationDetailsType): boolean {
  const leaves = leavesOf(detail, '', 1);
  if (!leaves) return false;
  leaves.delete('type');
  const isKnown = [...leaves].every(([path, value]) => {
    const field = fields.find((one) => one.name === path);
    return field !== undefined && isOfKind(value, field);
  });
  return isKnown && fields.every((field) => !field.required || leaves.has(field.name));
}

/** What stands at the ends of all paths; `undefined` when too deep, or when a name with a dot would be read as a path. */
function leavesOf(members: Record<string, unknown>, prefix: string, depth: number): Map<string, unknown> | undefined {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(members)) {
    if (name.includes('.')) return undefined;
    if (!isObject(value)) {
      leaves.set(prefix + name, value);
      continue;
    }
    const below = depth < DEEPEST ? leavesOf(value, `${prefix}${name}.`, depth + 1) : undefined;
    if (!below || below.size === 0) return undefined;
    for (const [path, leaf] of below) leaves.set(path, leaf);
  }
  return leaves;
}

function isOfKind(value: unknown, field: AuthorizationDetailsField): boolean {
  switch (field.kind) {
    case 'string':
      return isText(value, field);
    case 'strings': {
      if (!Array.isArray(value) || value.length === 0 || value.length > MOST_STRINGS) return false;
      return value.every((member) => isText(member, field));
    }
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

function isText(value: unknown, { values, maxLength }: AuthorizationDetailsField): boolean {
  if (typeof value !== 'string' || value.length > maxLength || /\p{Cc}/u.test(value)) return false;
  return values === null || values.includes(value);
}

function parseArray(text: string): unknown[] | undefined {
  try {
    const value = parseStrictJson(text);
    return Array.isArray(value) ? (value as unknown[]) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(reason: Extract<Reason, `details_${string}`>): OAuthError {
  return new OAuthError('invalid_authorization_details', reason);
}
