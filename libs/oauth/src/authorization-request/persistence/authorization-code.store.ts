import { Injectable } from '@nestjs/common';
import type { TokenGround } from '@valetkey/tokens';
import type { AuthorizationState } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { SignIn } from '@valetkey/tokens';
import type { AuthorizationDetail } from '@valetkey/tokens';
import type { StoredConsent } from './consent.store.js';
import type { ClaimsRequest } from '../../domain/authorization-request/claims-request.js';

const INSERT = statement(
  `INSERT INTO authorization_code (hash, client_id, authorization_id, content, valid_until, expires_at)
   VALUES (?, ?, ?, ?, ?, ?)`,
);
const FIND = statement(
  `SELECT c.*, a.state, a.not_before, a.expires_at AS authorization_expires_at, a.generation,
     a.scopes AS authorization_scopes, t.resources AS consent_resources, t.details AS consent_details,
     t.claims AS consent_claims, t.version AS consent_version
   FROM authorization_code c JOIN authorization_record a ON a.id = c.authorization_id
     LEFT JOIN authorization_consent t ON t.authorization_id = c.authorization_id
   WHERE c.hash = ?`,
);
/**
 * Check and mark in one: of concurrent exchanges of one code exactly one concerns a row. The record is not locked: one that ends
 * at the same moment ends the new tokens, too.
 */
const USE = statement(
  `UPDATE authorization_code SET used_at = ?, family_id = ? WHERE hash = ? AND used_at IS NULL
     AND EXISTS (SELECT 1 FROM authorization_record WHERE id = authorization_id AND state = 'active')`,
);
/** IR-54: tokens of what she gave were fetched. */
const FETCHED = statement(
  `UPDATE authorization_consent SET pending_until = NULL WHERE pending_until IS NOT NULL
     AND authorization_id = (SELECT authorization_id FROM authorization_code WHERE hash = ?)`,
);
const EXPIRE = statement(
  'DELETE FROM authorization_code WHERE hash IN (SELECT hash FROM authorization_code WHERE expires_at <= ? LIMIT ?)',
);

/** What a code stands for, as it was consented to. */
export interface CodeContent {
  readonly redirectUri: string;
  readonly codeChallenge: string;
  /** The person, as this server names her inside. */
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Of the record when she was asked; absent: the first. */
  readonly generation?: number;
  readonly resources: readonly string[];
  readonly signIn: SignIn;
  readonly nonce?: string;
  readonly claims?: ClaimsRequest;
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  readonly dpopJkt?: string;
  /** Whether the client manages grants by name, and is told this one's. */
  readonly isNamedGrant: boolean;
  /** It was given by adding to a grant: the code is for all of that (IR-50). Absent: for itself. */
  readonly isMerge?: true;
  /** Tokens of the consent were fetched before the code was made: nobody waits for these. Absent: perhaps not. */
  readonly isFetched?: boolean;
}

/** An authorization code as it is found again, joined with the state of its authorization. */
export interface AuthorizationCode {
  readonly hash: string;
  readonly clientId: string;
  readonly authorizationId: string;
  readonly content: CodeContent;
  readonly validUntil: Instant;
  readonly usedAt: Instant | null;
  /** The tokens that were issued for it. */
  readonly familyId: string | null;
  readonly authorization: TokenGround;
  /** What the authorization says now; the code may say more, where it was narrowed since. */
  readonly recordScopes: readonly string[];
  /** What it says besides scopes, for a code that was added to a grant; absent: nothing. */
  readonly terms?: RecordTerms;
}

/** Of the terms of a consent, what tokens are for. */
export type RecordTerms = Pick<
  StoredConsent,
  'authorizationId' | 'version' | 'resources' | 'authorizationDetails' | 'claims'
>;

interface Row {
  hash: string;
  client_id: string;
  authorization_id: string;
  content: string;
  valid_until: number;
  used_at: number | null;
  family_id: string | null;
  state: AuthorizationState;
  not_before: number | null;
  authorization_expires_at: number | null;
  generation: number;
  authorization_scopes: string;
  /** `null` without terms, and so are the next. */
  consent_version: number | null;
  consent_resources: string;
  consent_details: string;
  consent_claims: string | null;
}

/** Authorization codes by the hash of their value; used ones too for a while, so that reuse is recognised. */
@Injectable()
export class AuthorizationCodeStore {
  constructor(private readonly database: Database) {}

  insert(
    writes: WriteSet,
    code: Pick<AuthorizationCode, 'hash' | 'clientId' | 'authorizationId' | 'content' | 'validUntil'> & {
      readonly expiresAt: Instant;
    },
  ): void {
    const { hash, clientId, authorizationId, content, validUntil, expiresAt } = code;
    writes.expectOne(INSERT, [hash, clientId, authorizationId, JSON.stringify(content), validUntil, expiresAt]);
  }

  /** The code with this hash, expired and used ones too, or `undefined`. */
  async find(hash: string): Promise<AuthorizationCode | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toCode(row);
  }

  /** Marks the code as used for a family of tokens; fails as a condition when it was used, or its authorization ended. */
  use(
    writes: WriteSet,
    { hash, content }: Pick<AuthorizationCode, 'hash' | 'content'>,
    familyId: string,
    now: Instant,
  ): void {
    writes.expectOne(USE, [now, familyId, hash]);
    if (content.isFetched !== true) writes.add(FETCHED, [hash]);
  }

  /** One batch of expired ones. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(EXPIRE, [before, batch]));
    return rows;
  }
}

function toCode(row: Row): AuthorizationCode {
  const content = JSON.parse(row.content) as CodeContent;
  const version = content.isMerge ? row.consent_version : null;
  return {
    hash: row.hash,
    clientId: row.client_id,
    authorizationId: row.authorization_id,
    content,
    validUntil: row.valid_until,
    usedAt: row.used_at,
    familyId: row.family_id,
    recordScopes: JSON.parse(row.authorization_scopes) as string[],
    ...(version !== null && { terms: toTerms(row, version) }),
    authorization: {
      state: row.state,
      notBefore: row.not_before,
      expiresAt: row.authorization_expires_at,
      generation: row.generation,
    },
  };
}

function toTerms(row: Row, version: number): RecordTerms {
  return {
    authorizationId: row.authorization_id,
    version,
    resources: JSON.parse(row.consent_resources) as string[],
    authorizationDetails: JSON.parse(row.consent_details) as AuthorizationDetail[],
    claims: JSON.parse(row.consent_claims ?? '[]') as string[],
  };
}
