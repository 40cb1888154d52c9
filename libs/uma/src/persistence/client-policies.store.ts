import { Injectable } from '@nestjs/common';
import type { ClientOfOwner } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';

/** The policies that the owner made for a client itself, whomever it acts for. */
const FOR_CLIENT = `policy.owner = ? AND policy.client_id = ? AND policy.subject LIKE '{"type":"client"%'`;
const RECORDS = `SELECT id FROM authorization_record
  WHERE owner = ? AND client_id = ? AND resource_server_id = ? AND state IN ('active', 'suspended')`;
// Ids have no LIKE wildcard but `_`, which can only match more than meant, and quotes end them.
const GAVE = `policy.resource_id = given.resource_id AND given.policy_ids LIKE '%"' || policy.id || '"%'`;

const REVOKE_REFRESH = statement(
  `UPDATE token_family SET refresh_revoked_at = ?
   WHERE refresh_revoked_at IS NULL AND authorization_id IN (${RECORDS}) AND EXISTS
     (SELECT 1 FROM authorization_permission given JOIN policy ON ${GAVE}
      WHERE ${FOR_CLIENT} AND given.authorization_id = token_family.authorization_id
        AND token_family.permissions LIKE '%"' || given.resource_id || '"%')`,
);
const WITHDRAW = statement(
  `DELETE FROM authorization_permission AS given
   WHERE authorization_id IN (${RECORDS}) AND EXISTS (SELECT 1 FROM policy WHERE ${GAVE} AND ${FOR_CLIENT})`,
);

/** What policies for a client itself have given, across all its records at one resource server. */
@Injectable()
export class ClientPoliciesStore {
  /**
   * Withdraws all of it: the permissions, and the refresh tokens that name them. Hold the owner before
   * ({@link AuthorizationStore.holdOwner}): what an assessment gives at the same moment is seen then, or not given. Costs by what
   * the client holds of hers, not by what she has.
   */
  withdraw(writes: WriteSet, { owner, clientId, resourceServerId }: ClientOfOwner, now: Instant): void {
    const [client, records] = [
      [owner, clientId],
      [owner, clientId, resourceServerId],
    ];
    writes.add(REVOKE_REFRESH, [now, ...records, ...client]);
    writes.add(WITHDRAW, [...records, ...client]);
  }
}
