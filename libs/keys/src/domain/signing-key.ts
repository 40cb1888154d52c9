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

/** Another node may have rotated; a node looks no later than this. Shorter than any sensible time between publishing and use. */
export const RELOAD_AFTER = 5_000;
/** The longest that verifiers may keep the published keys. */
const LONGEST_CACHE = 60_000;
/** What the clocks of two nodes may differ by. */
const CLOCK_SKEW = 60_000;
/** How long a node that still has the former configuration may go on to sign with an algorithm that the new one leaves out. */
const CHANGE_OF_CONFIGURATION = 3_600_000;

/**
 * How long verifiers may keep the published keys (`max-age` of the JWKS). Not longer than keys are published ahead, less the
 * time after which every node has seen them: who keeps them that long never meets a signature of a key it does not know.
 */
export function jwksMaxAge({ publishAhead }: RotationPolicy): Duration {
  return Math.max(0, Math.min(LONGEST_CACHE, publishAhead - RELOAD_AFTER));
}

/** From when on every verifier that keeps to `jwksMaxAge` knows a key, so that it may sign. */
export function mayTakeOverAt(next: Pick<SigningKey, 'createdAt'>, policy: RotationPolicy): Instant {
  return next.createdAt + jwksMaxAge(policy) + RELOAD_AFTER;
}

/** When the last token of a key that stops signing now has ended, by the clock and the knowledge of any node. */
export function retireAtAfterRotation(now: Instant, { tokenLifetime }: RotationPolicy): Instant {
  return now + tokenLifetime + RELOAD_AFTER + CLOCK_SKEW;
}

/** The same for a key whose algorithm is not configured any more: other nodes learn that only when they start again. */
export function retireAtAfterRemoval(now: Instant, policy: RotationPolicy): Instant {
  return retireAtAfterRotation(now, policy) + CHANGE_OF_CONFIGURATION;
}

/**
 * The key of each algorithm that signs: the current one. An algorithm that another node's configuration left out has none;
 * a node that still has the former configuration then signs with the newest that retires.
 * @param keys - the published ones, oldest first
 */
export function signingKeys(keys: readonly SigningKey[]): Map<SigningAlgorithm, SigningKey> {
  const signing = new Map<SigningAlgorithm, SigningKey>();
  for (const state of ['retiring', 'current']) {
    for (const key of keys) if (key.state === state) signing.set(key.algorithm, key);
  }
  return signing;
}

/** True when the current key has signed long enough and its successor has been published long enough. */
export function isRotationDue(keys: readonly SigningKey[], policy: RotationPolicy, now: Instant): boolean {
  const current = keys.find((key) => key.state === 'current');
  const next = keys.find((key) => key.state === 'next');
  if (!current?.currentAt || !next) return false;
  return now >= current.currentAt + policy.rotateEvery && now >= next.createdAt + policy.publishAhead;
}
