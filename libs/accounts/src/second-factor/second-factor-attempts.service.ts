import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { Instant } from '@valetkey/kernel';
import { ONE_TIME_CODE } from '../domain/attempt-rule.js';
import { AttemptLimiter } from '../sign-in/attempt-limiter.service.js';

/** Limits tries at the second factors of an account, all of them together. Only who knows the password gets here. */
@Injectable()
export class SecondFactorAttempts {
  constructor(
    private readonly limiter: AttemptLimiter,
    private readonly events: SecurityEvents,
  ) {}

  /** Counts an attempt, makes it, and takes it back when it was right. */
  async make(accountId: string, attempt: () => Promise<boolean>): Promise<'accepted' | 'refused' | { until: Instant }> {
    const reservation = await this.limiter.reserve([{ key: `second factor ${accountId}`, rule: ONE_TIME_CODE }]);
    if ('until' in reservation) {
      this.events.record({ event: 'second_factor_refused', reason: 'throttled', accountId });
      return reservation;
    }
    if (!(await attempt())) {
      this.events.record({ event: 'second_factor_refused', reason: 'wrong_code', accountId });
      return 'refused';
    }
    await this.limiter.release(reservation);
    this.events.record({ event: 'second_factor_accepted', accountId });
    return 'accepted';
  }
}
