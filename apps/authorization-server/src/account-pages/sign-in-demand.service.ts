import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { OneTimeCodes } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { ACR, isAcrAtLeast } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { SignInReason } from '../interaction/interaction-kind.js';

/** What a page asks of the sign-in: that there is one, or that it was just now and as sure as the account can. */
export type Demand = 'session' | 'recent';

/** Whether a sign-in is good enough for a page of the account (attack class 232). */
@Injectable()
export class SignInDemand {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * What is missing, or `undefined`.
   * @param askedAt - since when the sign-in has been waited for: a sign-in after that is recent, however long it took to come here
   */
  async missing(session: Session | undefined, demand: Demand, askedAt?: Instant): Promise<SignInReason | undefined> {
    if (!session) return 'nobody';
    if (demand === 'session') return undefined;
    if (!this.isRecent(session, askedAt)) return 'again';
    // A session from before the codes were switched on, or that somebody else has, is not enough to switch them off.
    const isSure = isAcrAtLeast(session.acr, ACR.twoFactors) || !(await this.codes.isEnrolled(session.accountId));
    return isSure ? undefined : 'stronger';
  }

  private isRecent({ authTime }: Session, askedAt = Number.POSITIVE_INFINITY): boolean {
    return authTime >= askedAt || this.clock.now() - authTime <= this.config.signIn.recentSignIn;
  }
}
