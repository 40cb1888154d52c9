import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationState, OwnerId, Party } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { RequestedClaims } from '../domain/person-claims.js';
import type { AuthorizationDetail, Confirmation, RefreshToken, SignIn } from '../domain/token.js';
import { formatContext, formatMark, formatPermissions, parseContext, parsePermissions } from './token.store.js';

const INSERT = statement(
  `INSERT INTO refresh_token (hash, family_id, authorization_id, client_id, subject, scopes, audience, permissions,
     issued_at, expires_at, sign_in, confirmation, claims, details, opens_user_info,
     resources)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const FIND = statement(
  `SELECT r.*, coalesce(f.revoked_at, f.refresh_revoked_at) AS family_revoked_at, f.generation AS family_generation,
     f.expires_at AS family_expires_at, a.state AS authorization_state, a.not_before AS authorization_not_before,
     a.expires_at AS authorization_expires_at, a.owner, a.party,
     a.resource_server_id, a.generation AS authorization_generation
   FROM refresh_token r JOIN token_family f ON f.id = r.family_id JOIN authorization_record a ON a.id = r.authorization_id
   WHERE r.hash = ?`,
);
const IS_USED = statement('SELECT used_at FROM refresh_token WHERE hash = ?');
/**
 * The family and the record live. Neither is locked: one that ends at the same moment ends the new tokens, too, since they read
 * it when they are looked up.
 */
const STANDS = `EXISTS (SELECT 1 FROM token_family f JOIN authorization_record a ON a.id = f.authorization_id
  WHERE f.id = family_id AND f.revoked_at IS NULL AND f.refresh_revoked_at IS NULL AND f.generation = a.generation
    AND a.state = 'active')`;
/** Check and mark in one: of concurrent rotations of one token exactly one concerns a row. */
const USE = statement(
  `UPDATE refresh_token SET used_at = ?, successor = ?
   WHERE hash = ? AND used_at IS NULL AND revoked_at IS NULL AND ${STANDS}`,
);
const RETRY = statement(
  `UPDATE refresh_token SET retried_at = ?, successor = ?
   WHERE hash = ? AND successor = ? AND retried_at IS NULL AND revoked_at IS NULL AND ${STANDS}`,
);
const REPLACE = statement(
  'UPDATE refresh_token SET revoked_at = ? WHERE hash = ? AND used_at IS NULL AND revoked_at IS NULL',
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
  successor: string | null;
  used_at: number | null;
  retried_at: number | null;
  revoked_at: number | null;
  sign_in: string | null;
  confirmation: string | null;
  claims: string | null;
  details: string | null;
  opens_user_info: boolean | number | null;
  /** Of a token from before they were kept, and where there is nothing but its audience: nothing. */
  resources: string | null;
  family_revoked_at: number | null;
  family_generation: number;
  family_expires_at: number;
  authorization_state: AuthorizationState;
  authorization_not_before: number | null;
  authorization_expires_at: number | null;
  authorization_generation: number;
  owner: OwnerId;
  party: string | null;
  resource_server_id: string | null;
}

/** A refresh token that is about to be stored: the rest comes with its use, or of other rows. */
type NewRefreshToken = Omit<
  RefreshToken,
  'familyExpiresAt' | 'successor' | 'usedAt' | 'retriedAt' | 'replacedAt' | 'isRevoked' | 'authorization'
>;

/** Refresh tokens, used ones too until they expire, so that reuse is recognised. */
@Injectable()
export class RefreshTokenStore {
  constructor(private readonly database: Database) {}

  async find(hash: string): Promise<RefreshToken | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toRefreshToken(row);
  }

  /** Whether the token that replaced this one has been used. */
  async isSuccessorUsed({ successor }: RefreshToken): Promise<boolean> {
    if (successor === null) return false;
    return (await this.database.get<{ used_at: number | null }>(IS_USED, [successor]))?.used_at !== null;
  }

  insert(writes: WriteSet, token: NewRefreshToken): void {
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
      formatContext(token.signIn),
      formatContext(token.confirmation),
      formatContext(token.claims),
      formatContext(token.authorizationDetails),
      formatMark(token.opensUserInfo),
      formatResources(token),
    ]);
  }

  /** Uses the token up for its successor; fails as a condition when it was used or revoked, or its authorization ended. */
  use(writes: WriteSet, token: Pick<RefreshToken, 'hash'>, successor: string, now: Instant): void {
    writes.expectOne(USE, [now, successor, token.hash]);
  }

  /**
   * Marks the one repeated answer, and puts another successor in the place of the unused one; fails as a condition when
   * either is not so any more.
   */
  answerAgain(writes: WriteSet, token: RefreshToken, successor: string, now: Instant): void {
    writes.expectOne(RETRY, [now, successor, token.hash, token.successor]);
    writes.expectOne(REPLACE, [now, token.successor]);
  }
}

function toRefreshToken(row: Row): RefreshToken {
  return {
    hash: row.hash,
    familyId: row.family_id,
    familyExpiresAt: row.family_expires_at,
    authorizationId: row.authorization_id,
    clientId: row.client_id,
    subject: row.subject,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    audience: row.audience,
    ...(row.opens_user_info && { opensUserInfo: true }),
    ...(row.resources !== null && { resources: JSON.parse(row.resources) as string[] }),
    permissions: parsePermissions(row.permissions),
    signIn: parseContext<SignIn>(row.sign_in),
    confirmation: parseContext<Confirmation>(row.confirmation),
    claims: parseContext<RequestedClaims>(row.claims),
    authorizationDetails: parseContext<readonly AuthorizationDetail[]>(row.details),
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    successor: row.successor,
    usedAt: row.used_at,
    retriedAt: row.retried_at,
    replacedAt: row.revoked_at,
    isRevoked: row.family_revoked_at !== null || row.family_generation !== row.authorization_generation,
    authorization: {
      state: row.authorization_state,
      notBefore: row.authorization_not_before,
      expiresAt: row.authorization_expires_at,
      generation: row.authorization_generation,
      owner: row.owner,
      resourceServerId: row.resource_server_id,
      party: row.party === null ? null : (JSON.parse(row.party) as Party),
    },
  };
}

/** Most refresh tokens are for one audience. */
function formatResources({ audience, resources = [] }: NewRefreshToken): string | null {
  return resources.some((resource) => resource !== audience) ? JSON.stringify(resources) : null;
}
