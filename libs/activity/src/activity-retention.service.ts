import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { ActivityStore } from './persistence/activity.store.js';
import { LastRefusalStore } from './persistence/last-refusal.store.js';

/** Removes what is older than it is kept. */
@Injectable()
export class ActivityRetention {
  constructor(
    private readonly activity: ActivityStore,
    private readonly refusals: LastRefusalStore,
  ) {}

  /** One batch of each kind. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number, keep: Duration): Promise<number> {
    const lines = await this.activity.removeOld(before - keep, batch);
    return lines + (await this.refusals.removeOld(before - keep, batch));
  }
}
