import { type ActiveToken, isWithin } from './introspection.js';
import { type IncomingRequest, presentedToken } from './presented-token.js';
import type { ProtectionClient } from './protection-client.js';
import { challenge, quoted, type Refusal, refusal, tokenInQuery } from './refusal.js';

/** A registered resource, and the client that speaks for its owner. */
export interface ProtectedResource {
  id: string;
  owner: ProtectionClient;
}

export type UmaDecision = { granted: true; token: ActiveToken } | Refusal;

/** The one value that UMA defines for "no ticket to be had" (UMA 2.0 Grant section 3.2.2, UG-07). */
const UNREACHABLE = '199 - "UMA Authorization Server Unreachable"';

/**
 * Decides whether a request is served (UMA 2.0 Grant sections 3.1, 3.2 and 3.5):
 * a token that covers the scopes on the resource is; whoever brings none, or one that is bad, expired or too weak, gets
 * 401 with a fresh ticket (UG-06), or 403 with a warning if no ticket can be had (UG-05 to UG-07).
 * Fails closed: when the authorization server cannot be asked, nobody is served.
 */
export class UmaProtection {
  /** `realm` names the protected space to clients; printable ASCII. */
  constructor(private readonly realm: string) {
    quoted(realm);
  }

  async decide(request: IncomingRequest, resource: ProtectedResource, scopes: readonly string[]): Promise<UmaDecision> {
    if (scopes.length === 0) throw new TypeError('Name at least one scope: without one, any permission would do');
    const presented = presentedToken(request);
    if (presented.kind === 'in_query') return tokenInQuery();
    try {
      const token = presented.kind === 'bearer' ? await resource.owner.inspect(presented.token) : undefined;
      if (token && covers(token, { resourceId: resource.id, scopes }, resource.owner.now())) {
        return { granted: true, token };
      }
      return this.askForToken(resource, await resource.owner.permissionTicket({ resourceId: resource.id, scopes }));
    } catch (cause) {
      return unreachable(cause);
    }
  }

  private askForToken({ owner }: ProtectedResource, ticket: string): Refusal {
    const answer = refusal(401, 'invalid_token', 'A requesting party token with this permission is needed.');
    answer.headers['www-authenticate'] = challenge('UMA', { realm: this.realm, as_uri: owner.issuer, ticket });
    return { ...answer, body: { ...answer.body, as_uri: owner.issuer, ticket } };
  }
}

/**
 * True if the token allows all `scopes` on the resource at `now` (milliseconds). A token bound to its sender's key does
 * not: the proof of possession is not checked here, and without it the binding would be lost.
 */
function covers(token: ActiveToken, wanted: { resourceId: string; scopes: readonly string[] }, now: number): boolean {
  if (token.senderConstrained) return false;
  const allowed = new Set(
    token.permissions
      .filter((permission) => permission.resourceId === wanted.resourceId && isWithin(permission, now))
      .flatMap((permission) => permission.resourceScopes),
  );
  return wanted.scopes.every((scope) => allowed.has(scope));
}

function unreachable(cause: unknown): Refusal {
  const answer = refusal(403, 'temporarily_unavailable', 'The authorization server for this resource cannot help now.');
  answer.headers['warning'] = UNREACHABLE;
  return { ...answer, cause };
}
