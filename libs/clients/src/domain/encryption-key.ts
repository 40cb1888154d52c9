import type { KeyEncryptionAlgorithm } from '@valetkey/protocol';
import type { JWK } from 'jose';

const CURVES: readonly (string | undefined)[] = ['P-256', 'P-384', 'X25519'];
/** Operations of a public key that encrypts, or that a key to encrypt with is agreed by (RFC 7517 section 4.3). */
const OPERATIONS = ['encrypt', 'wrapKey', 'deriveKey', 'deriveBits'];

/**
 * The key of a client that answers to it are encrypted with (RFC 7517 section 4): one for encryption before one for anything,
 * never one for signatures. `undefined` when none fits the algorithm.
 */
export function encryptionKeyOf(keys: readonly JWK[], algorithm: KeyEncryptionAlgorithm): JWK | undefined {
  const fitting = keys.filter((key) => fits(key, algorithm));
  return fitting.find((key) => key.use === 'enc') ?? fitting[0];
}

function fits(key: JWK, algorithm: KeyEncryptionAlgorithm): boolean {
  const { kty, crv, alg } = key;
  if (!isToEncrypt(key) || (alg !== undefined && alg !== algorithm)) return false;
  if (algorithm === 'RSA-OAEP-256') return kty === 'RSA';
  return (kty === 'EC' || kty === 'OKP') && CURVES.includes(crv);
}

/** Says nothing against it, by its use or its operations. */
function isToEncrypt({ use, key_ops: operations }: JWK): boolean {
  if (use !== undefined && use !== 'enc') return false;
  return operations === undefined || operations.length === 0 || operations.some((one) => OPERATIONS.includes(one));
}
