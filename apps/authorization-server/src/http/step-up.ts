import type { Duration, Instant } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import { isAcrAtLeast } from '@valetkey/protocol';
import type { LiveToken } from '@valetkey/tokens';
import { tokenTypeOf } from '@valetkey/tokens';
import { challengeOf } from './challenge.js';

/** How a person must have signed in for what she asks. */
export interface SignInDemand {
  /** This sure, or surer. */
  readonly acr?: string;
  /** This recently. */
  readonly maxAge?: Duration;
}

/**
 * Lets a token through whose person signed in surely and recently enough (RFC 9470 section 3).
 * @throws OAuthError 401 insufficient_user_authentication, whose challenge says what to ask for; a token without a sign-in too
 */
export function demandSignIn(
  { signIn, confirmation }: Pick<LiveToken, 'signIn' | 'confirmation'>,
  { acr, maxAge }: SignInDemand,
  now: Instant,
): void {
  const isSure = acr === undefined || (signIn !== undefined && isAcrAtLeast(signIn.acr, acr));
  const isRecent = maxAge === undefined || (signIn !== undefined && now - signIn.authTime <= maxAge);
  if (isSure && isRecent) return;
  const challenge = challengeOf(tokenTypeOf(confirmation), {
    error: 'insufficient_user_authentication',
    ...(acr !== undefined && { acr_values: acr }),
    ...(maxAge !== undefined && { max_age: String(Math.floor(maxAge / 1000)) }),
  });
  throw new OAuthError('insufficient_user_authentication', 'sign_in_too_weak', { 'www-authenticate': challenge });
}
