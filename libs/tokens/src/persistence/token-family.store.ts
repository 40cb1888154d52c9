import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';
import type { TokenPermission } from '../domain/token.js';
import { formatPermissions } from './token.store.js';

const INSERT = statement(
  'INSERT INTO token_family (id, authorization_id, generation, permissions, expires_at) VALUES (?, ?, ?, ?, ?)',
);
const PROLONG = statement('UPDATE token_family SET expires_at = ? WHERE id = ? AND expires_at < ?');
const REVOKE = statement('UPDATE token_family SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
const REVOKE_OF_CLIENT = statement(
  `UPDATE token_family SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL AND EXISTS
     (SELECT 1 FROM authorization_record a WHERE a.id = token_family.authorization_id AND a.client_id = ?)`,
);
const REVOKE_REFRESH_OF_AUTHORIZATION = statement(
  'UPDATE token_family SET refresh_revoked_at = ? WHERE authorization_id = ? AND refresh_revoked_at IS NULL',
);
const REVOKE_REFRESH_OF_CLIENT = statement(
  `UPDATE token_family SET refresh_revoked_at = ? WHERE refresh_revoked_at IS NULL AND authorization_id IN
     (SELECT id FROM authorization_record WHERE client_id = ? AND state IN ('active', 'suspended'))`,
);
const REVOKE_REFRESH_WITH_RESOURCE = statement(
  `UPDATE token_family SET refresh_revoked_at = ? WHERE refresh_revoked_at IS NULL AND permissions LIKE ?
     AND authorization_id IN (SELECT authorization_id FROM authorization_permission WHERE resource_id = ?)`,
);
const REVOKE_REFRESH_WITH_POLICY = statement(
  `UPDATE token_family SET refresh_revoked_at = ? WHERE refresh_revoked_at IS NULL AND permissions LIKE ?
     AND authorization_id IN
       (SELECT authorization_id FROM authorization_permission WHERE resource_id = ? AND policy_ids LIKE ?)`,
);

/**
 * Tokens that end together: those that came of one refresh token by rotation, or of one UMA process. Ending a family is one
 * row; its tokens read it when they are looked up.
 */
@Injectable()
export class TokenFamilyStore {
  /**
   * @param family - `generation` of the record as it was read for the decision; `permissions` for the family of an RPT: which
   *   resources its refresh token names
   */
  insert(
    writes: WriteSet,
    family: {
      readonly id: string;
      readonly authorizationId: string;
      readonly generation: number;
      readonly permissions: readonly TokenPermission[] | null;
      readonly expiresAt: Instant;
    },
  ): void {
    const { id, authorizationId, generation, permissions, expiresAt } = family;
    writes.expectOne(INSERT, [id, authorizationId, generation, formatPermissions(permissions), expiresAt]);
  }

  /** A family lives as long as its youngest token. */
  prolong(writes: WriteSet, id: string, expiresAt: Instant): void {
    writes.add(PROLONG, [expiresAt, id, expiresAt]);
  }

  /** Ends every token of the family, now and later. */
  revoke(writes: WriteSet, id: string, now: Instant): void {
    writes.add(REVOKE, [now, id]);
  }

  /** Ends the family with this id when it is one of the client's; nothing otherwise. */
  revokeOfClient(writes: WriteSet, id: string, clientId: string, now: Instant): void {
    writes.add(REVOKE_OF_CLIENT, [now, id, clientId]);
  }

  /** Ends every refresh token of the record (IR-50). */
  revokeRefreshOfAuthorization(writes: WriteSet, authorizationId: string, now: Instant): void {
    writes.add(REVOKE_REFRESH_OF_AUTHORIZATION, [now, authorizationId]);
  }

  /** Ends every refresh token of the client: what bound them to it, its way to prove who it is, is gone. */
  revokeRefreshOfClient(writes: WriteSet, clientId: string, now: Instant): void {
    writes.add(REVOKE_REFRESH_OF_CLIENT, [now, clientId]);
  }

  /**
   * Revokes every refresh token of an RPT that names the resource (UG-42); the RPTs themselves lose just that permission.
   * Call it before the ceilings of that resource are withdrawn: they tell which records are concerned.
   */
  revokeRefreshWithResource(writes: WriteSet, resourceId: string, now: Instant): void {
    writes.add(REVOKE_REFRESH_WITH_RESOURCE, [now, `%"${resourceId}"%`, resourceId]);
  }

  /** The same where one policy goes: only the refresh tokens of records that it permitted something on the resource. */
  revokeRefreshWithPolicy(writes: WriteSet, resourceId: string, policyId: string, now: Instant): void {
    const [withResource, withPolicy] = [`%"${resourceId}"%`, `%"${policyId}"%`];
    writes.add(REVOKE_REFRESH_WITH_POLICY, [now, withResource, resourceId, withPolicy]);
  }
}
