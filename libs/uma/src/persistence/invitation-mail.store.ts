import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import type { Invitation } from '../domain/invitation.js';
import type { InvitationRow } from './invitation.store.js';
import { toInvitation } from './invitation.store.js';

const DUE = statement(
  `SELECT * FROM invitation WHERE mail_at <= ? AND mail_at IS NOT NULL AND ends_at > ? ORDER BY mail_at, id LIMIT ?`,
);
const WAITING = statement(
  `SELECT count(*) AS waiting FROM (SELECT id FROM invitation WHERE mail_at IS NOT NULL AND ends_at > ? ORDER BY mail_at LIMIT ?) AS due`,
);
/** Check and mark in one: of several servers one sends the mail. */
const TAKE = statement(
  `UPDATE invitation SET mail_at = ?, hash = ? WHERE id = ? AND state = 'waiting' AND mail_at <= ? AND ends_at > ?`,
);
const POSTPONE = statement(`UPDATE invitation SET mail_at = ? WHERE id = ? AND mail_at IS NOT NULL`);
/** Not the one whose link was replaced meanwhile: that has a mail of its own. */
const MAILED = statement('UPDATE invitation SET mail_at = NULL, mailed_at = ? WHERE id = ? AND hash = ?');

/** Mails of invitations that are still to be sent. */
@Injectable()
export class InvitationMailStore {
  constructor(private readonly database: Database) {}

  /** How many are still to be sent; not counted further than `most`. */
  async waiting(most: number, now: Instant): Promise<number> {
    return Number((await this.database.get<{ waiting: number }>(WAITING, [now, most]))?.waiting ?? 0);
  }

  /** Those that may be sent now, the ones that have waited longest first. */
  async due(now: Instant, limit: number): Promise<Invitation[]> {
    return (await this.database.all<InvitationRow>(DUE, [now, now, limit])).map(toInvitation);
  }

  /**
   * Takes it for one attempt, with the key of a link of that attempt's own: what the database keeps opens nothing, so that a mail
   * that is tried again has another link, and the one before works no more.
   * @param lease - `again`: when it is due if it was not sent till then
   * @returns false when another server sends it, or it waits no more
   */
  take(
    { id }: Pick<Invitation, 'id'>,
    hash: string,
    { now, again }: { now: Instant; again: Instant },
  ): Promise<boolean> {
    return this.database.tryCommit(new WriteSet().expectOne(TAKE, [again, hash, id, now, now]));
  }

  /** Not before then. */
  async postpone({ id }: Pick<Invitation, 'id'>, until: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(POSTPONE, [until, id]));
  }

  /** Somebody else is responsible for it now. */
  async mailed({ id }: Pick<Invitation, 'id'>, hash: string, now: Instant): Promise<void> {
    await this.database.commit(new WriteSet().add(MAILED, [now, id, hash]));
  }
}
