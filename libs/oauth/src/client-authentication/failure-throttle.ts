import type { Duration, Instant } from '@valetkey/kernel';

interface Window {
  count: number;
  until: Instant;
}

/** Keys in memory at most: older ones leave first. */
const CAPACITY = 50_000;

/** Counts failures of a key in a fixed window, so that guessing is slow. In memory: each node counts for itself. */
export class FailureThrottle {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly most: number,
    private readonly window: Duration,
  ) {}

  /** Milliseconds until the key may try again; 0 when it may now. */
  waitOf(key: string, now: Instant): Duration {
    const window = this.windows.get(key);
    return window && now < window.until && window.count >= this.most ? window.until - now : 0;
  }

  /** Counts one failure. */
  fail(key: string, now: Instant): void {
    const window = this.windows.get(key);
    if (window && now < window.until) {
      window.count += 1;
      return;
    }
    if (this.windows.size >= CAPACITY) this.forgetOldest();
    this.windows.set(key, { count: 1, until: now + this.window });
  }

  private forgetOldest(): void {
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}
