import { Inject, Injectable } from '@nestjs/common';
import { networkOf, RateLimiter } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AssertionRates, Reason } from '@valetkey/oauth';
import { OAuthError } from '@valetkey/oauth';
import type { Config } from '../config/config.js';
import { CONFIG } from './http-tokens.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SECOND = 1_000;
/** In a minute: more are no household's. */
const MOST_DEVICES = 60;
/** In a minute: five a second, of clients that the operator may still vouch for when they need more. */
const MOST_ASSERTIONS = 300;
/** Whoever types and thinks stays below; whoever wants to know everybody does not get far in an hour. */
const [MOST_SEARCHES, MOST_SEARCHES_AN_HOUR] = [120, 1_000];
/** In a day: whoever invites her friends stays below, and so does whoever mistypes an address; a sender of advertisements does not. */
const [MOST_INVITATIONS, MOST_OF_ONE_ADDRESS] = [50, 5];
/** In a day, from all owners together: nobody's mailbox is filled by this server. */
const MOST_MAILS_TO_ADDRESS = 10;

/** How many requests that leave rows behind, or make this server call others, are taken (attack class 264; RFC 9126 section 7). */
@Injectable()
export class RequestRates implements AssertionRates {
  constructor(
    private readonly rates: RateLimiter,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'limits'>,
  ) {}

  /**
   * Counts a pushed request. By its client, where only that can push for it; the name of a public client is no secret, and whoever
   * registers itself may have any number of names, so that these count by network.
   * @throws OAuthError 429
   */
  async push(client: Client, address: string): Promise<void> {
    const isAnybody = client.type === 'public' || isStranger(client);
    const key = isAnybody ? `push:network:${networkOf(address)}` : `push:client:${client.id}`;
    const until = await this.rates.count({ key, rule: { most: this.config.limits.pushedRequests, window: MINUTE } });
    if (until !== undefined) throw this.tooMany('too_many_pushed_requests', until);
  }

  /**
   * Counts a device that asks to wait: by its client and network, and for strangers, who may have any number of clients, by network.
   * @throws OAuthError 429
   */
  async device(client: Client, address: string): Promise<void> {
    const key = `device:${isStranger(client) ? '' : client.id}:${networkOf(address)}`;
    const until = await this.rates.count({ key, rule: { most: MOST_DEVICES, window: MINUTE } });
    if (until !== undefined) throw this.tooMany('too_many_device_requests', until);
  }

  /**
   * Counts an assertion of a client that anybody may have made: by it, since it may come from anywhere, and by network, since there it
   * may have any number of names.
   * @throws OAuthError 429
   */
  async assertion(client: Client, address: string): Promise<void> {
    if (!isStranger(client)) return;
    const rule = { most: MOST_ASSERTIONS, window: MINUTE };
    const keys = [`assertion:client:${client.id}`, `assertion:network:${networkOf(address)}`];
    const until = await this.rates.count(...keys.map((key) => ({ key, rule })));
    if (until !== undefined) throw this.tooMany('too_many_assertions', until);
  }

  /**
   * Counts a person who begins something at her browser. Who is signed in there, or was lately, counts by her account alone, so that
   * strangers in her network, and all over the world, keep her from nothing.
   * @param accountId - `undefined` for a browser that is nobody's
   * @throws OAuthError 429
   */
  async visit(accountId: string | undefined, address: string): Promise<void> {
    const { visits, visitsOfNetwork } = this.config.limits;
    const own = { most: visitsOfNetwork, window: MINUTE };
    const buckets =
      accountId !== undefined
        ? [{ key: `visit:account:${accountId}`, rule: own }]
        : [
            { key: `visit:network:${networkOf(address)}`, rule: own },
            { key: 'visit:all', rule: { most: visits, window: MINUTE } },
          ];
    const until = await this.rates.count(...buckets);
    if (until !== undefined) throw this.tooMany('too_many_visits', until);
  }

  /**
   * Counts a change of what a client registered: each may make this server call an address, and everything is checked anew.
   * @throws OAuthError 429
   */
  async change(clientId: string, address: string): Promise<void> {
    const { changes, changesOfNetwork } = this.config.limits;
    const until = await this.rates.count(
      { key: `change:client:${clientId}`, rule: { most: changes, window: HOUR } },
      { key: `change:network:${networkOf(address)}`, rule: { most: changesOfNetwork, window: HOUR } },
    );
    if (until !== undefined) throw this.tooMany('too_many_changes', until);
  }

  /**
   * Counts a search in the directory, by its owner, however she comes.
   * @throws OAuthError 429
   */
  async search(owner: string): Promise<void> {
    const until = await this.rates.count(
      { key: `search:${owner}`, rule: { most: MOST_SEARCHES, window: MINUTE } },
      { key: `search:hour:${owner}`, rule: { most: MOST_SEARCHES_AN_HOUR, window: HOUR } },
    );
    if (until !== undefined) throw this.tooMany('too_many_searches', until);
  }

  /**
   * Counts an invitation by its owner, and by her and the address: what others have sent there is told to nobody.
   * @throws OAuthError 429
   */
  async invitation(owner: string, address: string): Promise<void> {
    const until = await this.rates.count(
      { key: `invitation:${owner}`, rule: { most: MOST_INVITATIONS, window: DAY } },
      { key: `invitation:${owner}:${address.toLowerCase()}`, rule: { most: MOST_OF_ONE_ADDRESS, window: DAY } },
    );
    if (until !== undefined) throw this.tooMany('invitations_too_fast', until);
  }

  /** Counts a mail to somebody whom perhaps nobody here knows, whoever wants it sent. @returns until when it has to wait, if it has */
  mailTo(address: string): Promise<Instant | undefined> {
    return this.rates.count({
      key: `invitation-mail:${address.toLowerCase()}`,
      rule: { most: MOST_MAILS_TO_ADDRESS, window: DAY },
    });
  }

  private tooMany(reason: Reason, until: Instant): OAuthError {
    const seconds = Math.max(1, Math.ceil((until - this.clock.now()) / SECOND));
    return new OAuthError('temporarily_unavailable', reason, { 'retry-after': String(seconds) }, 429);
  }
}
