import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';
import type { Policy } from '../domain/policy.js';

const LIVING = 'f.revoked_at IS NULL AND f.expires_at > ?';
// Ids have no LIKE wildcard but `_`, which can only match more than meant, and quotes end them.
const OF_POLICY = statement(
  `SELECT count(*) AS alive FROM authorization_permission given
     JOIN token_family f ON f.authorization_id = given.authorization_id
   WHERE given.resource_id = ? AND given.policy_ids LIKE ? AND ${LIVING} AND f.permissions LIKE ?`,
);
const OF_RECORD = statement(`SELECT count(*) AS alive FROM token_family f WHERE f.authorization_id = ? AND ${LIVING}`);

/** How many living sets of tokens (of one issue and its refreshes) an access has led to. */
@Injectable()
export class ShareTokensStore {
  constructor(private readonly database: Database) {}

  async ofPolicy({ id, resourceId }: Pick<Policy, 'id' | 'resourceId'>, now: Instant): Promise<number> {
    return this.count(OF_POLICY, [resourceId, `%"${id}"%`, now, `%"${resourceId}"%`]);
  }

  async ofRecord(authorizationId: string, now: Instant): Promise<number> {
    return this.count(OF_RECORD, [authorizationId, now]);
  }

  private async count(statementOf: typeof OF_POLICY, values: readonly (string | number)[]): Promise<number> {
    return (await this.database.get<{ alive: number }>(statementOf, values))?.alive ?? 0;
  }
}
