import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';
import type { AuthorizationRecord } from '../domain/authorization.js';

const RENEW = statement(
  `UPDATE authorization_record SET generation = generation + 1 WHERE id = ? AND generation = ? AND state = 'active'`,
);
/** What she signed in for; what an owner or operator set up for others rests on no sign-in. */
const RENEW_GIVEN_BY = statement(
  `UPDATE authorization_record SET generation = generation + 1
   WHERE owner = ? AND origin = 'client' AND state IN ('active', 'suspended')`,
);
/** One statement a state: each has its index. */
const RENEW_USED_BY = (['active', 'suspended'] as const).map((state) =>
  statement(
    `UPDATE authorization_record SET generation = generation + 1 WHERE party_account = ? AND state = '${state}'`,
  ),
);

/**
 * Generations of what is handed out under a record. Codes and tokens say of which they are, and count while it is the present one:
 * ending them all is one row, and what is issued at the same moment, by what was read before, is dead from birth.
 */
@Injectable()
export class RecordGenerations {
  /**
   * Voids every code and token of a record that was read, which lives on (IR-51); fails as a condition when that was done, or it
   * ended, meanwhile.
   */
  renew(writes: WriteSet, { id, generation }: AuthorizationRecord): void {
    writes.expectOne(RENEW, [id, generation]);
  }

  /**
   * Voids every code and token that came from a sign-in of the account, as owner or as requesting party; what she consented to
   * stays. A code or token that is issued at the same moment for a record of before is void, too.
   */
  renewAllOf(writes: WriteSet, accountId: string): void {
    writes.add(RENEW_GIVEN_BY, [`account:${accountId}`]);
    for (const renewal of RENEW_USED_BY) writes.add(renewal, [accountId]);
  }
}
