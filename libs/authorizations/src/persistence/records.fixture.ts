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

export function childOf(parent: AuthorizationRecord, fields: Partial<NewAuthorization> = {}): AuthorizationRecord {
  const { rootId, depth, owner } = parent;
  return { ...root({ owner, ...fields }), parentId: parent.id, rootId, depth: depth + 1 };
}
