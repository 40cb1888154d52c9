/** A finished answer to somebody who is not served. */
export interface Refusal {
  granted: false;
  status: 400 | 401 | 403 | 404;
  headers: Record<string, string>;
  /** JSON body in the OAuth error shape. */
  body: { error: string; error_description: string; [member: string]: string };
  /** Why the authorization server could not help, for the log; never sent. */
  cause?: unknown;
}

/** One challenge of `WWW-Authenticate`: a scheme and its parameters, quoted (RFC 9110 sections 11.3 and 5.6.4). */
export function challenge(scheme: string, parameters: Record<string, string>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${quoted(value)}`);
  return `${scheme} ${pairs.join(', ')}`;
}

/** A quoted string. Throws on characters that no header field may carry: line breaks and everything beyond ASCII. */
export function quoted(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError('This text cannot stand in a header field');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Answer to a token in the query string; it is refused before anybody looks at it. */
export function tokenInQuery(): Refusal {
  return refusal(400, 'invalid_request', 'Send the token in the Authorization header, never in the address.');
}

export function refusal(status: Refusal['status'], error: string, description: string): Refusal {
  // No cache may keep an answer that depends on who asked and when.
  return {
    granted: false,
    status,
    headers: { 'cache-control': 'no-store' },
    body: { error, error_description: description },
  };
}
