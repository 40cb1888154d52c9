import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { TicketPermission } from '../domain/assessment.js';
import type { Evidence } from '../domain/evidence.js';
import type { PermissionTicket } from '../domain/ticket.js';

const FIND = statement('SELECT * FROM permission_ticket WHERE hash = ?');
const INSERT = statement(
  `INSERT INTO permission_ticket (hash, process_id, position, resource_server_id, owner, permissions, client_id, requested, claims,
     asked, request_id, poll_interval, poll_after, created_at, expires_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
/**
 * The first ticket of a process has its id for a hash, and stays as long as the process: who goes on with the process and who
 * ends it hold that row first, so that the end sees whatever ticket came of a step under way.
 */
const HOLD_PROCESS = statement('UPDATE permission_ticket SET process_id = process_id WHERE hash = ?');
/** Check and mark in one: of concurrent presentations of one ticket exactly one concerns a row (UG-55). */
const USE = statement(
  `UPDATE permission_ticket SET used_at = ?, client_id = ?
   WHERE hash = ? AND used_at IS NULL AND (client_id IS NULL OR client_id = ?)`,
);
const SHORTEN = statement('UPDATE permission_ticket SET expires_at = ? WHERE hash = ? AND expires_at > ?');
/** The index holds only those that came after the first one. */
const USE_UP_PROCESS = statement(
  'UPDATE permission_ticket SET used_at = ? WHERE process_id = ? AND process_id <> hash AND used_at IS NULL',
);

interface Row {
  hash: string;
  process_id: string;
  position: number;
  resource_server_id: string;
  owner: OwnerId;
  permissions: string;
  client_id: string | null;
  requested: string | null;
  claims: string | null;
  asked: string | null;
  request_id: string | null;
  poll_interval: number | null;
  poll_after: number | null;
  expires_at: number;
  used_at: number | null;
}

type StoredPermission = [resourceId: string, scopes: string[], resourceVersion: number];

/** Permission tickets by the hash of their value. */
@Injectable()
export class PermissionTicketStore {
  constructor(private readonly database: Database) {}

  /** The ticket with this hash, used and expired ones too, or `undefined`. */
  async find(hash: string): Promise<PermissionTicket | undefined> {
    const row = await this.database.get<Row>(FIND, [hash]);
    return row && toTicket(row);
  }

  insert(writes: WriteSet, ticket: PermissionTicket, now: Instant): void {
    writes.expectOne(INSERT, [
      ticket.hash,
      ticket.processId,
      ticket.position,
      ticket.resourceServerId,
      ticket.owner,
      JSON.stringify(ticket.permissions.map((one) => [one.resourceId, one.scopes, one.resourceVersion])),
      ticket.clientId,
      ticket.requested.length > 0 ? ticket.requested.join(' ') : null,
      ticket.evidence.length > 0 ? JSON.stringify(ticket.evidence) : null,
      ticket.asked.length > 0 ? JSON.stringify(ticket.asked) : null,
      ticket.requestId,
      ticket.pollInterval,
      ticket.pollAfter,
      now,
      ticket.expiresAt,
    ]);
  }

  /**
   * Uses the ticket up for this client; fails as a condition when somebody was faster. Comes before the ticket that follows, and
   * before whatever else locks.
   */
  use(
    writes: WriteSet,
    { hash, processId }: Pick<PermissionTicket, 'hash' | 'processId'>,
    clientId: string,
    now: Instant,
  ): void {
    if (hash !== processId) writes.add(HOLD_PROCESS, [processId]);
    writes.expectOne(USE, [now, clientId, hash, clientId]);
  }

  /** The whole row stays no longer than until then; afterwards just that the ticket was used ({@link UmaExpiryStore}). */
  shorten(writes: WriteSet, hash: string, expiresAt: Instant): void {
    writes.add(SHORTEN, [expiresAt, hash, expiresAt]);
  }

  /** Uses up every ticket that followed in a process, whoever holds it: the process ends. */
  useUpProcess(writes: WriteSet, processId: string, now: Instant): void {
    writes.add(HOLD_PROCESS, [processId]);
    writes.add(USE_UP_PROCESS, [now, processId]);
  }
}

function toTicket(row: Row): PermissionTicket {
  const permissions = JSON.parse(row.permissions) as StoredPermission[];
  return {
    hash: row.hash,
    processId: row.process_id,
    position: row.position,
    resourceServerId: row.resource_server_id,
    owner: row.owner,
    permissions: permissions.map(([resourceId, scopes, resourceVersion]): TicketPermission => ({
      resourceId,
      scopes,
      resourceVersion,
    })),
    clientId: row.client_id,
    requested: row.requested === null ? [] : row.requested.split(' '),
    evidence: row.claims === null ? [] : (JSON.parse(row.claims) as Evidence),
    asked: row.asked === null ? [] : (JSON.parse(row.asked) as string[]),
    requestId: row.request_id,
    pollInterval: row.poll_interval,
    pollAfter: row.poll_after,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}
