import { randomInt } from 'node:crypto';

/** Consonants that neither look nor sound like another; no vowels, so that no words come out (RFC 8628 section 6.1). */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const FORM = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);
/** What people type between the letters. */
const BETWEEN = /[\s\p{Pd}._]/gu;

/** A fresh code of 34.5 random bits, as people read it: `WDJB-MJHT`. */
export function newUserCode(): string {
  const signs = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
}

/** What somebody typed, as the device shows it; `undefined` when no device ever showed such a thing. Pure. */
export function parseUserCode(typed: string): string | undefined {
  const signs = typed.slice(0, 64).replace(BETWEEN, '').toUpperCase();
  return FORM.test(signs) ? `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}` : undefined;
}
