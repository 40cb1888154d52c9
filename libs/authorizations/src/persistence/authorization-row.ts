import type { AuthorizationRecord, AuthorizationState, OwnerId, Party } from '../domain/authorization.js';

/** A row of `authorization_record`, as every store reads it that joins the table. */
export interface AuthorizationRow {
  id: string;
  origin: AuthorizationRecord['origin'];
  owner: OwnerId;
  client_id: string;
  resource_server_id: string | null;
  party: string | null;
  party_key: string | null;
  label: string | null;
  scopes: string;
  not_before: number | null;
  expires_at: number | null;
  parent_id: string | null;
  root_id: string;
  depth: number;
  generation: number;
  state: AuthorizationState;
  created_at: number;
  last_used_at: number | null;
  seen_at: number;
  ended_at: number | null;
}

export function toAuthorization(row: AuthorizationRow): AuthorizationRecord {
  return {
    id: row.id,
    origin: row.origin,
    owner: row.owner,
    clientId: row.client_id,
    resourceServerId: row.resource_server_id,
    party: row.party === null ? null : (JSON.parse(row.party) as Party),
    partyKey: row.party_key,
    label: row.label,
    scopes: JSON.parse(row.scopes) as string[],
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    parentId: row.parent_id,
    rootId: row.root_id,
    depth: row.depth,
    generation: row.generation,
    state: row.state,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    endedAt: row.ended_at,
  };
}
