import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock, issueOpaque, opaqueKeyOf } from '@valetkey/kernel';
import type { WriteSet as Writes } from '@valetkey/persistence';
import { Database, WriteSet } from '@valetkey/persistence';
import { FROM_ONE_NETWORK, FROM_ONE_PLACE, FROM_UNKNOWN_PLACES } from '../domain/attempt-rule.js';
import { toNameKey } from '../domain/login-name.js';
import type { Person } from '../domain/person.js';
import { KnownPlaceStore } from '../persistence/known-place.store.js';
import type { Reservation } from './attempt-limiter.service.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { networkOf } from './network.js';

/** Who tries to sign in, and from where. */
export interface SignInAttempt {
  readonly name: string;
  readonly accountId: string | undefined;
  readonly address: string;
  /** The value that a former sign-in left in this browser. */
  readonly device: string | undefined;
}

/** An attempt that was let through. */
export interface LetThrough {
  readonly reservation: Reservation;
  /** The key of a device that is known to the account. */
  readonly deviceBucket: string | undefined;
}

const REMEMBERED: Duration = 90 * 86_400_000;
const MOST_PLACES = 30;
const NOBODY = '';

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
    private readonly places: KnownPlaceStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async admit(attempt: SignInAttempt): Promise<LetThrough | { readonly until: Instant }> {
    const name = toNameKey(attempt.name) ?? ' ';
    const { network, device } = this.placesOf(attempt);
    const known = await this.places.known(attempt.accountId ?? NOBODY, [network, device], this.clock.now());
    const isKnownDevice = known.includes(device);
    const place = `${name}\n${isKnownDevice ? device : network}`;
    const buckets = [{ key: place, rule: FROM_ONE_PLACE }];
    if (!isKnownDevice) buckets.push({ key: `sign-in from ${networkOf(attempt.address)}`, rule: FROM_ONE_NETWORK });
    if (known.length === 0) buckets.push({ key: everywhere(name), rule: FROM_UNKNOWN_PLACES });
    const reservation = await this.limiter.reserve(buckets);
    if ('until' in reservation) return reservation;
    return { reservation, deviceBucket: isKnownDevice ? place : undefined };
  }

  /**
   * The attempt was right: it does not count, and its network and device are known from now on.
   * @returns the value for the browser to keep
   */
  async accepted(attempt: SignInAttempt & { readonly accountId: string }, through: LetThrough): Promise<string> {
    await this.limiter.release(through.reservation);
    const now = this.clock.now();
    const issued = through.deviceBucket === undefined ? issueOpaque('dv', now) : undefined;
    const value = issued?.value ?? attempt.device ?? '';
    const { network, device } = this.placesOf({ ...attempt, device: value });
    const writes = new WriteSet();
    for (const place of [network, device]) {
      const { accountId } = attempt;
      this.places.remember(writes, { accountId, place, expiresAt: now + REMEMBERED, most: MOST_PLACES });
    }
    // Nobody else has the value, so nobody gains from a new beginning.
    if (through.deviceBucket !== undefined) this.limiter.forget(writes, through.deviceBucket);
    await this.database.commit(writes);
    return value;
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

  private placesOf({ accountId, address, device }: Omit<SignInAttempt, 'name'>): { network: string; device: string } {
    const key = opaqueKeyOf(device ?? '', 'dv') ?? 'none';
    return {
      // Of the account too: nobody sees in a dump who shares a network.
      network: this.limiter.digest(`network ${accountId ?? NOBODY} ${networkOf(address)}`),
      device: this.limiter.digest(`device ${key}`),
    };
  }
}

function everywhere(name: string): string {
  return `${name}\neverywhere`;
}
