import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';

/** An authorization counts while something can be got with it: a set of tokens that was not revoked and is not over. */
const CONNECTED = statement(
  `SELECT count(DISTINCT owner) AS owners, max(last_used_at) AS last_used_at FROM (
     SELECT a.owner, a.last_used_at FROM authorization_record a
     WHERE a.client_id = ? AND a.owner > ? AND a.state IN ('active', 'suspended') AND a.state = 'active'
       AND a.scopes LIKE ? AND (a.expires_at IS NULL OR a.expires_at > ?)
       AND EXISTS (SELECT 1 FROM token_family f WHERE f.authorization_id = a.id AND f.revoked_at IS NULL AND f.expires_at > ?)
     ORDER BY a.owner LIMIT ?) AS living`,
);

/** Owners for whom a client has living tokens with a scope. */
export interface ConnectedOwners {
  readonly owners: number;
  /** `null`: never. */
  readonly lastUsedAt: Instant | null;
}

/** For operators: whether clients have the tokens that they work with. */
@Injectable()
export class ConnectedOwnersStore {
  constructor(private readonly database: Database) {}

  /** @param most - not counted further */
  async of(client: { id: string; scope: string }, now: Instant, most: number): Promise<ConnectedOwners> {
    const values = [client.id, '', `%"${client.scope}"%`, now, now, most];
    const row = await this.database.get<{ owners: number; last_used_at: number | null }>(CONNECTED, values);
    return { owners: row?.owners ?? 0, lastUsedAt: row?.last_used_at ?? null };
  }
}
