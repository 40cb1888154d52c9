import type { AnswerTarget } from './authorization-request.js';

/** How the browser is sent back to the client. */
export type AuthorizationAnswer =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'form_post'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

/**
 * Puts parameters where the response mode says. The address is left as it was registered, letter by letter: it is only added
 * to, so that nothing that is not the client's can come out.
 */
export function answerWith(
  { redirectUri, responseMode }: Pick<AnswerTarget, 'redirectUri' | 'responseMode'>,
  fields: Readonly<Record<string, string>>,
): AuthorizationAnswer {
  const [mode] = responseMode.split('.');
  if (mode === 'form_post') return { kind: 'form_post', action: redirectUri, fields };
  const encoded = new URLSearchParams(fields).toString();
  if (mode === 'fragment') return { kind: 'redirect', location: `${redirectUri}#${encoded}` };
  return { kind: 'redirect', location: `${redirectUri}${separatorOf(redirectUri)}${encoded}` };
}

/** RFC 6749 section 3.1.2: a query that is part of the address stays. */
function separatorOf(redirectUri: string): string {
  if (!redirectUri.includes('?')) return '?';
  return /[?&]$/.test(redirectUri) ? '' : '&';
}
