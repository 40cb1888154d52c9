import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { OneTimeCodes, Passkeys } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { ACR, AMR, isAcrAtLeast } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { SignInReason } from '../interaction/interaction-kind.js';

/**
 * What a page asks of the sign-in: that there is one; that it was just now, with a code where codes are on; or by a passkey
 * besides where there is one, since the page changes what the account signs in with.
 */
export type Demand = 'session' | 'recent' | 'surest';

/** Whether a sign-in is good enough for a page of the account (attack class 232). */
@Injectable()
export class SignInDemand {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly passkeys: Passkeys,
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
    return (await this.isSure(session, demand)) ? undefined : 'stronger';
  }

  /** A session from before codes or passkeys were there, or that somebody else has, is not enough to take them away. */
  private async isSure({ accountId, acr, amr }: Session, demand: Demand): Promise<boolean> {
    if (isAcrAtLeast(acr, ACR.phishingResistant)) return true;
    const hasTwoFactors = isAcrAtLeast(acr, ACR.twoFactors);
    if (demand === 'surest' && (await this.passkeys.list(accountId)).length > 0) {
      // Who has lost her device has a code on paper; that of an app is told from it by its method.
      return hasTwoFactors && !amr.includes(AMR.oneTimeCode);
    }
    return hasTwoFactors || !(await this.codes.isEnrolled(accountId));
  }

  private isRecent({ authTime }: Session, askedAt = Number.POSITIVE_INFINITY): boolean {
    return authTime >= askedAt || this.clock.now() - authTime <= this.config.signIn.recentSignIn;
  }
}
