const ESCAPE = /%[0-9a-f]{2}/gi;
const UNRESERVED = /[\w.~-]/;

/**
 * The one spelling of an http(s) URI without query and fragment, or `undefined` for anything else: case and default port
 * of the host, dot segments and needless escapes do not count (RFC 9449 section 4.3 item 9; RFC 3986 sections 6.2.2, 6.2.3).
 */
export function normalTargetUri(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || /[\s\\]/.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, host, username, password, pathname } = new URL(text);
  // A name before the host says who asks, not what is asked for: nobody honest sends it.
  if (username !== '' || password !== '') return undefined;
  return `${protocol}//${host}${pathname.replace(ESCAPE, plainWherePossible)}`;
}

function plainWherePossible(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return UNRESERVED.test(character) ? character : escape.toUpperCase();
}
