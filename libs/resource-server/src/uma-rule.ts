import type { ActiveToken } from './introspection.js';
import type { IncomingRequest } from './presented-token.js';
import { type Refusal, refusal } from './refusal.js';
import type { ProtectedResource, UmaProtection } from './uma-protection.js';

/** What a route needs: which resource a request is about, and which scopes. Undefined: there is no such resource. */
export interface UmaRule<R> {
  protection: UmaProtection;
  resource: (request: R) => Promise<ProtectedResource | undefined> | ProtectedResource | undefined;
  scopes: readonly string[];
  /** Hears why the authorization server could not be asked. */
  onFailure?: (cause: unknown) => void;
}

const grantedTokens = new WeakMap<object, ActiveToken>();

/** The token that a request was served for; undefined if the request has not passed a UMA check. */
export function grantedToken(request: object): ActiveToken | undefined {
  return grantedTokens.get(request);
}

/** Applies a rule to a request. Undefined means: go on; then `grantedToken(request)` tells for whom. */
export async function check<R extends IncomingRequest>(rule: UmaRule<R>, request: R): Promise<Refusal | undefined> {
  const resource = await rule.resource(request);
  if (!resource) return refusal(404, 'not_found', 'There is no such resource.');
  const decision = await rule.protection.decide(request, resource, rule.scopes);
  if (decision.granted) {
    grantedTokens.set(request, decision.token);
    return undefined;
  }
  if (decision.cause !== undefined) rule.onFailure?.(decision.cause);
  return decision;
}
