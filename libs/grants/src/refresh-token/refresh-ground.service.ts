import { Injectable } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRecord, Party } from '@valetkey/authorizations';
import { AuthorizationStore, isLive } from '@valetkey/authorizations';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { WriteSet } from '@valetkey/persistence';

/** Whether what a refresh token stands on is still there: the record, and whoever vouches for the requesting party. */
@Injectable()
export class RefreshGround {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly accounts: AccountStore,
    private readonly issuers: TrustedIssuerStore,
  ) {}

  /** The live record, or `undefined` when it has ended, or its party's account was disabled, or her issuer distrusted. */
  async find(authorizationId: string, now: Instant): Promise<AuthorizationRecord | undefined> {
    const record = await this.authorizations.find(authorizationId);
    if (!record || !isLive(record, now)) return undefined;
    return record.party === null || (await this.isVouchedFor(record.party)) ? record : undefined;
  }

  /** The refresh relies on the record being active when it is committed. */
  guard(writes: WriteSet, record: AuthorizationRecord): void {
    this.authorizations.guardActive(writes, record.id);
  }

  private async isVouchedFor({ issuer, subject }: Party): Promise<boolean> {
    const trusted = await this.issuers.enabled();
    if (!trusted.some((one) => one.issuer === issuer)) return false;
    return (await this.accounts.findLinked(issuer, subject))?.enabled !== false;
  }
}
