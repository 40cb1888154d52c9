import { Injectable } from '@nestjs/common';
import type { Bucket, Reservation } from '@valetkey/accounts';
import { AttemptLimiter, networkOf, RateLimiter } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import type { DeviceCode } from '@valetkey/oauth';
import { DeviceCodes } from '@valetkey/oauth';
import type { FastifyRequest } from 'fastify';
import { BrowserSession } from '../../interaction/browser-session.service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Guesses of one network of strangers, and of one account: 18 in the first hour, then four. There are 20^8 codes, 34.5 bits, and each
 * waits ten minutes (RFC 8628 section 5.1): with a hundred of them waiting, 18 guesses hit one in 14 million times.
 */
const USER_CODE: Bucket['rule'] = {
  free: 10,
  waits: [MINUTE / 2, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE],
  memory: HOUR,
};
/**
 * Tries of all accounts together, right ones too: whoever has many accounts hits one of a hundred waiting codes once in 25,000 hours.
 * Beyond it people count by their network, as strangers do: so nobody is kept out by it who was not before.
 */
const OF_ALL_ACCOUNTS = { key: 'user-code:accounts', rule: { most: 10_000, window: HOUR } };

/** What came of a code that somebody typed. */
export type EntryOutcome =
  | { readonly outcome: 'found'; readonly device: DeviceCode; readonly userCode: string }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'wait'; readonly until: Instant };

/**
 * Looks for the devices whose codes people type, no faster than guessing may be. Who is signed in, or was at this browser, has tries
 * of her own before those of her network: the guesses of a neighbour keep her from nothing.
 */
@Injectable()
export class UserCodeEntry {
  constructor(
    private readonly devices: DeviceCodes,
    private readonly limiter: AttemptLimiter,
    private readonly rates: RateLimiter,
    private readonly session: BrowserSession,
  ) {}

  /** A code that was never one and one that is over are the same: `unknown`. */
  async enter(typed: string, http: FastifyRequest): Promise<EntryOutcome> {
    const reserved = (await this.reserveOwn(http)) ?? (await this.reserve(`network:${networkOf(http.ip)}`));
    if ('until' in reserved) return { outcome: 'wait', until: reserved.until };
    const found = await this.devices.findWaiting(typed);
    if (!found) return { outcome: 'unknown' };
    await this.limiter.release(reserved);
    return { outcome: 'found', ...found };
  }

  /** A try of the account that is signed in, or was last at this browser; `undefined` where there is none, or it has none left. */
  private async reserveOwn(http: FastifyRequest): Promise<Reservation | undefined> {
    const account = await this.session.ownerOf(http);
    if (account === undefined) return undefined;
    const reserved = await this.reserve(`account:${account}`);
    if ('until' in reserved) return undefined;
    if ((await this.rates.count(OF_ALL_ACCOUNTS)) === undefined) return reserved;
    await this.limiter.release(reserved);
    return undefined;
  }

  private reserve(whose: string): Promise<Reservation | { readonly until: Instant }> {
    return this.limiter.reserve([{ key: `user-code:${whose}`, rule: USER_CODE }]);
  }
}
