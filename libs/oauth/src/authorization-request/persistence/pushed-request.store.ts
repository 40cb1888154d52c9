import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { AuthorizationRequest } from '../../domain/authorization-request/authorization-request.js';

const INSERT = statement(
  'INSERT INTO pushed_request (hash, client_id, request, valid_until, expires_at) VALUES (?, ?, ?, ?, ?)',
);
const FIND = statement(
  'SELECT request FROM pushed_request WHERE hash = ? AND client_id = ? AND valid_until > ? AND used_at IS NULL',
);
/** Check and mark in one: of concurrent answers to one pushed request exactly one concerns a row. */
const USE = statement('UPDATE pushed_request SET used_at = ? WHERE hash = ? AND used_at IS NULL');
const KEEP = statement('UPDATE pushed_request SET expires_at = ? WHERE hash = ?');
const EXPIRE = statement(
  'DELETE FROM pushed_request WHERE hash IN (SELECT hash FROM pushed_request WHERE expires_at <= ? LIMIT ?)',
);

/** A pushed request that is about to be stored. */
export interface NewPushedRequest {
  readonly hash: string;
  readonly request: AuthorizationRequest;
  /** Until when it can be opened; nobody needs its row any longer when nobody has opened it then. */
  readonly validUntil: Instant;
}

/** Pushed requests by the hash of the value in their `request_uri`. */
@Injectable()
export class PushedRequestStore {
  constructor(private readonly database: Database) {}

  insert(writes: WriteSet, { hash, request, validUntil }: NewPushedRequest): void {
    writes.expectOne(INSERT, [hash, request.clientId, JSON.stringify(request), validUntil, validUntil]);
  }

  /** The client's own request that can still be opened, or `undefined`. Looking at it changes nothing. */
  async find(hash: string, clientId: string, now: Instant): Promise<AuthorizationRequest | undefined> {
    const row = await this.database.get<{ request: string }>(FIND, [hash, clientId, now]);
    return row && (JSON.parse(row.request) as AuthorizationRequest);
  }

  /** Keeps the row of a request that was opened: its answer has to find it. */
  keep(writes: WriteSet, hash: string, expiresAt: Instant): void {
    writes.add(KEEP, [expiresAt, hash]);
  }

  /** Marks the request as answered; fails as a condition when it was already. */
  use(writes: WriteSet, hash: string, now: Instant): void {
    writes.expectOne(USE, [now, hash]);
  }

  /** One batch of expired ones. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(EXPIRE, [before, batch]));
    return rows;
  }
}
