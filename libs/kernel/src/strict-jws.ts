const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const STRINGS_AND_STRUCTURE = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/**
 * True for a JWS in compact form, in base64url without padding or white space, that names no member twice. Libraries are
 * more lenient in both, and where two readers differ the last member or the first may win (RFC 7515 section 5.2, RFC 7519
 * section 4).
 * @param text - a JWS whose signature was verified, so that its header and claims are JSON
 */
export function isStrictJws(text: string): boolean {
  if (!COMPACT.test(text)) return false;
  return text.split('.', 2).every((part) => !repeatsMember(Buffer.from(part, 'base64url').toString('utf8')));
}

function repeatsMember(json: string): boolean {
  const names: Set<unknown>[] = [];
  let previous = '';
  for (const [token] of json.matchAll(STRINGS_AND_STRUCTURE)) {
    if (token === '{' || token === '[') names.push(new Set());
    else if (token === '}' || token === ']') names.pop();
    else if (token === ':') {
      // Parsed, since an escape spells the same name differently.
      const name: unknown = JSON.parse(previous);
      if (names.at(-1)?.has(name)) return true;
      names.at(-1)?.add(name);
    }
    previous = token;
  }
  return false;
}
