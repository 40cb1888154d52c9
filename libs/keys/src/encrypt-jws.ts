import type { ContentEncryption, KeyEncryptionAlgorithm } from '@valetkey/protocol';
import type { CompactJWEHeaderParameters, JWK } from 'jose';
import { CompactEncrypt, importJWK } from 'jose';

/** How somebody wants what is for her alone. */
export interface RecipientEncryption {
  readonly alg: KeyEncryptionAlgorithm;
  readonly enc: ContentEncryption;
  /** Her public key, fit for `alg`. */
  readonly key: JWK;
}

/**
 * Finds how somebody wants what is for her, when it is made: her key may be elsewhere.
 * Rejects when it cannot be had; nothing is sent then.
 */
export type FindEncryption = () => Promise<RecipientEncryption>;

/**
 * A nested JWT (RFC 7519 section 5.2): what was signed, encrypted for one recipient.
 * @param jws - compact
 * @throws Error when the key is not fit for the algorithm
 */
export function encryptJws(jws: string, encryption: RecipientEncryption): Promise<string> {
  return encrypt(jws, { cty: 'JWT' }, encryption);
}

/**
 * Claims that nobody signed, encrypted for one recipient. Anybody could have made it: only for answers whose sender is known by
 * the connection that they come by.
 * @throws Error when the key is not fit for the algorithm
 */
export function encryptClaims(claims: object, encryption: RecipientEncryption): Promise<string> {
  return encrypt(JSON.stringify(claims), { typ: 'JWT' }, encryption);
}

async function encrypt(
  text: string,
  type: Pick<CompactJWEHeaderParameters, 'cty' | 'typ'>,
  { alg, enc, key }: RecipientEncryption,
): Promise<string> {
  const { kid } = key;
  const header = { alg, enc, ...type, ...(kid !== undefined && { kid }) };
  return new CompactEncrypt(Buffer.from(text)).setProtectedHeader(header).encrypt(await importJWK(bare(key), alg));
}

/** What makes the key. How it may be used was looked at when it was chosen; the platform has other words for it. */
function bare({ kty, crv, x, y, n, e }: JWK): JWK {
  const members = { kty, crv, x, y, n, e };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JWK;
}
