import { OAuthError } from '@valetkey/oauth';
import { ASYMMETRIC_ALGORITHMS } from '@valetkey/protocol';
import type { LiveToken } from '@valetkey/tokens';
import { tokenTypeOf } from '@valetkey/tokens';

/** How a token is presented. */
export type TokenScheme = 'Bearer' | 'DPoP';

const REALM = 'valetkey';

/** A challenge of this server's own APIs (RFC 6750 section 3, RFC 9449 section 7.1). Values hold no quotes. */
export function challengeOf(scheme: TokenScheme, parameters: Readonly<Record<string, string>> = {}): string {
  const algorithms = scheme === 'DPoP' ? { algs: ASYMMETRIC_ALGORITHMS.join(' ') } : {};
  const all = { realm: REALM, ...parameters, ...algorithms };
  const list = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return `${scheme} ${list.join(', ')}`;
}

/** What tells that DPoP is understood here. */
export function dpopChallenge(): string {
  return challengeOf('DPoP');
}

/** 403 for a token that opens other things than this one, in the scheme that it was presented in (RFC 6750 section 3.1). */
export function insufficientScope({ confirmation }: Pick<LiveToken, 'confirmation'>, scope: string): OAuthError {
  const challenge = challengeOf(tokenTypeOf(confirmation), { error: 'insufficient_scope', scope });
  return new OAuthError('insufficient_scope', 'scope_not_allowed', { 'www-authenticate': challenge });
}

/** 401 for a token that opens nothing here, in the scheme that it was presented in (RFC 6750 section 3.1). */
export function invalidToken({ confirmation }: Pick<LiveToken, 'confirmation'>): OAuthError {
  const challenge = challengeOf(tokenTypeOf(confirmation), { error: 'invalid_token' });
  return new OAuthError('invalid_token', 'token_not_valid', { 'www-authenticate': challenge });
}
