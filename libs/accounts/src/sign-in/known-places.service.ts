import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { Clock, issueOpaque, opaqueKeyOf } from '@valetkey/kernel';
import type { WriteSet as Writes } from '@valetkey/persistence';
import { Database, WriteSet } from '@valetkey/persistence';
import { KnownPlaceStore } from '../persistence/known-place.store.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { networkOf } from './network.js';

/** Where somebody is. */
export interface Place {
  readonly address: string;
  /** The value that a former sign-in left in this browser; absent or anything else for other browsers. */
  readonly device: string | undefined;
}

/** A place as it is seen from an account. */
export interface SeenPlace {
  /** Keyed digests: these alone are stored. */
  readonly network: string;
  readonly device: string;
  readonly isKnownNetwork: boolean;
  readonly isKnownDevice: boolean;
}

const REMEMBERED: Duration = 90 * 86_400_000;
const MOST_PLACES = 30;
const NOBODY = '';

/**
 * Networks and devices that an account was signed in from. What strangers do keeps nobody out of them (attack class 230), so a place
 * is known only after everything was given that a sign-in asks for.
 */
@Injectable()
export class KnownPlaces {
  constructor(
    private readonly store: KnownPlaceStore,
    private readonly digests: AttemptLimiter,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param accountId - `undefined` for nobody, who knows no place: the same question is asked */
  async see(accountId: string | undefined, place: Place): Promise<SeenPlace> {
    const { network, device } = this.digestsOf(accountId, place);
    const known = await this.store.known(accountId ?? NOBODY, [network, device], this.clock.now());
    return { network, device, isKnownNetwork: known.includes(network), isKnownDevice: known.includes(device) };
  }

  /** Who was signed in at the device last, or `undefined` for one that is unknown or was forgotten. */
  async accountOf(device: string | undefined): Promise<string | undefined> {
    // Most strangers show nothing, and nothing is looked up for them.
    if (opaqueKeyOf(device ?? '', 'dv') === undefined) return undefined;
    const { device: digest } = this.digestsOf(undefined, { address: '', device });
    return this.store.accountOf(digest, this.clock.now());
  }

  /**
   * Somebody signed in there: network and device are known from now on.
   * @returns the value for the browser to keep: the one it has where that is known already, since nobody else has it
   */
  async remember(accountId: string, { address, device }: Place): Promise<string> {
    const now = this.clock.now();
    const { isKnownDevice } = await this.see(accountId, { address, device });
    const value = isKnownDevice && device !== undefined ? device : issueOpaque('dv', now).value;
    const places = this.digestsOf(accountId, { address, device: value });
    const writes = new WriteSet();
    for (const place of [places.network, places.device]) {
      this.store.remember(writes, { accountId, place, expiresAt: now + REMEMBERED, most: MOST_PLACES });
    }
    await this.database.commit(writes);
    return value;
  }

  /** No place is known any more. */
  forgetAll(writes: Writes, accountId: string): void {
    this.store.forgetAll(writes, accountId);
  }

  private digestsOf(accountId: string | undefined, { address, device }: Place): { network: string; device: string } {
    const key = opaqueKeyOf(device ?? '', 'dv') ?? 'none';
    return {
      // Of the account too: nobody sees in a dump who shares a network.
      network: this.digests.digest(`network ${accountId ?? NOBODY} ${networkOf(address)}`),
      device: this.digests.digest(`device ${key}`),
    };
  }
}
