import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { SigningAlgorithm } from '@valetkey/protocol';
import { Database, WriteSet } from '@valetkey/persistence';
import type { SigningKey } from './domain/signing-key.js';
import { isRotationDue, mayTakeOverAt, retireAtAfterRemoval, retireAtAfterRotation } from './domain/signing-key.js';
import { KeyEncryption } from './key-encryption.js';
import { generateSigningKey } from './key-generation.js';
import type { KeyRingOptions } from './key-ring.service.js';
import { KEY_RING_OPTIONS, KeyRing } from './key-ring.service.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

/** What became of one algorithm when all were to be rotated. */
export type RotationOutcome =
  | { readonly algorithm: SigningAlgorithm; readonly rotated: true }
  | {
      readonly algorithm: SigningAlgorithm;
      readonly rotated: false;
      /** Since when the next key has been published. */
      readonly publishedAt: Instant;
      /** From when on every verifier knows it. */
      readonly notBefore: Instant;
    };

/** The two keys of an algorithm that a rotation is about. */
interface Pair {
  readonly current: SigningKey;
  readonly next: SigningKey;
}

/** Makes, follows and retires the server's signing keys. Safe to run on several nodes at once: one makes, the others find. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly ring: KeyRing,
    private readonly store: SigningKeyStore,
    private readonly database: Database,
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
    @Inject(KEY_RING_OPTIONS) private readonly options: KeyRingOptions,
  ) {}

  /** Makes the signing keys that are missing, lets those of algorithms that are configured no more retire, and loads all. */
  async start(): Promise<void> {
    await this.fill('current');
    await this.retireRemoved();
  }

  /** Makes and publishes the successors that are missing. Apart from the start, since making an RSA key takes a while. */
  async publishNext(): Promise<void> {
    await this.fill('next');
  }

  /**
   * Rotates every algorithm whose next key is known to every verifier by now, whatever the age of the current one.
   * @param force - rotates the others too: what they sign is refused by verifiers that have not looked yet
   * @returns for each algorithm what became of it; not rotated is also where another rotation was faster
   */
  async rotateNow({ force }: { force: boolean }): Promise<RotationOutcome[]> {
    await this.publishNext();
    const now = this.clock.now();
    const rotated = await this.rotateWhere(({ next }) => force || now >= mayTakeOverAt(next, this.options));
    const keys = await this.ring.reload();
    return this.options.algorithms.map((algorithm) =>
      rotated.includes(algorithm) ? { algorithm, rotated: true } : this.notRotated(algorithm, keys),
    );
  }

  /** Rotates what is due and retires what nothing alive was signed with. */
  async rotateDue(): Promise<void> {
    const now = this.clock.now();
    const writes = new WriteSet();
    this.store.retire(writes, now);
    await this.database.commit(writes);
    await this.publishNext();
    await this.rotateWhere(({ current, next }) => isRotationDue([current, next], this.options, now));
    await this.ring.reload();
  }

  private async rotateWhere(isWanted: (pair: Pair) => boolean): Promise<SigningAlgorithm[]> {
    const keys = await this.ring.reload();
    const rotated: SigningAlgorithm[] = [];
    for (const algorithm of this.options.algorithms) {
      const current = find(keys, algorithm, 'current');
      const next = find(keys, algorithm, 'next');
      if (current && next && isWanted({ current, next }) && (await this.rotate({ current, next }))) {
        rotated.push(algorithm);
      }
    }
    return rotated;
  }

  /** One conditional write-set: demote, promote, add. False when another rotation was faster. */
  private async rotate({ current, next }: Pair): Promise<boolean> {
    const successor = await this.make(current.algorithm, 'next');
    const now = this.clock.now();
    const writes = new WriteSet();
    const retireAt = retireAtAfterRotation(now, this.options);
    this.store.rotate(writes, { current: current.kid, next: next.kid, now, retireAt });
    this.store.insert(writes, successor);
    return this.database.tryCommit(writes);
  }

  private notRotated(algorithm: SigningAlgorithm, keys: readonly SigningKey[]): RotationOutcome {
    const publishedAt = find(keys, algorithm, 'next')?.createdAt ?? this.clock.now();
    const notBefore = mayTakeOverAt({ createdAt: publishedAt }, this.options);
    return { algorithm, rotated: false, publishedAt, notBefore };
  }

  private async fill(state: 'current' | 'next'): Promise<void> {
    const keys = await this.ring.reload();
    const missing = this.options.algorithms.filter((algorithm) => !find(keys, algorithm, state));
    for (const algorithm of missing) await this.add(algorithm, state);
    if (missing.length > 0) await this.ring.reload();
  }

  /** What they signed is verified until it ends; what never signed is of no use to anybody. */
  private async retireRemoved(): Promise<void> {
    const now = this.clock.now();
    const writes = new WriteSet();
    const removed = (await this.ring.reload()).filter((key) => !this.options.algorithms.includes(key.algorithm));
    for (const { kid, state } of removed) {
      if (state === 'next') this.store.withdraw(writes, kid);
      if (state === 'current') {
        this.store.demote(writes, { kid, now, retireAt: retireAtAfterRemoval(now, this.options) });
      }
    }
    if (writes.isEmpty) return;
    await this.database.commit(writes);
    await this.ring.reload();
  }

  private async add(algorithm: SigningAlgorithm, state: 'current' | 'next'): Promise<void> {
    const writes = new WriteSet();
    this.store.insert(writes, await this.make(algorithm, state));
    await this.database.tryCommit(writes);
  }

  private async make(algorithm: SigningAlgorithm, state: 'current' | 'next'): Promise<SigningKey> {
    const { publicJwk, privatePem } = await generateSigningKey(algorithm);
    const kid = publicJwk.kid as string;
    const now = this.clock.now();
    return {
      kid,
      algorithm,
      state,
      publicJwk,
      privateKey: this.encryption.encrypt(privatePem, kid),
      createdAt: now,
      currentAt: state === 'current' ? now : null,
      expiresAt: null,
    };
  }
}

/** The one key of an algorithm in a state that allows one. */
function find(
  keys: readonly SigningKey[],
  algorithm: SigningAlgorithm,
  state: 'current' | 'next',
): SigningKey | undefined {
  return keys.find((key) => key.algorithm === algorithm && key.state === state);
}
