import { isScopeToken } from '@valetkey/protocol';
import { withoutTurning } from '@valetkey/shown-text';

/** A resource description as a resource server sent it, checked (FedAuthz section 3.1). */
export interface ResourceDescription {
  readonly name: string | null;
  readonly scopes: readonly string[];
  /** Every member to keep and return on read. */
  readonly members: Readonly<Record<string, unknown>>;
}

const MOST_SCOPES = 100;
const LONGEST_TEXT = 1_000;
const MOST_MEMBERS = 50;
/** Set by the server; whatever a client sends under these names is dropped (UF-15). */
const SERVER_MEMBERS = new Set(['_id', 'owner', 'resource_owner', 'user_access_policy_uri']);
const TEXT_MEMBERS = /^(name|description)(#[A-Za-z0-9-]{1,35})?$/;
/** Control characters apart from those of running text, and halves of characters. */
const CONTROLS = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/**
 * Checks a parsed JSON body. Members that are not understood are kept.
 * @returns `undefined` when a member is missing or invalid: answer `invalid_request`
 */
export function parseResourceDescription(body: unknown): ResourceDescription | undefined {
  if (!isObject(body)) return undefined;
  const entries = Object.entries(body).filter(([name]) => !SERVER_MEMBERS.has(name));
  const scopes = parseResourceScopes(body['resource_scopes']);
  if (!scopes || scopes.length === 0 || entries.length > MOST_MEMBERS) return undefined;
  if (!entries.every(([name, value]) => isValidMember(name, value))) return undefined;
  const cleaned = entries.map(([name, value]): [string, unknown] => [name, plainText(name, value)]);
  // `fromEntries` defines own members, so `__proto__` is data and pollutes nothing.
  const members = { ...Object.fromEntries(cleaned), resource_scopes: scopes };
  const name = cleaned.find(([member]) => member === 'name')?.[1];
  return { name: typeof name === 'string' ? name : null, scopes, members };
}

/** A list of distinct scope tokens, possibly empty; `undefined` when it is anything else. */
export function parseResourceScopes(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_SCOPES) return undefined;
  const scopes = value.filter((scope): scope is string => typeof scope === 'string' && isScopeToken(scope));
  return scopes.length === value.length && new Set(scopes).size === scopes.length ? scopes : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isValidMember(name: string, value: unknown): boolean {
  if (TEXT_MEMBERS.test(name) || name === 'type') return isText(value);
  if (name === 'icon_uri') return isWebUri(value);
  return true;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_TEXT && !CONTROLS.test(value);
}

/** Icons are shown to people one day: no scheme that could run anything. */
function isWebUri(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > LONGEST_TEXT || !URL.canParse(value)) return false;
  return ['https:', 'http:'].includes(new URL(value).protocol);
}

/** Names are plain text without controls that reorder what surrounds them (FedAuthz section 7). */
function plainText(name: string, value: unknown): unknown {
  return TEXT_MEMBERS.test(name) && typeof value === 'string' ? withoutTurning(value) : value;
}
