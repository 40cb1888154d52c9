import { Clock } from '@valetkey/kernel';
import type { Database } from '@valetkey/persistence';
import type { KeyRingOptions } from './key-ring.service.js';
import { KeyRing } from './key-ring.service.js';
import { KeyEncryption } from './key-encryption.js';
import { KeyRotation } from './key-rotation.service.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

export const MINUTE = 60_000;

/** A clock that stands still until it is moved. */
export class SetClock extends Clock {
  constructor(private instant = 1_700_000_000_000) {
    super();
  }

  now(): number {
    return this.instant;
  }

  pass(duration: number): void {
    this.instant += duration;
  }
}

const OPTIONS: KeyRingOptions = {
  algorithms: ['ES256', 'EdDSA'],
  signingAlgorithm: 'ES256',
  rotateEvery: 24 * 60 * MINUTE,
  publishAhead: 60 * MINUTE,
  tokenLifetime: 10 * MINUTE,
};

/** One server's view on the keys in a database that others may share. */
export interface Node {
  readonly ring: KeyRing;
  readonly rotation: KeyRotation;
}

export function nodeOn(
  database: Database,
  clock: Clock,
  options: Partial<KeyRingOptions> = {},
  store = new SigningKeyStore(database),
): Node {
  const encryption = new KeyEncryption(Buffer.alloc(32, 7));
  const all = { ...OPTIONS, ...options };
  const ring = new KeyRing(store, encryption, clock, all);
  return { ring, rotation: new KeyRotation(ring, store, database, encryption, clock, all) };
}
