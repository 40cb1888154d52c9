import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { RateRule } from '../domain/attempt-rule.js';
import { AttemptCounterStore } from '../persistence/attempt-counter.store.js';
import { AttemptLimiter } from './attempt-limiter.service.js';

/** What is counted, and how many of it a window lets through. */
export interface RateBucket {
  /** What the requests have in common, such as a network. Only its keyed digest is stored. */
  readonly key: string;
  readonly rule: RateRule;
}

/** Between finding that a window is full and looking until when, it may have ended. */
const SHORTEST: Duration = 1000;

/**
 * Bounds how many rows requests can make, over all nodes together and across restarts: each is counted before it makes one, and
 * none is ever taken back.
 */
@Injectable()
export class RateLimiter {
  constructor(
    private readonly store: AttemptCounterStore,
    private readonly database: Database,
    private readonly digests: AttemptLimiter,
    private readonly clock: Clock,
  ) {}

  /** Counts a request in all the buckets, or in none. @returns `undefined`, or until when it has to wait */
  async count(...buckets: readonly RateBucket[]): Promise<Instant | undefined> {
    const now = this.clock.now();
    // Always in one order, so that two requests never wait for each other's rows.
    const counted = buckets
      .map(({ key, rule }) => ({ key: this.digests.digest(`rate:${key}`), rule }))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    const writes = new WriteSet();
    for (const { key, rule } of counted) this.store.count(writes, { key, rule, now });
    if (await this.database.tryCommit(writes)) return undefined;
    const ends = await Promise.all(counted.map(({ key, rule }) => this.store.fullUntil(key, rule, now)));
    return Math.max(now + SHORTEST, ...ends);
  }
}
