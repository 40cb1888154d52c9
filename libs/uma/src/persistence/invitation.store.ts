import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Invitation } from '../domain/invitation.js';
import { MOST_WAITING_INVITATIONS } from '../domain/invitation.js';

const FIND = statement('SELECT * FROM invitation WHERE id = ? AND owner = ?');
const BY_LINK = statement(`SELECT * FROM invitation WHERE hash = ? AND state = 'waiting' AND ends_at > ?`);
const PAGE = statement('SELECT * FROM invitation WHERE owner = ? AND id > ? ORDER BY id LIMIT ?');
const PAGE_OF_WAITING = statement(
  `SELECT * FROM invitation WHERE owner = ? AND id > ? AND state = 'waiting' AND ends_at > ? ORDER BY id LIMIT ?`,
);
const PLACES = statement('SELECT place FROM invitation WHERE owner = ? AND place IS NOT NULL AND ends_at > ?');
/** One that is over by itself takes nobody's place. */
const CLEAR_PLACES = statement(
  'UPDATE invitation SET place = NULL WHERE owner = ? AND place IS NOT NULL AND ends_at <= ?',
);
const INSERT = statement(
  `INSERT INTO invitation (id, owner, address, resources, scopes, not_before, expires_at, note, state, place, mail_at, created_at, ends_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
/** Whoever has the link has nothing any more, and its address is written to no more. */
const END = `place = NULL, hash = NULL, mail_at = NULL, ends_at = ?`;
const ANSWER = statement(
  `UPDATE invitation SET state = ?, account_id = ?, ${END} WHERE hash = ? AND state = 'waiting' AND ends_at > ?`,
);
const TAKE_BACK = statement(
  `UPDATE invitation SET state = 'taken_back', ${END} WHERE id = ? AND owner = ? AND state = 'waiting' AND ends_at > ?`,
);
const TAKE_ALL_BACK = statement(
  `UPDATE invitation SET state = 'taken_back', ${END} WHERE owner = ? AND state = 'waiting' AND ends_at > ?`,
);

/** A row of the table. */
export interface InvitationRow {
  id: string;
  owner: OwnerId;
  address: string;
  resources: string;
  scopes: string;
  not_before: number | null;
  expires_at: number | null;
  note: string | null;
  state: Invitation['state'];
  account_id: string | null;
  mailed_at: number | null;
  created_at: number;
  ends_at: number;
}

/** Invitations of owners: those that wait, and for seven days those that do no more. */
@Injectable()
export class InvitationStore {
  constructor(private readonly database: Database) {}

  /** The owner's, or `undefined` when there is none or it is somebody else's. */
  async find(id: string, owner: OwnerId): Promise<Invitation | undefined> {
    return optional(await this.database.get<InvitationRow>(FIND, [id, owner]));
  }

  /** The one whose link has this key and can still be answered; `undefined` for any other, whatever became of it. Uses nothing up. */
  async ofLink(hash: string, now: Instant): Promise<Invitation | undefined> {
    return optional(await this.database.get<InvitationRow>(BY_LINK, [hash, now]));
  }

  async page(owner: OwnerId, { limit, after = '' }: PageRequest): Promise<Page<Invitation>> {
    return toPage(
      await this.database.all<InvitationRow>(PAGE, [owner, after, limit + 1]),
      limit,
      toInvitation,
      (row) => row.id,
    );
  }

  /** Those that can still be answered. */
  async pageOfWaiting(owner: OwnerId, { limit, after = '' }: PageRequest, now: Instant): Promise<Page<Invitation>> {
    const rows = await this.database.all<InvitationRow>(PAGE_OF_WAITING, [owner, after, now, limit + 1]);
    return toPage(rows, limit, toInvitation, (row) => row.id);
  }

  /** A place that none of the owner's waiting ones has; `undefined` when so many wait as may. */
  async freePlace(owner: OwnerId, now: Instant): Promise<number | undefined> {
    const rows = await this.database.all<{ place: number }>(PLACES, [owner, now]);
    const taken = new Set(rows.map(({ place }) => Number(place)));
    return Array.from({ length: MOST_WAITING_INVITATIONS }, (_, place) => place).find((place) => !taken.has(place));
  }

  /** Its mail is to be sent. Fails as a condition when the place is taken. */
  insert(writes: WriteSet, invitation: Invitation, place: number): void {
    const { id, owner, createdAt, endsAt } = invitation;
    writes.add(CLEAR_PLACES, [owner, createdAt]);
    writes.expectOne(INSERT, [
      ...[id, owner, invitation.address, JSON.stringify(invitation.resourceIds), JSON.stringify(invitation.scopes)],
      ...[invitation.notBefore, invitation.expiresAt, invitation.note, invitation.state, place],
      ...[createdAt, createdAt, endsAt],
    ]);
  }

  /** The check and the mark of the single use in one statement: of concurrent answers by one link one succeeds. */
  accept(writes: WriteSet, hash: string, accountId: string, now: Instant): void {
    writes.expectOne(ANSWER, ['accepted', accountId, now, hash, now]);
  }

  /** As {@link accept}. Who declined is not written down. */
  decline(writes: WriteSet, hash: string, now: Instant): void {
    writes.expectOne(ANSWER, ['declined', null, now, hash, now]);
  }

  /** Fails as a condition when it waits no more, or there is none of that owner. */
  takeBack(writes: WriteSet, { id, owner }: Pick<Invitation, 'id' | 'owner'>, now: Instant): void {
    writes.expectOne(TAKE_BACK, [now, id, owner, now]);
  }

  /** All of the owner's that wait. */
  takeAllBack(writes: WriteSet, owner: OwnerId, now: Instant): void {
    writes.add(TAKE_ALL_BACK, [now, owner, now]);
  }
}

function optional(row: InvitationRow | undefined): Invitation | undefined {
  return row && toInvitation(row);
}

/** An invitation as its row has it. */
export function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    owner: row.owner,
    address: row.address,
    resourceIds: JSON.parse(row.resources) as string[],
    scopes: JSON.parse(row.scopes) as string[],
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    note: row.note,
    state: row.state,
    accountId: row.account_id,
    mailedAt: row.mailed_at,
    createdAt: row.created_at,
    endsAt: row.ends_at,
  };
}
