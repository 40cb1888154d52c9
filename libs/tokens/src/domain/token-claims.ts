import { toNumericDate } from '@valetkey/kernel';
import type { Confirmation, SignIn } from './token.js';

/** Claims about the sign-in, for a JWT and for introspection alike (RFC 9068 section 2.2.1, RFC 9470 section 6.2). */
export function signInClaims(signIn: SignIn | undefined): {
  auth_time?: number;
  acr?: string;
  amr?: readonly string[];
} {
  if (!signIn) return {};
  return { auth_time: toNumericDate(signIn.authTime), acr: signIn.acr, amr: signIn.amr };
}

/** Back from the claims of a token of ours; `undefined` where there are none. */
export function toSignIn(claims: Readonly<Record<string, unknown>>): SignIn | undefined {
  const { auth_time: authTime, acr, amr } = claims;
  if (typeof authTime !== 'number' || typeof acr !== 'string' || !Array.isArray(amr)) return undefined;
  return { authTime: authTime * 1000, acr, amr: amr.filter((method) => typeof method === 'string') };
}

export function toConfirmation(claim: unknown): Confirmation | undefined {
  if (typeof claim !== 'object' || claim === null) return undefined;
  if ('jkt' in claim && typeof claim.jkt === 'string') return { jkt: claim.jkt };
  const thumbprint = 'x5t#S256' in claim ? claim['x5t#S256'] : undefined;
  return typeof thumbprint === 'string' ? { 'x5t#S256': thumbprint } : undefined;
}

/** How the token is presented (RFC 9449 section 5). A token bound to a certificate is presented as a bearer token. */
export function tokenTypeOf(confirmation: Confirmation | undefined): 'Bearer' | 'DPoP' {
  return confirmation && 'jkt' in confirmation ? 'DPoP' : 'Bearer';
}
