import type { AuthorizationServer } from './authorization-server.js';
import { type ActiveToken, Introspection, type IntrospectionCacheOptions } from './introspection.js';
import { type IncomingRequest, presentedToken } from './presented-token.js';
import { challenge, quoted, type Refusal, refusal, tokenInQuery } from './refusal.js';

export interface BearerProtectionOptions extends IntrospectionCacheOptions {
  /** Names the protected space to clients; printable ASCII. */
  realm: string;
  /** This API's resource indicator: tokens for another audience are refused (RFC 8707). */
  audience: string;
}

export type BearerDecision = { granted: true; token: ActiveToken } | Refusal;

/** Plain OAuth protection for routes without an owner's say: an access token with the right scopes (RFC 6750). */
export class BearerProtection {
  private readonly introspection: Introspection;

  constructor(
    private readonly server: AuthorizationServer,
    private readonly options: BearerProtectionOptions,
  ) {
    quoted(options.realm);
    this.introspection = new Introspection((token) => this.ask(token), server.now, options);
  }

  /** Throws `AuthorizationServerError` if the server cannot be asked; answer that with 503. */
  async decide(request: IncomingRequest, scopes: readonly string[]): Promise<BearerDecision> {
    const presented = presentedToken(request);
    if (presented.kind === 'in_query') return tokenInQuery();
    // Whoever brought no token is not told about an error (RFC 6750 section 3.1).
    if (presented.kind === 'none') return this.challenged(401, 'invalid_token', {});
    const token = await this.introspection.inspect(presented.token);
    if (!token || token.senderConstrained || !token.audience.includes(this.options.audience)) {
      return this.challenged(401, 'invalid_token', { error: 'invalid_token' });
    }
    if (scopes.every((scope) => token.scopes.includes(scope))) return { granted: true, token };
    return this.challenged(403, 'insufficient_scope', { error: 'insufficient_scope', scope: scopes.join(' ') });
  }

  private challenged(status: 401 | 403, error: string, parameters: Record<string, string>): Refusal {
    const answer = refusal(status, error, 'An access token with the right scope is needed.');
    answer.headers['www-authenticate'] = challenge('Bearer', { realm: this.options.realm, ...parameters });
    return answer;
  }

  private async ask(token: string) {
    const { introspectionEndpoint } = await this.server.metadata();
    return this.server.sendAsClient(introspectionEndpoint, { token, token_type_hint: 'access_token' });
  }
}
