import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { PolicyStore } from './persistence/policy.store.js';

/**
 * The time of an owner's word. Ends and policies of hers outrank each other by time; the clocks of two servers differ, and one
 * may step back: what she says later is later all the same.
 */
@Injectable()
export class OwnerMoments {
  constructor(
    private readonly policies: PolicyStore,
    private readonly authorizations: AuthorizationStore,
    private readonly clock: Clock,
  ) {}

  now(): Instant {
    return this.clock.now();
  }

  /** For a policy that is made or changed: after whatever she has ended. */
  async ofPolicy(owner: OwnerId): Promise<Instant> {
    return Math.max(this.now(), ((await this.authorizations.lastEndOf(owner)) ?? 0) + 1);
  }

  /** For the end of a record: not before her youngest policy, and after the end before. */
  async ofEnd(owner: OwnerId): Promise<Instant> {
    const [change = 0, end = 0] = [await this.policies.lastChangeOf(owner), await this.authorizations.lastEndOf(owner)];
    return Math.max(this.now(), change, end + 1);
  }
}
