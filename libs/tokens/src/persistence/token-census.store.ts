import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { SqlValue } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import { SERVER_SCOPE } from '@valetkey/protocol';
import type { TokenKind } from '../domain/token.js';

/** Living as an introspection would say, but for what the time of the authorization itself adds. */
const TOKENS = statement(
  `SELECT t.hash, t.expires_at, t.client_id, t.kind, t.scopes,
     CASE WHEN t.revoked_at IS NULL AND f.revoked_at IS NULL AND a.state = 'active'
       AND coalesce(f.generation, a.generation) = a.generation THEN 1 ELSE 0 END AS living
   FROM (SELECT * FROM token WHERE (expires_at, hash) > (?, ?) ORDER BY expires_at, hash LIMIT ?) t
   JOIN authorization_record a ON a.id = t.authorization_id LEFT JOIN token_family f ON f.id = t.family_id
   ORDER BY t.expires_at, t.hash`,
);
const REFRESH_TOKENS = statement(
  `SELECT r.hash, r.expires_at, r.client_id,
     CASE WHEN r.revoked_at IS NULL AND r.used_at IS NULL AND f.revoked_at IS NULL AND f.refresh_revoked_at IS NULL
       AND a.state = 'active' AND f.generation = a.generation THEN 1 ELSE 0 END AS living
   FROM (SELECT * FROM refresh_token WHERE (expires_at, hash) > (?, ?) ORDER BY expires_at, hash LIMIT ?) r
   JOIN authorization_record a ON a.id = r.authorization_id JOIN token_family f ON f.id = r.family_id
   ORDER BY r.expires_at, r.hash`,
);

interface Row {
  hash: string;
  expires_at: number;
  client_id: string;
  living: number;
}

/** Where a count goes on: behind the token that ends then. */
export interface CensusPosition {
  readonly expiresAt: Instant;
  readonly hash: string;
}

/** As a count tells tokens apart: an access token to the protection API is a kind of its own. */
export type LivingKind = TokenKind | 'protection' | 'refresh';

/** So many tokens were looked at, of which these live. */
export interface CensusPart {
  readonly living: readonly { readonly clientId: string; readonly kind: LivingKind }[];
  /** `undefined`: that was the last. */
  readonly next?: CensusPosition;
}

/** Looks through the living tokens in the order of their ends, piece by piece, so that no index is kept for counting them. */
@Injectable()
export class TokenCensusStore {
  constructor(private readonly database: Database) {}

  /** Access tokens and RPTs that have a row. */
  async tokens(after: CensusPosition, limit: number): Promise<CensusPart> {
    const rows = await this.database.all<Row & { kind: TokenKind; scopes: string }>(TOKENS, valuesOf(after, limit));
    return partOf(rows, limit, ({ kind, scopes }) =>
      kind === 'at' && scopes.split(' ').includes(SERVER_SCOPE.protection) ? 'protection' : kind,
    );
  }

  /** Refresh tokens that were not used yet. */
  async refreshTokens(after: CensusPosition, limit: number): Promise<CensusPart> {
    const rows = await this.database.all<Row>(REFRESH_TOKENS, valuesOf(after, limit));
    return partOf(rows, limit, () => 'refresh');
  }
}

function valuesOf({ expiresAt, hash }: CensusPosition, limit: number): SqlValue[] {
  return [expiresAt, hash, limit];
}

function partOf<R extends Row>(rows: readonly R[], limit: number, kindOf: (row: R) => LivingKind): CensusPart {
  const living = rows.filter((row) => row.living === 1).map((row) => ({ clientId: row.client_id, kind: kindOf(row) }));
  const last = rows.at(-1);
  return {
    living,
    ...(last && rows.length >= limit && { next: { expiresAt: last.expires_at, hash: last.hash } }),
  };
}
