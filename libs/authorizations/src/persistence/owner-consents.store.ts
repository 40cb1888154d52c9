import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';
import type { AuthorizationOrigin, AuthorizationRecord, OwnerId } from '../domain/authorization.js';

/** More of one owner are not looked at. */
const MOST = 2_000;

const CONSENTS = `SELECT id, origin, client_id, scopes, not_before, expires_at, state, generation, created_at, last_used_at
  FROM authorization_record WHERE owner = ? AND origin <> 'uma' AND state IN ('active', 'suspended')
    AND owner <> 'client:' || client_id AND (expires_at IS NULL OR expires_at > ?)`;
const ALL = statement(`${CONSENTS} ORDER BY id LIMIT ${MOST}`);
const ONE = statement(`${CONSENTS} AND id = ?`);

interface Row {
  id: string;
  origin: AuthorizationOrigin;
  client_id: string;
  scopes: string;
  not_before: number | null;
  expires_at: number | null;
  state: 'active' | 'suspended';
  generation: number;
  created_at: number;
  last_used_at: number | null;
}

/** What an application holds by the owner's consent, at a page or by the operator's hand. */
export type OwnerConsent = Pick<
  AuthorizationRecord,
  | 'id'
  | 'origin'
  | 'clientId'
  | 'scopes'
  | 'notBefore'
  | 'expiresAt'
  | 'state'
  | 'generation'
  | 'createdAt'
  | 'lastUsedAt'
>;

/** Consents of an owner that are not over; what applications hold of their own is none. */
@Injectable()
export class OwnerConsentsStore {
  constructor(private readonly database: Database) {}

  async all(owner: OwnerId, now: Instant): Promise<OwnerConsent[]> {
    return (await this.database.all<Row>(ALL, [owner, now])).map(toConsent);
  }

  /** `undefined` for none, one that is over, and somebody else's. */
  async find(owner: OwnerId, id: string, now: Instant): Promise<OwnerConsent | undefined> {
    const row = await this.database.get<Row>(ONE, [owner, now, id]);
    return row && toConsent(row);
  }
}

function toConsent(row: Row): OwnerConsent {
  return {
    id: row.id,
    origin: row.origin,
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes) as string[],
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    state: row.state,
    generation: row.generation,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
