import { hash } from 'node:crypto';
import type { AnswerAlgorithm } from '@valetkey/protocol';
import { keyAlgorithmOf } from '@valetkey/protocol';

/**
 * `at_hash`, `c_hash` (OpenID Connect Core sections 3.1.3.6, 3.3.2.11): the left half of the value's digest, by the hash
 * function of the ID token's algorithm. For Ed25519 that is SHA-512, with which it signs (RFC 8032 section 5.1).
 */
export function halfHash(value: string, algorithm: AnswerAlgorithm): string {
  const digest = hash(keyAlgorithmOf(algorithm) === 'EdDSA' ? 'sha512' : 'sha256', value, 'buffer');
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
