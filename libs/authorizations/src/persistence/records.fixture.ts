import { randomUUID } from 'node:crypto';
import type { AuthorizationRecord, NewAuthorization, OwnerId } from '@valetkey/authorizations';
import { rootAuthorization } from '@valetkey/authorizations';

export const NOW = 1_700_000_000_000;

export const anOwner = (): OwnerId => `account:${randomUUID()}`;

/** A root, with what a test cares about. */
export function root(fields: Partial<NewAuthorization> = {}, now = NOW): AuthorizationRecord {
  return rootAuthorization(
    { id: `g_${randomUUID()}`, origin: 'owner', owner: 'account:alice', clientId: 'shop', ...fields },
    now,
  );
}

/** The statement that makes a client of this id. */
export const clientInsertion = (id: string, enabled = true): string =>
  `INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences, access_token_format, enabled,
     managed_by, created_at, updated_at)
   VALUES ('${id}', 'C', 'confidential', 'none', '[]', '[]', '[]', 'opaque', ${enabled ? 'TRUE' : 'FALSE'}, 'operator', 1, 1)`;

export function childOf(parent: AuthorizationRecord, fields: Partial<NewAuthorization> = {}): AuthorizationRecord {
  const { rootId, depth, owner } = parent;
  return { ...root({ owner, ...fields }), parentId: parent.id, rootId, depth: depth + 1 };
}
