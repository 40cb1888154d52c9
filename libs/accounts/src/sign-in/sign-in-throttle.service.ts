import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet as Writes } from '@valetkey/persistence';
import { Database, WriteSet } from '@valetkey/persistence';
import { FROM_ONE_NETWORK, FROM_ONE_PLACE, FROM_UNKNOWN_PLACES } from '../domain/attempt-rule.js';
import { toNameKey } from '../domain/login-name.js';
import type { Person } from '../domain/person.js';
import type { Reservation } from './attempt-limiter.service.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import type { Place } from './known-places.service.js';
import { KnownPlaces } from './known-places.service.js';
import { networkOf } from './network.js';

/** Who tries to sign in, and from where. */
export interface SignInAttempt extends Place {
  readonly name: string;
  readonly accountId: string | undefined;
}

/** An attempt that was let through. */
export interface LetThrough {
  readonly reservation: Reservation;
  /** The key of a device that is known to the account. */
  readonly deviceBucket: string | undefined;
}

/**
 * Slows an attacker and not the owner (attack class 230): attempts count for the name and the network they come from, and all
 * networks that the account was never signed in from count together. Who comes from a known network, or with a device that is
 * remembered, waits for nobody else's failures at this name. All names together are counted by network, too, or one password
 * could be tried on each of them: there a device alone is known, since a network that counted less for the names of its people
 * would tell its neighbours which those are. Names of nobody are counted like all others; user name and e-mail address
 * apart, or their common wait would tell that they belong together.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly limiter: AttemptLimiter,
    private readonly places: KnownPlaces,
    private readonly database: Database,
  ) {}

  async admit(attempt: SignInAttempt): Promise<LetThrough | { readonly until: Instant }> {
    const name = toNameKey(attempt.name) ?? ' ';
    const { network, device, isKnownNetwork, isKnownDevice } = await this.places.see(attempt.accountId, attempt);
    const place = `${name}\n${isKnownDevice ? device : network}`;
    const buckets = [{ key: place, rule: FROM_ONE_PLACE }];
    if (!isKnownDevice) {
      buckets.push({ key: `sign-in from ${networkOf(attempt.address)}`, rule: FROM_ONE_NETWORK });
      if (!isKnownNetwork) buckets.push({ key: everywhere(name), rule: FROM_UNKNOWN_PLACES });
    }
    const reservation = await this.limiter.reserve(buckets);
    if ('until' in reservation) return reservation;
    return { reservation, deviceBucket: isKnownDevice ? place : undefined };
  }

  /** The attempt was right: it does not count. */
  async accepted(through: LetThrough): Promise<void> {
    await this.limiter.release(through.reservation);
    if (through.deviceBucket === undefined) return;
    const writes = new WriteSet();
    // Nobody else has the value, so nobody gains from a new beginning.
    this.limiter.forget(writes, through.deviceBucket);
    await this.database.commit(writes);
  }

  /** The attempt was not made. */
  async withdraw({ reservation }: LetThrough): Promise<void> {
    await this.limiter.release(reservation);
  }

  /** The owner proved to be it in another way: nobody's failures keep her waiting, and no place is known any more. */
  startAnew(writes: Writes, person: Person): void {
    for (const name of [person.username, person.email ?? '']) {
      const key = toNameKey(name);
      if (key !== undefined) this.limiter.forget(writes, everywhere(key));
    }
    this.places.forgetAll(writes, person.id);
  }
}

function everywhere(name: string): string {
  return `${name}\neverywhere`;
}
