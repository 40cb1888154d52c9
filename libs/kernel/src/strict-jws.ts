import { parseStrictJson } from './strict-json.js';

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * True for three parts in base64url, each in the one spelling that its bytes have (RFC 4648 section 3.5): of a token there are
 * no others that verify as well and differ in what a digest of them is. Ask before anything is verified or hashed.
 */
export function isCompactJws(text: string): boolean {
  if (!COMPACT.test(text)) return false;
  return text.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

/**
 * True for a JWS in compact form, in base64url without padding or white space, that names no member twice. Libraries are
 * more lenient in both, and where two readers differ the last member or the first may win (RFC 7515 section 5.2, RFC 7519
 * section 4).
 * @param text - a JWS whose signature was verified, so that its header and claims are JSON
 */
export function isStrictJws(text: string): boolean {
  if (!isCompactJws(text)) return false;
  return text.split('.', 2).every((part) => isStrictJson(Buffer.from(part, 'base64url').toString('utf8')));
}

function isStrictJson(text: string): boolean {
  try {
    parseStrictJson(text);
    return true;
  } catch {
    return false;
  }
}
