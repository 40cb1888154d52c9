import type { ContentEncryption, KeyEncryptionAlgorithm } from '@valetkey/protocol';
import type { JWK } from 'jose';
import { CompactEncrypt, importJWK } from 'jose';

/** How somebody wants what is for her alone. */
export interface RecipientEncryption {
  readonly alg: KeyEncryptionAlgorithm;
  readonly enc: ContentEncryption;
  /** Her public key, fit for `alg`. */
  readonly key: JWK;
}

/**
 * A nested JWT (RFC 7519 section 5.2): what was signed, encrypted for one recipient. Encryption never replaces the signature.
 * @param jws - compact
 * @throws Error when the key is not fit for the algorithm
 */
export async function encryptJws(jws: string, { alg, enc, key }: RecipientEncryption): Promise<string> {
  const { kid } = key;
  const header = { alg, enc, cty: 'JWT', ...(kid !== undefined && { kid }) };
  const encrypting = new CompactEncrypt(Buffer.from(jws)).setProtectedHeader(header);
  return encrypting.encrypt(await importJWK(key, alg));
}
