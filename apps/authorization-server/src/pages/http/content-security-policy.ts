import type { PageScript } from '../kit/page-script.js';

/** A name in letters, digits, hyphens and dots: what else a URL may call a host could end the header's directive. */
const HOST = /^[a-z0-9.-]+(?::\d{1,5})?$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:$/;
const LOOPBACK_V6 = /^\[::1\](?::\d{1,5})?$/;
const USUAL_PORT: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The source expression that lets a form end at a return address: its origin, or its scheme where there is no origin to name
 * (applications' own schemes). The grammar of CSP Level 3 section 2.3.1 has no IPv6 addresses, and Chromium drops a source with
 * one; for `[::1]` this is any host at its scheme and port, which is the least that lets the form through. It stands on pages of
 * that request alone, whose forms end at an address of its client in any case.
 * @throws TypeError for an address that has none: it must not have been registered
 */
export function formActionSource(address: string): string {
  const { protocol, host, port } = new URL(address);
  if (protocol === 'http:' || protocol === 'https:') {
    if (LOOPBACK_V6.test(host)) return `${protocol}//*:${port || USUAL_PORT[protocol]}`;
    if (HOST.test(host)) return `${protocol}//${host}`;
  } else if (SCHEME.test(protocol)) return protocol;
  throw new TypeError('This address cannot stand in a content security policy.');
}

/**
 * The policy of a page: its style sheet, its own forms, and nothing else. Chromium applies `form-action` to the redirect after
 * a form too, so a page whose form may end at an application names the application's return address.
 * @param returns - addresses besides our own at which the page's forms may end
 * @param script - the page's script, if it has one
 */
export function contentSecurityPolicy(
  returns: readonly string[],
  script?: Pick<PageScript, 'sourceExpression' | 'reach'>,
): string {
  const targets = ["'self'", ...new Set(returns.map(formActionSource))];
  return [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${script.sourceExpression}`]),
    ...(script?.reach === 'connects' ? ["connect-src 'self'"] : []),
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action ${targets.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
