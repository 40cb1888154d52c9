import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { RecordGenerations } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';

/** What changes of a consent do to tokens from before. */
@Injectable()
export class ConsentTokens {
  constructor(
    private readonly generations: RecordGenerations,
    private readonly families: TokenFamilyStore,
  ) {}

  /** All are void (IR-51). Fails as a condition when that was done, or the record ended, meanwhile. */
  voidAll(writes: WriteSet, record: AuthorizationRecord): void {
    this.generations.renew(writes, record);
  }

  /** Nothing is refreshed any more; what is out lives to its end. */
  endRefresh(writes: WriteSet, { id }: Pick<AuthorizationRecord, 'id'>, now: Instant): void {
    this.families.revokeRefreshOfAuthorization(writes, id, now);
  }
}
