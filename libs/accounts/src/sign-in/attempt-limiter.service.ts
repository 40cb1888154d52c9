import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock, newId } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AttemptRule } from '../domain/attempt-rule.js';
import { AttemptCounterStore } from '../persistence/attempt-counter.store.js';

/** What is counted, and how strictly. */
export interface Bucket {
  /** What the attempts have in common, such as an account and a network. Only its keyed digest is stored. */
  readonly key: string;
  readonly rule: AttemptRule;
}

/** So many more attempts need not wait, or the next one waits until then. */
export type Standing = { readonly left: number } | { readonly until: Instant };

/** An attempt that was counted. */
export interface Reservation {
  readonly keys: readonly string[];
  readonly mark: string;
}

/** Between finding that a key waits and looking until when, the wait may have ended. */
const SHORTEST: Duration = 1000;

/**
 * Slows guessing, over all nodes together and across restarts. An attempt is counted before it is made and taken back when it
 * was right, so that many at once are no more than many one after the other.
 */
@Injectable()
export class AttemptLimiter {
  private readonly purpose: Buffer;

  constructor(
    private readonly store: AttemptCounterStore,
    private readonly database: Database,
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
  ) {
    this.purpose = encryption.derive('attempt-counter');
  }

  /** Counts one attempt in all the buckets, or in none: then `until` is when the last of them may be tried again. */
  async reserve(buckets: readonly Bucket[]): Promise<Reservation | { readonly until: Instant }> {
    const now = this.clock.now();
    const mark = newId('a');
    // Always in one order, so that two attempts never wait for each other's rows.
    const counted = buckets.map(({ key, rule }) => ({ key: this.digest(key), rule })).sort(byKey);
    const writes = new WriteSet();
    for (const { key, rule } of counted) this.store.reserve(writes, { key, rule, mark, now });
    const keys = counted.map(({ key }) => key);
    if (await this.database.tryCommit(writes)) return { keys, mark };
    const waits = await Promise.all(keys.map((key) => this.store.waitOf(key, now)));
    return { until: Math.max(now + SHORTEST, ...waits) };
  }

  /** What the next attempt would meet, as far as nobody else makes one before it. */
  async standing({ key, rule }: Bucket): Promise<Standing> {
    const now = this.clock.now();
    const { attempts, waitUntil } = await this.store.find(this.digest(key), now);
    return waitUntil > now ? { until: waitUntil } : { left: Math.max(1, rule.free - attempts) };
  }

  /** Takes an attempt back that was right, or was not made. */
  async release({ keys, mark }: Reservation): Promise<void> {
    const writes = new WriteSet();
    for (const key of keys) this.store.release(writes, key, mark);
    await this.database.commit(writes);
  }

  /** Forgets what was counted, in the given write-set. */
  forget(writes: WriteSet, ...keys: string[]): void {
    for (const key of keys) this.store.forget(writes, this.digest(key));
  }

  /** The keyed digest under which something is counted or remembered. */
  digest(key: string): string {
    return this.encryption.authenticate(this.purpose, key);
  }
}

function byKey(one: Bucket, other: Bucket): number {
  return one.key < other.key ? -1 : 1;
}
