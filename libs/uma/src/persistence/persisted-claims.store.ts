import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { isExpired, issueOpaque, opaqueKeyOf } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Evidence } from '../domain/evidence.js';

const FIND = statement('SELECT * FROM persisted_claims_token WHERE hash = ?');
const INSERT = statement(
  'INSERT INTO persisted_claims_token (hash, client_id, claims, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
);
const LIVING = statement(
  `SELECT hash, expires_at, client_id, revoked_at FROM persisted_claims_token WHERE (expires_at, hash) > (?, ?)
   ORDER BY expires_at, hash LIMIT ?`,
);
const REVOKE = statement('UPDATE persisted_claims_token SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL');

interface Row {
  client_id: string;
  claims: string;
  expires_at: number;
  revoked_at: number | null;
}

/** A persisted claims token (UMA Grant section 3.3.3) as it is found again. */
export interface PersistedClaims {
  readonly clientId: string;
  readonly evidence: Evidence;
  readonly live: boolean;
}

/** Persisted claims tokens: claims that a client may use again without bringing them. Bound to the client. */
@Injectable()
export class PersistedClaimsStore {
  constructor(private readonly database: Database) {}

  /** The claims behind a PCT, dead ones too, or `undefined` when the value is none of ours. */
  async find(value: string, now: Instant): Promise<PersistedClaims | undefined> {
    const key = opaqueKeyOf(value, 'pct');
    const row = key === undefined ? undefined : await this.database.get<Row>(FIND, [key]);
    if (!row) return undefined;
    const live = row.revoked_at === null && !isExpired(row.expires_at, now);
    return { clientId: row.client_id, evidence: JSON.parse(row.claims) as Evidence, live };
  }

  /** @returns the value to hand out */
  issue(writes: WriteSet, token: { clientId: string; evidence: Evidence; now: Instant; expiresAt: Instant }): string {
    const { value, key } = issueOpaque('pct', token.now);
    const claims = JSON.stringify(token.evidence);
    writes.expectOne(INSERT, [key, token.clientId, claims, token.now, token.expiresAt]);
    return value;
  }

  /** Clients of those that end behind a position, in the order of their ends, so many at most; a client stands once for each. */
  async living(
    after: { readonly expiresAt: Instant; readonly hash: string },
    limit: number,
  ): Promise<{ clientIds: string[]; next?: { expiresAt: Instant; hash: string } }> {
    const rows = await this.database.all<Pick<Row, 'client_id' | 'expires_at' | 'revoked_at'> & { hash: string }>(
      LIVING,
      [after.expiresAt, after.hash, limit],
    );
    const clientIds = rows.filter((row) => row.revoked_at === null).map((row) => row.client_id);
    const last = rows.length >= limit ? rows.at(-1) : undefined;
    return { clientIds, ...(last && { next: { expiresAt: last.expires_at, hash: last.hash } }) };
  }

  revoke(writes: WriteSet, value: string, now: Instant): void {
    const key = opaqueKeyOf(value, 'pct');
    if (key !== undefined) writes.add(REVOKE, [now, key]);
  }
}
