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
  if (mode !== 'fragment') return { kind: 'redirect', location: withQuery(redirectUri, fields) };
  return { kind: 'redirect', location: `${redirectUri}#${new URLSearchParams(fields).toString()}` };
}

/** A registered address with more parameters in its query; the address itself stays as it is, letter by letter. */
export function withQuery(address: string, fields: Readonly<Record<string, string>>): string {
  return `${address}${separatorOf(address)}${new URLSearchParams(fields).toString()}`;
}

/** RFC 6749 section 3.1.2: a query that is part of the address stays. */
function separatorOf(redirectUri: string): string {
  if (!redirectUri.includes('?')) return '?';
  return /[?&]$/.test(redirectUri) ? '' : '&';
}
