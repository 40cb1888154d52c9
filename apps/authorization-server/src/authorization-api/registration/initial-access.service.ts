import { Inject, Injectable } from '@nestjs/common';
import type { Bucket } from '@valetkey/accounts';
import { AttemptLimiter, networkOf } from '@valetkey/accounts';
import { ClientRegistrationStore } from '@valetkey/clients';
import { Clock, opaqueKeyOf } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { Config } from '../../config/config.js';
import { challengeOf } from '../../http/challenge.js';
import { CONFIG } from '../../http/http-tokens.js';

const MINUTE = 60_000;
const BEARER = /^Bearer +([A-Za-z0-9_-]{1,256}) *$/i;

/** The value of a bearer token in a header; `undefined` for none or anything else. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}

/** 401 as RFC 6750 has it. */
export function notAllowed(reason: 'initial_token_needed' | 'registration_token_invalid'): OAuthError {
  const challenge = challengeOf('Bearer', { error: 'invalid_token' });
  return new OAuthError('invalid_token', reason, { 'www-authenticate': challenge });
}

/** Who may register a client (RFC 7591 section 3). */
@Injectable()
export class InitialAccess {
  private readonly rule: Bucket['rule'];

  constructor(
    private readonly store: ClientRegistrationStore,
    private readonly limiter: AttemptLimiter,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'registration'>,
  ) {
    const free = config.registration.clientsPerNetwork;
    this.rule = { free, waits: [5 * MINUTE, 15 * MINUTE, 30 * MINUTE], memory: 60 * MINUTE };
  }

  /**
   * @returns the hash of the initial access token, to be used up together with the registration; `undefined` without
   * @throws OAuthError not_found where clients cannot register, 401 without a token that is good, 429 for too many
   */
  async check(authorization: string | undefined, address: string): Promise<string | undefined> {
    const { mode } = this.config.registration;
    if (mode === 'off') throw new OAuthError('not_found', 'registration_is_off');
    if (authorization !== undefined || mode === 'initial_access_token') return this.tokenOf(authorization);
    const reserved = await this.limiter.reserve([{ key: `registration:${networkOf(address)}`, rule: this.rule }]);
    if ('until' in reserved) throw tooMany('too_many_registrations', reserved.until - this.clock.now());
    return undefined;
  }

  /** A token that is presented must be good, wherever: whoever brings one wants to know. */
  private async tokenOf(authorization: string | undefined): Promise<string> {
    const value = bearerOf(authorization);
    const hash = value === undefined ? undefined : opaqueKeyOf(value, 'it');
    const isGood = hash !== undefined && (await this.store.isInitialTokenGood(hash, this.clock.now()));
    if (!isGood) throw notAllowed('initial_token_needed');
    return hash;
  }
}

/** 429, until when. */
export function tooMany(reason: 'too_many_registrations' | 'registrations_full', wait: number): OAuthError {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(wait / 1_000))) };
  return new OAuthError('temporarily_unavailable', reason, headers, 429);
}
