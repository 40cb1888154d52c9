import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { Instant } from '@valetkey/kernel';
import { ONE_TIME_CODE } from '../domain/attempt-rule.js';
import type { Standing } from '../sign-in/attempt-limiter.service.js';
import { AttemptLimiter } from '../sign-in/attempt-limiter.service.js';
import type { Place } from '../sign-in/known-places.service.js';
import { KnownPlaces } from '../sign-in/known-places.service.js';

/** What an attempt at a second factor ends with; a wait tells until when. */
export type CodeOutcome = 'accepted' | 'refused' | { readonly until: Instant };

/** A code as a form brings it. */
export interface PresentedCode {
  readonly accountId: string;
  readonly code: string;
  readonly place: Place;
}

export function isAcceptedCode(outcome: CodeOutcome): boolean {
  return outcome === 'accepted';
}

/**
 * Limits tries at the second factors of an account, all of them together. Only who knows the password gets here; that may be a
 * stranger, and what he tries wrongly must not keep the owner out (attack class 230): each place that the account was signed in
 * from, with everything that is asked for, counts for itself, and all other places count together. Nothing ends these waits: a
 * recovery link proves no more than the mailbox, and whoever reads that would get new tries with each of them.
 */
@Injectable()
export class SecondFactorAttempts {
  constructor(
    private readonly limiter: AttemptLimiter,
    private readonly places: KnownPlaces,
    private readonly events: SecurityEvents,
  ) {}

  /** Counts an attempt where it is made, makes it, and takes it back when it was right. */
  async make(accountId: string, place: Place, attempt: () => Promise<boolean>): Promise<CodeOutcome> {
    return this.count(await this.keyOf(accountId, place), accountId, attempt);
  }

  /** What the next attempt at this place would meet: tries that are left, or a wait. It is no secret: whoever tries finds it out. */
  async standing(accountId: string, place: Place): Promise<Standing> {
    return this.limiter.standing({ key: await this.keyOf(accountId, place), rule: ONE_TIME_CODE });
  }

  /** The same for the first code of an app that is being set up: who does that is signed in, and finds out nothing. */
  confirm(accountId: string, attempt: () => Promise<boolean>): Promise<CodeOutcome> {
    return this.count(`first code ${accountId}`, accountId, attempt);
  }

  private async keyOf(accountId: string, place: Place): Promise<string> {
    const { network, device, isKnownNetwork, isKnownDevice } = await this.places.see(accountId, place);
    const known = isKnownDevice ? device : isKnownNetwork ? network : '';
    return `second factor ${accountId} ${known}`;
  }

  private async count(key: string, accountId: string, attempt: () => Promise<boolean>): Promise<CodeOutcome> {
    const reservation = await this.limiter.reserve([{ key, rule: ONE_TIME_CODE }]);
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
