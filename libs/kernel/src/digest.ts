import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a string's UTF-8 bytes, base64url without padding (43 characters): how secrets stand in the database. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/**
 * Compares a presented secret with a stored SHA-256 without telling by its time how much of it was right.
 * Both sides are digests of equal length, so neither the secret's length nor its content shows (CWE-208).
 */
export function matchesSha256(presented: string, stored: string): boolean {
  const expected = Buffer.from(stored, 'base64url');
  const actual = hash('sha256', presented, 'buffer');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
