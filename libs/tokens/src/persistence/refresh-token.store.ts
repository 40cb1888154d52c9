import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { RefreshToken } from '../domain/token.js';
import { formatPermissions, parsePermissions } from './token.store.js';

const INSERT = statement(
  `INSERT INTO refresh_token (hash, family_id, authorization_id, client_id, subject, scopes, audience, permissions,
     issued_at, expires_at, predecessor)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const FIND = statement('SELECT * FROM refresh_token WHERE hash = ?');
const SUCCESSOR_USED = statement(
  'SELECT count(*) AS used FROM refresh_token WHERE family_id = ? AND predecessor = ? AND used_at IS NOT NULL',
);
/** Check and mark in one: of concurrent rotations of one token exactly one concerns a row. */
const USE = statement('UPDATE refresh_token SET used_at = ? WHERE hash = ? AND used_at IS NULL AND revoked_at IS NULL');
const RETRY = statement(
  'UPDATE refresh_token SET retried_at = ? WHERE hash = ? AND retried_at IS NULL AND revoked_at IS NULL',
);
const REPLACE_SUCCESSOR = statement(
  `UPDATE refresh_token SET revoked_at = ?
   WHERE family_id = ? AND predecessor = ? AND used_at IS NULL AND revoked_at IS NULL`,
);
const REVOKE_FAMILY = statement('UPDATE refresh_token SET revoked_at = ? WHERE family_id = ? AND revoked_at IS NULL');
const REVOKE_WITH_RESOURCE = statement(
  `UPDATE refresh_token SET revoked_at = ? WHERE revoked_at IS NULL AND permissions LIKE ? AND authorization_id IN
     (SELECT authorization_id FROM authorization_permission WHERE resource_id = ?)`,
);

interface Row {
  hash: string;
  family_id: string;
  authorization_id: string;
  client_id: string;
  subject: string | null;
  scopes: string;
  audience: string | null;
  permissions: string | null;
  issued_at: number;
  expires_at: number;
  predecessor: string | null;
  used_at: number | null;
  retried_at: number | null;
  revoked_at: number | null;
}

/** Refresh tokens, used ones too until they expire, so that reuse is recognised. */
@Injectable()
export class RefreshTokenStore {
  constructor(private readonly database: Database) {}

  async find(hash: string): Promise<RefreshToken | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toRefreshToken(row);
  }

  /** Whether a token that replaced this one has been used. */
  async isSuccessorUsed(token: RefreshToken): Promise<boolean> {
    const row = await this.database.get<{ used: number }>(SUCCESSOR_USED, [token.familyId, token.hash]);
    return (row?.used ?? 0) > 0;
  }

  insert(writes: WriteSet, token: Omit<RefreshToken, 'usedAt' | 'retriedAt' | 'revokedAt'>): void {
    writes.expectOne(INSERT, [
      token.hash,
      token.familyId,
      token.authorizationId,
      token.clientId,
      token.subject,
      token.scopes.join(' '),
      token.audience,
      formatPermissions(token.permissions),
      token.issuedAt,
      token.expiresAt,
      token.predecessor,
    ]);
  }

  /** Uses the token up; fails as a condition when it was used or revoked. */
  use(writes: WriteSet, hash: string, now: Instant): void {
    writes.expectOne(USE, [now, hash]);
  }

  /** Marks the one repeated answer and ends the unused successor; fails as a condition when either is not so any more. */
  answerAgain(writes: WriteSet, token: RefreshToken, now: Instant): void {
    writes.expectOne(RETRY, [now, token.hash]);
    writes.expectOne(REPLACE_SUCCESSOR, [now, token.familyId, token.hash]);
  }

  revokeFamily(writes: WriteSet, familyId: string, now: Instant): void {
    writes.add(REVOKE_FAMILY, [now, familyId]);
  }

  /**
   * Revokes every refresh token of an RPT that names the resource (UG-42). Call it before the ceilings of that resource
   * are withdrawn: they tell which records are concerned.
   */
  revokeWithResource(writes: WriteSet, resourceId: string, now: Instant): void {
    writes.add(REVOKE_WITH_RESOURCE, [now, `%"${resourceId}"%`, resourceId]);
  }
}

function toRefreshToken(row: Row): RefreshToken {
  return {
    hash: row.hash,
    familyId: row.family_id,
    authorizationId: row.authorization_id,
    clientId: row.client_id,
    subject: row.subject,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    audience: row.audience,
    permissions: parsePermissions(row.permissions),
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    predecessor: row.predecessor,
    usedAt: row.used_at,
    retriedAt: row.retried_at,
    revokedAt: row.revoked_at,
  };
}
