import { matchesSha256 } from '@valetkey/kernel';
import type { AuthorizationCode, GrantContext, Reason } from '@valetkey/oauth';

/** What a client presents together with a code. */
export interface PresentedCode {
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/** RFC 7636 section 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * What keeps this presentation from being the one that the code was issued for, or `undefined`. Redirect URI, code challenge and
 * DPoP key are those of the authorization request (RFC 6749 section 4.1.3, RFC 7636 section 4.6, RFC 9449 section 10). Pure.
 */
export function bindingProblem(
  { content }: Pick<AuthorizationCode, 'content'>,
  { redirectUri, verifier }: PresentedCode,
  confirmation: GrantContext['confirmation'],
): Reason | undefined {
  if (redirectUri !== content.redirectUri) return 'code_of_another_redirect_uri';
  // CO-04: there is no code without a challenge, and none is redeemed without its verifier.
  if (verifier === undefined || !VERIFIER.test(verifier)) return 'verifier_mismatch';
  if (!matchesSha256(verifier, content.codeChallenge)) return 'verifier_mismatch';
  if (content.dpopJkt === undefined) return undefined;
  const proven = confirmation && 'jkt' in confirmation ? confirmation.jkt : undefined;
  return proven === content.dpopJkt ? undefined : 'code_of_another_key';
}
