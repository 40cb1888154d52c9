import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { RecordGenerations } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { AuthorizationCode } from './persistence/authorization-code.store.js';
import { ConsentStore } from './persistence/consent.store.js';

/** What changes of a consent do to tokens from before. */
@Injectable()
export class ConsentTokens {
  constructor(
    private readonly generations: RecordGenerations,
    private readonly families: TokenFamilyStore,
    private readonly consents: ConsentStore,
  ) {}

  /** All are void (IR-51). Fails as a condition when that was done, or the record ended, meanwhile. */
  voidAll(writes: WriteSet, record: AuthorizationRecord): void {
    this.generations.renew(writes, record);
  }

  /**
   * Nothing from before is refreshed any more, because tokens for all of the grant take its place (IR-50); what is out lives to its
   * end. Add the new tokens after it. Fails as a condition when more was given since the code was read; of two at once the second
   * ends what the first began.
   */
  endRefresh(writes: WriteSet, { authorizationId, terms }: AuthorizationCode, now: Instant): void {
    if (terms) this.consents.rely(writes, terms);
    this.families.revokeRefreshOfAuthorization(writes, authorizationId, now);
  }
}
