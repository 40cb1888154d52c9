import type { JWK } from 'jose';
import type { Duration, Instant } from '@valetkey/kernel';
import type { SigningAlgorithm } from '@valetkey/protocol';

/**
 * Life of a signing key: published before it signs (next), signing (current), no longer signing while its last tokens live
 * (retiring), gone (retired). OpenID Connect Core section 10.1.1.
 */
export type SigningKeyState = 'next' | 'current' | 'retiring' | 'retired';

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly state: SigningKeyState;
  readonly publicJwk: JWK;
  /** Encrypted under the key-encryption key; removed when the key is retired. */
  readonly privateKey: string | null;
  readonly createdAt: Instant;
  readonly currentAt: Instant | null;
  /** When a retiring key may leave the published set. */
  readonly expiresAt: Instant | null;
}

/** When keys move on. */
export interface RotationPolicy {
  readonly rotateEvery: Duration;
  readonly publishAhead: Duration;
  /** The longest life of anything signed. */
  readonly tokenLifetime: Duration;
}

/** True when the current key has signed long enough and its successor has been published long enough. */
export function isRotationDue(keys: readonly SigningKey[], policy: RotationPolicy, now: Instant): boolean {
  const current = keys.find((key) => key.state === 'current');
  const next = keys.find((key) => key.state === 'next');
  if (!current?.currentAt || !next) return false;
  return now >= current.currentAt + policy.rotateEvery && now >= next.createdAt + policy.publishAhead;
}
