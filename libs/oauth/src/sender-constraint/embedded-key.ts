import type { CryptoKey, JWK, JWSHeaderParameters } from 'jose';
import { calculateJwkThumbprint, importJWK } from 'jose';
import { ASYMMETRIC_ALGORITHMS, isSameAlgorithm } from '@valetkey/protocol';

const ALGORITHMS: readonly string[] = ASYMMETRIC_ALGORITHMS;
/** Members of private and symmetric keys (RFC 7518 section 6): a proof that shows one has given its key away. */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** An RSA modulus of 4096 bits, base64url: checking a signature by a longer one is work for nothing. */
const LONGEST_MODULUS = 683;

/** A public key that came in the header of a JWS, and its thumbprint (RFC 7638). */
export interface EmbeddedKey {
  readonly key: CryptoKey;
  readonly thumbprint: string;
}

/** The key of a proof's header (RFC 9449 section 4.2). @throws Error for anything that is no public key for its algorithm */
export async function embeddedKey({ alg, jwk }: JWSHeaderParameters): Promise<EmbeddedKey> {
  if (alg === undefined || !ALGORITHMS.includes(alg)) throw new Error('the algorithm is not taken');
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw new Error('there is no key');
  checkMembers(jwk, alg);
  const key = await importJWK(required(jwk), alg);
  if (key instanceof Uint8Array || key.type !== 'public') throw new Error('the key is not public');
  return { key, thumbprint: await calculateJwkThumbprint(jwk) };
}

function checkMembers(jwk: JWK, alg: string): void {
  if (SECRET_MEMBERS.some((member) => member in jwk)) throw new Error('the key is not public');
  if (jwk.alg !== undefined && !isSameAlgorithm(jwk.alg, alg)) throw new Error('the key is for another algorithm');
  if (!isToVerify(jwk)) throw new Error('the key is for another use');
  if (typeof jwk.n === 'string' && jwk.n.length > LONGEST_MODULUS) throw new Error('the key is too large');
  if (typeof jwk.e === 'string' && jwk.e.length > 8) throw new Error('the key is too large');
}

/** Of what its members say that it is for (RFC 7517 sections 4.2, 4.3). */
function isToVerify({ use = 'sig', key_ops: operations = ['verify'] }: JWK): boolean {
  return use === 'sig' && operations.includes('verify');
}

/** What makes the key, without anything that says how it may be used. */
function required({ kty, crv, x, y, n, e }: JWK): JWK {
  const members = { kty, crv, x, y, n, e };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JWK;
}
