import { randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Kinds of opaque values that leave the server: access token, refresh token, requesting party token, permission ticket,
 * persisted claims token, client secret. The kind is part of the value, so a value of one kind is never looked up as
 * another (attack class "one-time stores mixed up").
 */
export type OpaqueKind = 'at' | 'rt' | 'rpt' | 'tk' | 'pct' | 'cs';

const RANDOM_BYTES = 32;
const RANDOM_CHARACTERS = 43;
const CHECKSUM_CHARACTERS = 6;

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
 * A fresh value `vk_<kind>_<random><checksum>`: 256 random bits, and a CRC-32 so that scanners find leaked values and
 * forgeries are refused without a query. Store only its SHA-256.
 */
export function issueOpaqueValue(kind: OpaqueKind): string {
  const body = `vk_${kind}_${randomText(RANDOM_BYTES)}`;
  return body + checksum(body);
}

/** The kind of a well-formed value, or `undefined` when it was not made by {@link issueOpaqueValue}. */
export function opaqueKindOf(value: string): OpaqueKind | undefined {
  const match = /^vk_(at|rt|rpt|tk|pct|cs)_[A-Za-z0-9_-]{49}$/.exec(value);
  if (!match) return undefined;
  const end = value.length - CHECKSUM_CHARACTERS;
  return checksum(value.slice(0, end)) === value.slice(end) ? (match[1] as OpaqueKind) : undefined;
}

/** True when the value is well formed and of that kind. */
export function isOpaqueValue(value: string, kind: OpaqueKind): boolean {
  return value.length === kind.length + 4 + RANDOM_CHARACTERS + CHECKSUM_CHARACTERS && opaqueKindOf(value) === kind;
}

/** An identifier that cannot be guessed (128 random bits) but is no secret, such as `r_…` for a resource. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(16)}`;
}
