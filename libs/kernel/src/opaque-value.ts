import { hash, randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Instant } from './clock.js';
import { decodeTime, encodeTime, maskTime, TIME_CHARACTERS } from './time-ordered-key.js';

/**
 * Kinds of opaque values that leave the server: access token, refresh token, requesting party token, permission ticket,
 * persisted claims token, client secret, interaction, authorization code, pushed request, sign-in session, recovery link,
 * remembered device, device code, registration access token, initial access token, invitation link. The kind is part of the value, so a value of one kind is never looked up as another (attack class
 * "one-time stores mixed up").
 */
export type OpaqueKind =
  'at' | 'rt' | 'rpt' | 'tk' | 'pct' | 'cs' | 'ia' | 'ac' | 'pr' | 'ss' | 'rl' | 'dv' | 'dc' | 'ra' | 'it' | 'il';

/** A fresh value, and the key under which it is stored. */
export interface IssuedValue {
  /** Handed out once, kept nowhere. */
  readonly value: string;
  /** What the database keeps instead: nothing leads back from it. */
  readonly key: string;
}

/** 216 bits. */
const RANDOM_BYTES = 27;
const CHECKSUM_CHARACTERS = 6;
const FORM = /^vk_(at|rt|rpt|tk|pct|cs|ia|ac|pr|ss|rl|dv|dc|ra|it|il)_[A-Za-z0-9_-]{49}$/;

// One call into the system's generator serves many values; each byte is handed out once and wiped.
const pool = Buffer.alloc(RANDOM_BYTES * 128);
let used = pool.length;

function randomText(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const text = pool.toString('base64url', used, used + bytes);
  pool.fill(0, used, used + bytes);
  used += bytes;
  return text;
}

function checksum(text: string): string {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url');
}

/**
 * A fresh value `vk_<kind>_<time><random><checksum>`: 216 random bits, the time of issue masked by their digest (so values
 * have neither order nor a common beginning), and a CRC-32, so that scanners find leaked values and forgeries are refused
 * without a query. Its key begins with that time: values of one moment are stored side by side, which spares the database
 * two thirds of the pages that random keys would touch.
 */
export function issueOpaque(kind: OpaqueKind, now: Instant): IssuedValue {
  const random = randomText(RANDOM_BYTES);
  const digest = hash('sha256', `vk_${kind}_${random}`, 'base64url');
  const time = encodeTime(now);
  const body = `vk_${kind}_${maskTime(time, digest)}${random}`;
  return { value: body + checksum(body), key: time + digest };
}

/** A fresh secret value of which no key is needed. */
export function issueOpaqueValue(kind: OpaqueKind): string {
  return issueOpaque(kind, 0).value;
}

/** The kind of a well-formed value, or `undefined` when it was not made by {@link issueOpaque}. */
export function opaqueKindOf(value: string): OpaqueKind | undefined {
  const kind = FORM.exec(value)?.[1];
  if (kind === undefined) return undefined;
  const end = value.length - CHECKSUM_CHARACTERS;
  return checksum(value.slice(0, end)) === value.slice(end) ? (kind as OpaqueKind) : undefined;
}

/** The key of a well-formed value of one of these kinds, or `undefined` for anything else: then there is nothing to find. */
export function opaqueKeyOf(value: string, ...kinds: OpaqueKind[]): string | undefined {
  const kind = opaqueKindOf(value);
  if (kind === undefined || !kinds.includes(kind)) return undefined;
  const start = kind.length + 4;
  const masked = value.slice(start, start + TIME_CHARACTERS);
  const random = value.slice(start + TIME_CHARACTERS, -CHECKSUM_CHARACTERS);
  const digest = hash('sha256', `vk_${kind}_${random}`, 'base64url');
  return decodeTime(masked, digest) + digest;
}

/** An identifier that cannot be guessed (128 random bits) but is no secret, such as `r_…` for a resource. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(16)}`;
}
