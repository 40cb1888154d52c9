import type { Duration, Instant } from './clock.js';

interface Entry<V> {
  readonly value: V;
  readonly until: Instant;
}

/**
 * A bounded memory of recent look-ups. Entries live for `lifetime` at most, so what another process changed is seen no later
 * than that; when full, the oldest entry leaves.
 */
export class ExpiringCache<V> {
  private readonly entries = new Map<string, Entry<V>>();

  constructor(
    private readonly lifetime: Duration,
    private readonly capacity: number,
  ) {}

  /** The remembered value, or `undefined` when there is none that is still fresh. */
  get(key: string, now: Instant): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    // A clock that stepped back must not make an entry live longer.
    if (now < entry.until && now >= entry.until - this.lifetime) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  set(key: string, value: V, now: Instant): void {
    if (this.entries.size >= this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(key, { value, until: now + this.lifetime });
  }

  clear(): void {
    this.entries.clear();
  }
}
