import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

/** One answer that is lost says nothing yet. */
const SILENT_AFTER = 2;

const SILENT = statement('SELECT client_id, answered_at FROM server_contact WHERE failures >= ?');
const ALL = statement('SELECT client_id, asked_at, answered_at, failures FROM server_contact');
/** Check and mark in one: of several nodes one asks. */
const TAKE = statement(
  `INSERT INTO server_contact (client_id, asked_at, failures) VALUES (?, ?, 0)
   ON CONFLICT (client_id) DO UPDATE SET asked_at = excluded.asked_at WHERE server_contact.asked_at <= ?`,
);
const ANSWERED = statement('UPDATE server_contact SET answered_at = ?, failures = 0 WHERE client_id = ?');
const FAILED = statement('UPDATE server_contact SET failures = failures + 1 WHERE client_id = ?');

/** A resource server that does not answer. */
export interface SilentServer {
  readonly clientId: string;
  /** `null`: it never did. */
  readonly answeredAt: Instant | null;
}

/** How it went when a resource server was asked. */
export interface ServerContact extends SilentServer {
  readonly askedAt: Instant;
  readonly isSilent: boolean;
}

/** Whether resource servers answer when they are asked. */
@Injectable()
export class ServerContactStore {
  constructor(private readonly database: Database) {}

  /** Those that did not answer twice or more, one after the other. */
  async silent(): Promise<SilentServer[]> {
    type Row = { client_id: string; answered_at: number | null };
    const rows = await this.database.all<Row>(SILENT, [SILENT_AFTER]);
    return rows.map((row) => ({ clientId: row.client_id, answeredAt: row.answered_at }));
  }

  /** Every one that was ever asked, by its id. */
  async all(): Promise<ReadonlyMap<string, ServerContact>> {
    type Row = { client_id: string; asked_at: number; answered_at: number | null; failures: number };
    const rows = await this.database.all<Row>(ALL, []);
    const contacts = rows.map((row) => ({
      clientId: row.client_id,
      askedAt: row.asked_at,
      answeredAt: row.answered_at,
      isSilent: row.failures >= SILENT_AFTER,
    }));
    return new Map(contacts.map((contact) => [contact.clientId, contact]));
  }

  /** @param dueSince - whoever was asked later is not due yet; @returns false when another node asks */
  take(clientId: string, now: Instant, dueSince: Instant): Promise<boolean> {
    return this.database.tryCommit(new WriteSet().expectOne(TAKE, [clientId, now, dueSince]));
  }

  async note(clientId: string, hasAnswered: boolean, now: Instant): Promise<void> {
    const writes = new WriteSet();
    if (hasAnswered) writes.add(ANSWERED, [now, clientId]);
    else writes.add(FAILED, [clientId]);
    await this.database.commit(writes);
  }
}
