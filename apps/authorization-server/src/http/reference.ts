import { randomInt } from 'node:crypto';

/** Without signs that look or sound alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "7KD-42Q": short enough to read out over the telephone; found in the log, so it need not be unique for ever. */
export function newReference(): string {
  const signs = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
  return `${signs.slice(0, 3)}-${signs.slice(3)}`;
}
