import { Injectable } from '@nestjs/common';
import type { AuthorizationState } from '@valetkey/authorizations';
import type { Duration, Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { SignIn, TokenGround } from '@valetkey/tokens';
import type { AskedAccess } from '../../authorization-request/request.validator.js';

const INSERT = statement(
  `INSERT INTO device_code (hash, user_code, client_id, request, state, poll_interval, asked_at, valid_until, expires_at)
   VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?)`,
);
const COLUMNS = `d.*, a.state AS authorization_state, a.not_before, a.expires_at AS authorization_expires_at,
   a.generation, a.scopes AS authorization_scopes`;
const JOINED = 'device_code d LEFT JOIN authorization_record a ON a.id = d.authorization_id';
const FIND = statement(`SELECT ${COLUMNS} FROM ${JOINED} WHERE d.hash = ?`);
const FIND_WAITING = statement(
  `SELECT ${COLUMNS} FROM ${JOINED} WHERE d.user_code = ? AND d.state = 'pending' AND d.valid_until > ?`,
);
/** Check and mark in one: of concurrent decisions exactly one concerns a row. */
const APPROVE = statement(
  `UPDATE device_code SET state = 'approved', authorization_id = ?, content = ?
   WHERE hash = ? AND state = 'pending' AND valid_until > ?`,
);
const DENY = statement(`UPDATE device_code SET state = 'denied' WHERE hash = ? AND state = 'pending'`);
/** What was read is still so: of requests at the same moment one is in time, and the others see it. */
const POLL = statement(
  `UPDATE device_code SET polled_at = ?, poll_interval = ?
   WHERE hash = ? AND poll_interval = ? AND COALESCE(polled_at, 0) = ? AND state = 'pending'`,
);
/** Of concurrent exchanges exactly one concerns a row. A record that ends at the same moment ends the new tokens, too. */
const USE = statement(
  `UPDATE device_code SET state = 'used' WHERE hash = ? AND state = 'approved'
     AND EXISTS (SELECT 1 FROM authorization_record WHERE id = authorization_id AND state = 'active')`,
);
/** IR-54: tokens of what she gave were fetched. */
const FETCHED = statement(
  `UPDATE authorization_consent SET pending_until = NULL WHERE pending_until IS NOT NULL
     AND authorization_id = (SELECT authorization_id FROM device_code WHERE hash = ?)`,
);
const EXPIRE = statement(
  'DELETE FROM device_code WHERE hash IN (SELECT hash FROM device_code WHERE expires_at <= ? LIMIT ?)',
);

/** What a device asked for, checked against what its client registered. */
export interface DeviceRequest extends AskedAccess {
  /** Where it asked from. */
  readonly address: string;
  /** A proxy that is not configured may have passed it on: then the address is that proxy's. */
  readonly isForwarded?: boolean;
  /** What it calls itself. */
  readonly deviceName?: string;
  /** Thumbprint of the DPoP key that it proved to hold when it asked. */
  readonly dpopJkt?: string;
}

/** What a person gave. */
export interface DeviceContent extends AskedAccess {
  /** The person, as this server names her inside. */
  readonly subject: string;
  readonly signIn: SignIn;
  /** Of the record when she decided; absent: the first. */
  readonly generation?: number;
}

/** What a person decided about a device. */
export type DeviceDecision =
  | { readonly state: 'pending' | 'denied' }
  | {
      readonly state: 'approved' | 'used';
      readonly authorizationId: string;
      readonly content: DeviceContent;
      readonly authorization: TokenGround;
      /** What the authorization says now. */
      readonly recordScopes: readonly string[];
    };

/** A device that waits, or waited. */
export interface DeviceCode {
  readonly hash: string;
  readonly clientId: string;
  readonly request: DeviceRequest;
  readonly decision: DeviceDecision;
  readonly pollInterval: Duration;
  readonly polledAt: Instant | null;
  readonly askedAt: Instant;
  readonly validUntil: Instant;
}

/** A device that begins to wait. */
export type NewDeviceCode = Pick<
  DeviceCode,
  'hash' | 'clientId' | 'request' | 'pollInterval' | 'askedAt' | 'validUntil'
> & {
  /** Keyed digest of the code that the person types. */
  readonly userCode: string;
  readonly expiresAt: Instant;
};

interface Row {
  hash: string;
  client_id: string;
  request: string;
  state: DeviceDecision['state'];
  authorization_id: string | null;
  content: string | null;
  poll_interval: number;
  polled_at: number | null;
  asked_at: number;
  valid_until: number;
  authorization_state: AuthorizationState | null;
  not_before: number | null;
  authorization_expires_at: number | null;
  generation: number | null;
  authorization_scopes: string | null;
}

/** Device codes by the hash of their value, found by the keyed digest of their user code, too (RFC 8628). */
@Injectable()
export class DeviceCodeStore {
  constructor(private readonly database: Database) {}

  /** Fails as a condition when the user code is taken. */
  insert(writes: WriteSet, code: NewDeviceCode): void {
    const { hash, userCode, clientId, request, pollInterval, askedAt, validUntil, expiresAt } = code;
    const text = JSON.stringify(request);
    writes.expectOne(INSERT, [hash, userCode, clientId, text, pollInterval, askedAt, validUntil, expiresAt]);
  }

  /** The device code with this hash, decided, used and expired ones too, or `undefined`. */
  async find(hash: string): Promise<DeviceCode | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toDeviceCode(row);
  }

  /** The one that waits under this digest of a user code, or `undefined` when none does, or no more. */
  async findWaiting(userCode: string, now: Instant): Promise<DeviceCode | undefined> {
    const row = await this.database.get<Row>(FIND_WAITING, [userCode, now]);
    return row && toDeviceCode(row);
  }

  /** Fails as a condition when it was decided or is over. */
  approve(
    writes: WriteSet,
    hash: string,
    given: { authorizationId: string; content: DeviceContent; now: Instant },
  ): void {
    writes.expectOne(APPROVE, [given.authorizationId, JSON.stringify(given.content), hash, given.now]);
  }

  /** Fails as a condition when it was decided. */
  deny(writes: WriteSet, hash: string): void {
    writes.expectOne(DENY, [hash]);
  }

  /** Remembers that the device asked; fails as a condition when it asked again or was answered meanwhile. */
  poll(
    writes: WriteSet,
    { hash, pollInterval, polledAt }: DeviceCode,
    next: { interval: Duration; now: Instant },
  ): void {
    writes.expectOne(POLL, [next.now, next.interval, hash, pollInterval, polledAt ?? 0]);
  }

  /** Fails as a condition when it was used, or its authorization ended. */
  use(writes: WriteSet, hash: string): void {
    writes.expectOne(USE, [hash]).add(FETCHED, [hash]);
  }

  /** One batch of expired ones. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(EXPIRE, [before, batch]));
    return rows;
  }
}

function toDeviceCode(row: Row): DeviceCode {
  return {
    hash: row.hash,
    clientId: row.client_id,
    request: JSON.parse(row.request) as DeviceRequest,
    decision: toDecision(row),
    pollInterval: row.poll_interval,
    polledAt: row.polled_at,
    askedAt: row.asked_at,
    validUntil: row.valid_until,
  };
}

function toDecision(row: Row): DeviceDecision {
  if (row.state === 'pending' || row.state === 'denied') return { state: row.state };
  return {
    state: row.state,
    authorizationId: row.authorization_id ?? '',
    content: JSON.parse(row.content ?? '') as DeviceContent,
    recordScopes: JSON.parse(row.authorization_scopes ?? '[]') as string[],
    // A record that left the database ended before.
    authorization: {
      state: row.authorization_state ?? 'revoked',
      notBefore: row.not_before,
      expiresAt: row.authorization_expires_at,
      generation: row.generation ?? 0,
    },
  };
}
