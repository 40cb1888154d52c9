import { isScopeToken } from '@valetkey/protocol';

/** A scope in an address: it may be an address itself, with slashes that a proxy would take for its own. */
export function idOfScope(scope: string): string {
  return Buffer.from(scope).toString('base64url');
}

/** `undefined` for what is the id of no scope. */
export function scopeOfId(id: string): string | undefined {
  const scope = Buffer.from(id, 'base64url').toString();
  return idOfScope(scope) === id && isScopeToken(scope) ? scope : undefined;
}
