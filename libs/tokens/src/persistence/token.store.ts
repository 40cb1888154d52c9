import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationState, OwnerId, Party } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { RequestedClaims } from '../domain/person-claims.js';
import type {
  AuthorizationDetail,
  Confirmation,
  FoundToken,
  SignIn,
  TokenContent,
  TokenKind,
  TokenPermission,
} from '../domain/token.js';

const INSERT = statement(
  `INSERT INTO token (hash, kind, authorization_id, client_id, family_id, subject, scopes, audience, permissions,
     issued_at, expires_at, revoked_at, sign_in, confirmation, claims, details, opens_user_info)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const FIND = statement(
  `SELECT t.*, f.revoked_at AS family_revoked_at, f.generation, a.owner, a.party, a.resource_server_id, a.state AS authorization_state,
     a.not_before AS authorization_not_before, a.expires_at AS authorization_expires_at,
     a.generation AS authorization_generation
   FROM token t JOIN authorization_record a ON a.id = t.authorization_id LEFT JOIN token_family f ON f.id = t.family_id
   WHERE t.hash = ?`,
);
const REVOKE = statement('UPDATE token SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL');
const DENY = statement(
  `INSERT INTO token (hash, kind, authorization_id, client_id, scopes, issued_at, expires_at, revoked_at)
   VALUES (?, 'at', ?, ?, '', ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET revoked_at = excluded.revoked_at`,
);

interface Row {
  hash: string;
  kind: TokenKind;
  authorization_id: string;
  client_id: string;
  family_id: string | null;
  subject: string | null;
  scopes: string;
  audience: string | null;
  permissions: string | null;
  issued_at: number;
  expires_at: number;
  revoked_at: number | null;
  sign_in: string | null;
  confirmation: string | null;
  claims: string | null;
  details: string | null;
  opens_user_info: boolean | number | null;
  family_revoked_at: number | null;
  /** Of the family; `null` where there is none. */
  generation: number | null;
  owner: OwnerId;
  party: string | null;
  resource_server_id: string | null;
  authorization_state: AuthorizationState;
  authorization_not_before: number | null;
  authorization_expires_at: number | null;
  authorization_generation: number;
}

export interface NewToken extends TokenContent {
  readonly hash: string;
  readonly kind: TokenKind;
  readonly familyId: string | null;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** Access tokens and RPTs by the hash of their value; a JWT access token by the hash of its `jti`, where it has a row. */
@Injectable()
export class TokenStore {
  constructor(private readonly database: Database) {}

  insert(writes: WriteSet, token: NewToken): void {
    writes.expectOne(INSERT, [
      token.hash,
      token.kind,
      token.authorizationId,
      token.clientId,
      token.familyId,
      token.subject,
      token.scopes.join(' '),
      token.audience,
      formatPermissions(token.permissions),
      token.issuedAt,
      token.expiresAt,
      null,
      formatContext(token.signIn),
      formatContext(token.confirmation),
      formatContext(token.claims),
      formatContext(token.authorizationDetails),
      formatMark(token.opensUserInfo),
    ]);
  }

  /** The token with this hash, dead or alive, or `undefined`. */
  async find(hash: string): Promise<FoundToken | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toFoundToken(row);
  }

  revoke(writes: WriteSet, hash: string, now: Instant): void {
    writes.add(REVOKE, [now, hash]);
  }

  /** Puts a JWT on the deny list until it expires (IR-32); one that has a row already is marked there. */
  deny(
    writes: WriteSet,
    token: Pick<NewToken, 'hash' | 'authorizationId' | 'clientId' | 'issuedAt' | 'expiresAt'>,
    now: Instant,
  ): void {
    const { hash, authorizationId, clientId, issuedAt, expiresAt } = token;
    writes.add(DENY, [hash, authorizationId, clientId, issuedAt, expiresAt, now]);
  }
}

/** What identifies a token in answers and logs: the end of its key, part of a digest from which nothing leads back. */
export function tokenIdOf(hash: string): string {
  return hash.slice(-22);
}

function toFoundToken(row: Row): FoundToken {
  return {
    kind: row.kind,
    hash: row.hash,
    id: tokenIdOf(row.hash),
    authorizationId: row.authorization_id,
    clientId: row.client_id,
    familyId: row.family_id,
    subject: row.subject,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    audience: row.audience,
    ...(row.opens_user_info && { opensUserInfo: true }),
    permissions: parsePermissions(row.permissions),
    signIn: parseContext<SignIn>(row.sign_in),
    confirmation: parseContext<Confirmation>(row.confirmation),
    claims: parseContext<RequestedClaims>(row.claims),
    authorizationDetails: parseContext<readonly AuthorizationDetail[]>(row.details),
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    revoked: row.revoked_at !== null || row.family_revoked_at !== null || isOfEarlierGeneration(row),
    owner: row.owner,
    party: row.party === null ? null : (JSON.parse(row.party) as Party),
    resourceServerId: row.resource_server_id,
    authorization: {
      state: row.authorization_state,
      notBefore: row.authorization_not_before,
      expiresAt: row.authorization_expires_at,
      generation: row.authorization_generation,
    },
  };
}

function isOfEarlierGeneration({ generation, authorization_generation }: Row): boolean {
  return generation !== null && generation !== authorization_generation;
}

type Context = SignIn | Confirmation | RequestedClaims | readonly AuthorizationDetail[];

/** Sign-in, confirmation, requested claims and details as their columns keep them. */
export function formatContext(context: Context | undefined): string | null {
  return context === undefined ? null : JSON.stringify(context);
}

export function parseContext<T extends Context>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T);
}

/** A mark as its column keeps it: most rows have none. */
export function formatMark(mark: true | undefined): number | null {
  return mark === undefined ? null : Number(mark);
}

type StoredPermission = [resourceId: string, scopes: string[], resourceVersion: number];

/** Permissions as the column keeps them. */
export function formatPermissions(permissions: readonly TokenPermission[] | null): string | null {
  return permissions && JSON.stringify(permissions.map((one) => [one.resourceId, one.scopes, one.resourceVersion]));
}

export function parsePermissions(text: string | null): TokenPermission[] | null {
  if (text === null) return null;
  const stored = JSON.parse(text) as StoredPermission[];
  return stored.map(([resourceId, scopes, resourceVersion]) => ({ resourceId, scopes, resourceVersion }));
}
