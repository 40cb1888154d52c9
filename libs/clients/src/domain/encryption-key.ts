import type { KeyEncryptionAlgorithm } from '@valetkey/protocol';
import type { JSONWebKeySet, JWK } from 'jose';

const CURVES: readonly (string | undefined)[] = ['P-256', 'P-384', 'X25519'];

/**
 * The key of a client that answers to it are encrypted with (RFC 7517 section 4): one for encryption before one for anything,
 * never one for signatures. `undefined` when none fits the algorithm.
 */
export function encryptionKeyOf(jwks: JSONWebKeySet | null, algorithm: KeyEncryptionAlgorithm): JWK | undefined {
  const fitting = (jwks?.keys ?? []).filter((key) => fits(key, algorithm));
  return fitting.find((key) => key.use === 'enc') ?? fitting[0];
}

function fits({ kty, crv, alg, use }: JWK, algorithm: KeyEncryptionAlgorithm): boolean {
  if (use !== undefined && use !== 'enc') return false;
  if (alg !== undefined && alg !== algorithm) return false;
  if (algorithm === 'RSA-OAEP-256') return kty === 'RSA';
  return (kty === 'EC' || kty === 'OKP') && CURVES.includes(crv);
}
