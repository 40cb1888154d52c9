import type { Clock, Duration, Instant } from './clock.js';
import { ExpiringCache } from './expiring-cache.js';

interface UnderWay<V> {
  readonly value: Promise<V | undefined>;
  readonly since: Instant;
}

/**
 * Look-ups that are remembered for a moment, and shared while they are under way: when a remembered value is over, the many that
 * wait for it cause one read, not one each. What was changed is seen no later than `lifetime` after it, joined reads included: one
 * that has been under way for longer is not joined any more. Nothing found (`undefined`) and a read that failed are not kept.
 */
export class SharedReads<V> {
  private readonly remembered: ExpiringCache<V>;
  private readonly underWay = new Map<string, UnderWay<V>>();

  constructor(
    private readonly clock: Clock,
    private readonly lifetime: Duration,
    capacity: number,
  ) {
    this.remembered = new ExpiringCache(lifetime, capacity);
  }

  /** The remembered value, that of the read under way, or else that of a new read, whose failure all that joined it see. */
  async get(key: string, read: () => Promise<V | undefined>): Promise<V | undefined> {
    const now = this.clock.now();
    const known = this.remembered.get(key, now);
    if (known !== undefined) return known;
    const present = this.underWay.get(key);
    // A clock that stepped back must not make a read joinable for longer.
    const canJoin = present !== undefined && now >= present.since && now < present.since + this.lifetime;
    return canJoin ? present.value : this.begin(key, read, now);
  }

  /** Reads whatever is remembered or under way; the value counts from here on. */
  getAfresh(key: string, read: () => Promise<V | undefined>): Promise<V | undefined> {
    return this.begin(key, read, this.clock.now());
  }

  /** Forgets everything; reads under way answer those who wait for them, and are neither joined nor remembered. */
  clear(): void {
    this.remembered.clear();
    this.underWay.clear();
  }

  private begin(key: string, read: () => Promise<V | undefined>, since: Instant): Promise<V | undefined> {
    const begun: UnderWay<V> = { value: read(), since };
    this.underWay.set(key, begun);
    const finish = (value?: V) => {
      // A younger read may have begun meanwhile, or everything was forgotten: what this one saw is too old then.
      if (this.underWay.get(key) !== begun) return;
      this.underWay.delete(key);
      if (value !== undefined) this.remembered.set(key, value, since);
    };
    begun.value.then(finish, () => finish());
    return begun.value;
  }
}
