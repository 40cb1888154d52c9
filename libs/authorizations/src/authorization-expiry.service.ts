import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock, newId } from '@valetkey/kernel';
import { AuthorizationExpiryStore } from './persistence/authorization-expiry.store.js';

/**
 * Takes authorization records through the end of their life: permissions past their end leave, records without any expire,
 * and records that ended long ago are forgotten, never sooner than the policies they outrank (decision 0005).
 */
@Injectable()
export class AuthorizationExpiry {
  /** Where the slow round over all records is. It begins anywhere, so that restarts leave no part out. */
  private after = newId('g');

  constructor(
    private readonly store: AuthorizationExpiryStore,
    private readonly clock: Clock,
  ) {}

  /**
   * One batch of each kind. Safe to run twice at once.
   * @param keep - for how long records stay after they ended
   * @returns how many rows ended or left
   */
  async expire(before: Instant, batch: number, keep: Duration): Promise<number> {
    const times = { before, keptSince: before - keep, now: this.clock.now() };
    const permissions = await this.store.expirePermissions(times, batch);
    const records = await this.store.expireRecords(times, batch);
    const unfetched = await this.store.expireUnfetched(times, batch);
    const removed = await this.store.removeOver(times, batch);
    const { changed, last = '' } = await this.store.sweep(times, this.after, batch);
    this.after = last;
    return permissions + records + unfetched + removed + changed;
  }
}
