import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, AuthorizationRow } from '@valetkey/authorizations';
import { toAuthorization } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AuthorizationDetail } from '@valetkey/tokens';

const FIND = statement('SELECT * FROM authorization_consent WHERE authorization_id = ?');
const FIND_OPEN = statement(
  `SELECT a.*, c.* FROM authorization_record a JOIN authorization_consent c ON c.authorization_id = a.id
   WHERE a.party_key = ? AND a.state IN ('active', 'suspended')`,
);
const INSERT = statement(
  `INSERT INTO authorization_consent (authorization_id, resources, details, declined, claims, version, given_at, pending_until)
   VALUES (?, ?, ?, ?, ?, 1, ?, ?)`,
);
const REPLACE = statement(
  `UPDATE authorization_consent SET resources = ?, details = ?, declined = ?, claims = ?, given_at = ?,
     version = version + 1
   WHERE authorization_id = ? AND version = ?`,
);
/** Locked, too: of two that rely on the same terms the second sees what the first has done. */
const RELY = statement('UPDATE authorization_consent SET version = version WHERE authorization_id = ? AND version = ?');
const STILL_PENDING = statement(
  'UPDATE authorization_consent SET pending_until = ? WHERE authorization_id = ? AND pending_until IS NOT NULL',
);

interface Row {
  authorization_id: string;
  resources: string;
  details: string;
  /** Of a consent from before scopes could be optional: nothing. */
  declined: string | null;
  /** Of a consent from before claims were consented to one by one: nothing. */
  claims: string | null;
  version: number;
  given_at: number;
  pending_until: number | null;
}

/** What a person gave besides scopes, which its record has. */
export interface ConsentTerms {
  readonly resources: readonly string[];
  readonly authorizationDetails: readonly AuthorizationDetail[];
  /** Optional scopes that she was asked for and left out. */
  readonly declined: readonly string[];
  /** Claims about her that she gave one by one, and not with a scope. */
  readonly claims: readonly string[];
}

export interface StoredConsent extends ConsentTerms {
  readonly authorizationId: string;
  readonly version: number;
  readonly givenAt: Instant;
  /** Until when its first tokens can be fetched; `null`: they were. */
  readonly pendingUntil: Instant | null;
}

/** What a person gave a client: the record, and the terms that it has besides. */
export interface RecordedConsent {
  readonly record: AuthorizationRecord;
  readonly terms: StoredConsent;
}

/** When something was given, and until when its first tokens can be fetched (IR-54). */
export interface ConsentTimes {
  readonly givenAt: Instant;
  readonly pendingUntil: Instant;
}

/** Terms of consents, one row for each authorization record that came from a request. */
@Injectable()
export class ConsentStore {
  constructor(private readonly database: Database) {}

  /** The terms of a record, or `undefined` when it did not come from a request. */
  async find(authorizationId: string): Promise<StoredConsent | undefined> {
    const row = await this.database.get<Row>(FIND, [authorizationId]);
    return row && toConsent(row);
  }

  /** The one record of a party key that is not over, living or suspended, with its terms; or `undefined`. */
  async findOpen(partyKey: string): Promise<RecordedConsent | undefined> {
    const row = await this.database.get<Row & AuthorizationRow>(FIND_OPEN, [partyKey]);
    return row && { record: toAuthorization(row), terms: toConsent(row) };
  }

  insert(writes: WriteSet, authorizationId: string, terms: ConsentTerms, times: ConsentTimes): void {
    writes.expectOne(INSERT, [authorizationId, ...columnsOf(terms), times.givenAt, times.pendingUntil]);
  }

  /** More was given before any tokens of it were fetched: there is time for them again. */
  waitLonger(writes: WriteSet, { authorizationId, pendingUntil }: StoredConsent, until: Instant): void {
    if (pendingUntil !== null) writes.add(STILL_PENDING, [until, authorizationId]);
  }

  /** What is written rests on the terms as they were read; fails as a condition when they changed meanwhile. One at a time. */
  rely(writes: WriteSet, { authorizationId, version }: Pick<StoredConsent, 'authorizationId' | 'version'>): void {
    writes.expectOne(RELY, [authorizationId, version]);
  }

  /** Puts other terms in the place of those that were read; fails as a condition when they changed meanwhile. */
  replace(writes: WriteSet, present: StoredConsent, terms: ConsentTerms, now: Instant): void {
    writes.expectOne(REPLACE, [...columnsOf(terms), now, present.authorizationId, present.version]);
  }
}

function columnsOf({ resources, authorizationDetails, declined, claims }: ConsentTerms): string[] {
  return [resources, authorizationDetails, declined, claims].map((list) => JSON.stringify(list));
}

function toConsent(row: Row): StoredConsent {
  return {
    authorizationId: row.authorization_id,
    resources: JSON.parse(row.resources) as string[],
    authorizationDetails: JSON.parse(row.details) as AuthorizationDetail[],
    declined: JSON.parse(row.declined ?? '[]') as string[],
    claims: JSON.parse(row.claims ?? '[]') as string[],
    version: row.version,
    givenAt: row.given_at,
    pendingUntil: row.pending_until,
  };
}
