import type { Instant } from './clock.js';

/** Digits in the order of their characters, so that texts compare like the numbers they stand for. */
const ORDERED = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const ORDERED_VALUES = valuesOf(ORDERED);
const BASE64URL_VALUES = valuesOf(BASE64URL);

/** 42 bits of milliseconds: until the year 2109. */
export const TIME_CHARACTERS = 7;

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value;
  return values;
}

/** An instant as seven characters that sort like the instants do, byte for byte. */
export function encodeTime(instant: Instant): string {
  let text = '';
  let rest = Math.max(0, Math.floor(instant));
  for (let digit = 0; digit < TIME_CHARACTERS; digit += 1) {
    text = ORDERED.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** Hides an encoded time behind the first digits of a base64url digest. */
export function maskTime(time: string, digest: string): string {
  return combine(time, ORDERED_VALUES, digest, BASE64URL);
}

/** The encoded time behind {@link maskTime}. */
export function decodeTime(masked: string, digest: string): string {
  return combine(masked, BASE64URL_VALUES, digest, ORDERED);
}

function combine(text: string, values: Uint8Array, digest: string, alphabet: string): string {
  let combined = '';
  for (let index = 0; index < TIME_CHARACTERS; index += 1) {
    const digit = values[text.charCodeAt(index)] ?? 0;
    const mask = BASE64URL_VALUES[digest.charCodeAt(index)] ?? 0;
    combined += alphabet.charAt(digit ^ mask);
  }
  return combined;
}
