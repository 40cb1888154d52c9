import { Injectable } from '@nestjs/common';
import type { Bucket } from '@valetkey/accounts';
import { AttemptLimiter, networkOf } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import type { DeviceCode } from '@valetkey/oauth';
import { DeviceCodes } from '@valetkey/oauth';

const MINUTE = 60_000;

/** Guesses of one network, wherever its browsers are signed in: 34 bits and ten minutes leave it no chance (RFC 8628 section 5.1). */
const USER_CODE: Bucket['rule'] = {
  free: 10,
  waits: [MINUTE / 2, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE],
  memory: 60 * MINUTE,
};

/** What came of a code that somebody typed. */
export type EntryOutcome =
  | { readonly outcome: 'found'; readonly device: DeviceCode; readonly userCode: string }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'wait'; readonly until: Instant };

/** Looks for the devices whose codes people type, no faster than guessing may be. */
@Injectable()
export class UserCodeEntry {
  constructor(
    private readonly devices: DeviceCodes,
    private readonly limiter: AttemptLimiter,
  ) {}

  /** A code that was never one and one that is over are the same: `unknown`. */
  async enter(typed: string, address: string): Promise<EntryOutcome> {
    const reserved = await this.limiter.reserve([{ key: `user-code:${networkOf(address)}`, rule: USER_CODE }]);
    if ('until' in reserved) return { outcome: 'wait', until: reserved.until };
    const found = await this.devices.findWaiting(typed);
    if (!found) return { outcome: 'unknown' };
    await this.limiter.release(reserved);
    return { outcome: 'found', ...found };
  }
}
