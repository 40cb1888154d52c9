/** Stands for an address that must not be followed. */
const NOWHERE = 'about:invalid';

/** Schemes by which a browser runs or shows something as ours. Applications' own schemes are fine. */
const REFUSED_SCHEMES = new Set(
  'javascript: data: vbscript: blob: about: file: filesystem: view-source: livescript: mocha: jar: mhtml:'.split(' '),
);

/**
 * An address for `href` or `action`: a path of this server, a fragment, or an absolute address whose scheme runs nothing.
 * Anything else (`javascript:`, `//host`, `/\host`, not an address at all) becomes `about:invalid`, which leads nowhere.
 */
export function safeAddress(address: string): string {
  if (address.startsWith('#') || /^\/(?![/\\])[^\s\\]*$/.test(address)) return address;
  if (address.startsWith('/') || !URL.canParse(address)) return NOWHERE;
  // The parser drops tabs, line ends and leading blanks, as the browser will.
  const { protocol, href } = new URL(address);
  return REFUSED_SCHEMES.has(protocol) ? NOWHERE : href;
}
