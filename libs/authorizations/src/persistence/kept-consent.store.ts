import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AuthorizationRecord } from '../domain/authorization.js';

const FIND = statement(
  'SELECT resources, details, declined, claims, version FROM authorization_consent WHERE authorization_id = ?',
);
const HOLD = statement('UPDATE authorization_record SET root_id = root_id WHERE id = ? AND scopes = ?');
const SAME = statement('SELECT 1 FROM authorization_consent WHERE authorization_id = ? AND version = ?');
const INSERT = statement(
  `INSERT INTO authorization_consent (authorization_id, resources, details, declined, claims, version, given_at, pending_until)
   VALUES (?, ?, ?, ?, ?, 1, ?, NULL)`,
);
const HOLDS = statement('SELECT 1 FROM client WHERE id = ? AND enabled');

/** What a consent says besides the scopes of its record, as it is stored: whoever makes consents reads it, nobody else. */
export interface KeptConsent {
  readonly resources: string;
  readonly details: string;
  readonly declined: string | null;
  readonly claims: string | null;
  readonly version: number;
}

/** Keeps what consents said when they end, and says it again under another record. */
@Injectable()
export class KeptConsentStore {
  constructor(private readonly database: Database) {}

  /** `undefined` for a record that came from no request, and one that is over. */
  find(authorizationId: string): Promise<KeptConsent | undefined> {
    return this.database.get<KeptConsent>(FIND, [authorizationId]);
  }

  /** The write-set relies on the consent saying what was read; comes before its end. */
  rely(writes: WriteSet, { id, scopes }: Pick<AuthorizationRecord, 'id' | 'scopes'>, { version }: KeptConsent): void {
    writes.expectOne(HOLD, [id, JSON.stringify(scopes)]).guard(SAME, [id, version]);
  }

  /** The new record says the same. Nobody waits for its first tokens: its client does not know of it. */
  insert(writes: WriteSet, authorizationId: string, kept: KeptConsent, now: Instant): void {
    const { resources, details, declined, claims } = kept;
    writes.expectOne(INSERT, [authorizationId, resources, details, declined, claims, now]);
  }

  /** Whether there is such a client, and it may hold anything. */
  async mayHold(clientId: string): Promise<boolean> {
    return (await this.database.get(HOLDS, [clientId])) !== undefined;
  }

  /** The decision relies on {@link mayHold}. */
  guardHolder(writes: WriteSet, clientId: string): void {
    writes.guard(HOLDS, [clientId]);
  }
}
