import { Injectable } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import type { Party } from '@valetkey/authorizations';
import { isLive } from '@valetkey/authorizations';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { RefreshToken } from '@valetkey/tokens';

/** Whether what a refresh token stands on is still there: the record, and whoever vouches for the requesting party. */
@Injectable()
export class RefreshGround {
  constructor(
    private readonly accounts: AccountStore,
    private readonly issuers: TrustedIssuerStore,
  ) {}

  /** False when the record has ended, or its party's account was disabled, or her issuer distrusted. */
  async stands({ authorization }: RefreshToken, now: Instant): Promise<boolean> {
    if (!isLive(authorization, now)) return false;
    return authorization.party === null || (await this.isVouchedFor(authorization.party));
  }

  private async isVouchedFor({ issuer, subject }: Party): Promise<boolean> {
    const trusted = await this.issuers.enabled();
    if (!trusted.some((one) => one.issuer === issuer)) return false;
    return (await this.accounts.findLinked(issuer, subject))?.enabled !== false;
  }
}
