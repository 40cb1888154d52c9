import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { encodeTime, newId } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import { InvitationStore } from './invitation.store.js';

const INSERT = statement(
  `INSERT INTO owner_stop (id, owner, holder, begun_at, result) VALUES (?, ?, ?, ?, '{"accesses":0,"tokens":0,"removed":[]}')`,
);
const FIND = statement('SELECT * FROM owner_stop WHERE id = ?');
const OPEN = statement('SELECT * FROM owner_stop WHERE done_at IS NULL AND begun_at < ? ORDER BY id LIMIT 10');
const WAITING = statement(
  'SELECT count(*) AS waiting FROM (SELECT id FROM owner_stop WHERE done_at IS NULL ORDER BY id LIMIT ?) AS open',
);
/** The result is the one that was read: what two servers ended is counted once. */
const PROGRESS = statement('UPDATE owner_stop SET result = ? WHERE id = ? AND result = ? AND done_at IS NULL');
const DONE = statement('UPDATE owner_stop SET done_at = ? WHERE id = ? AND done_at IS NULL');
const SHARES = statement(
  `SELECT id FROM policy WHERE owner = ? AND id > ? AND created_at <= ? AND (expires_at IS NULL OR expires_at > ?)
   ORDER BY id LIMIT ?`,
);

/** What was ended so far. */
export interface StopProgress {
  readonly accesses: number;
  /** Living sets of tokens that ended. */
  readonly tokens: number;
  /** The first handles by which it may come back. */
  readonly removed: readonly string[];
}

/** An owner's word that everything ends, or all that one holder has. */
export interface OwnerStop {
  readonly id: string;
  readonly owner: OwnerId;
  /** `null`: everybody. */
  readonly holder: string | null;
  /** What was given later stays. */
  readonly begunAt: Instant;
  readonly doneAt: Instant | null;
  readonly result: StopProgress;
}

interface Row {
  id: string;
  owner: OwnerId;
  holder: string | null;
  begun_at: number;
  done_at: number | null;
  result: string;
}

/** Stops, until all is ended. */
@Injectable()
export class OwnerStopStore {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationStore,
  ) {}

  /** How many are not done yet; not counted further than `most`. */
  async waiting(most: number): Promise<number> {
    return (await this.database.get<{ waiting: number }>(WAITING, [most]))?.waiting ?? 0;
  }

  /** Of everybody, nobody accepts anything any more from that moment on. @returns the id */
  async begin(owner: OwnerId, holder: string | null, now: Instant): Promise<string> {
    const id = `o${encodeTime(now)}${newId('')}`;
    const writes = new WriteSet().expectOne(INSERT, [id, owner, holder, now]);
    if (holder === null) this.invitations.takeAllBack(writes, owner, now);
    await this.database.commit(writes);
    return id;
  }

  async find(id: string): Promise<OwnerStop | undefined> {
    const row = await this.database.get<Row>(FIND, [id]);
    return row && toStop(row);
  }

  /** Those that began before and are not done, oldest first. */
  async open(before: Instant): Promise<OwnerStop[]> {
    return (await this.database.all<Row>(OPEN, [before])).map(toStop);
  }

  /** Ids of the owner's next shares that the stop ends. */
  async shares({ owner, begunAt }: OwnerStop, after: string, now: Instant, limit: number): Promise<string[]> {
    const rows = await this.database.all<{ id: string }>(SHARES, [owner, after, begunAt, now, limit]);
    return rows.map(({ id }) => id);
  }

  /** Fails as a condition when another server went on meanwhile. */
  progress(writes: WriteSet, stop: OwnerStop, result: StopProgress): void {
    writes.expectOne(PROGRESS, [JSON.stringify(result), stop.id, JSON.stringify(stop.result)]);
  }

  async done(id: string, now: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(DONE, [now, id]));
  }
}

function toStop(row: Row): OwnerStop {
  return {
    id: row.id,
    owner: row.owner,
    holder: row.holder,
    begunAt: row.begun_at,
    doneAt: row.done_at,
    result: JSON.parse(row.result) as StopProgress,
  };
}
