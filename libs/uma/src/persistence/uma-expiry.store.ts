import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement } from '@valetkey/persistence';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import { DENIAL_HOLDS } from '../domain/request-outcome.js';

/** Of one process so many used tickets are remembered, the first ones: somebody may poll without end. */
const MOST_REMEMBERED = 10_000;
/**
 * When nothing of a ticket's process lives any more: its open ticket, or its tokens (UG-50). The first ticket has the same
 * key as the family of those tokens, and is recognised by it.
 */
const PROCESS_END = `(SELECT max(ends_at) FROM (
  SELECT expires_at AS ends_at FROM permission_ticket open
    WHERE open.process_id = permission_ticket.process_id AND open.process_id <> open.hash AND open.used_at IS NULL
  UNION ALL SELECT expires_at FROM token_family family
    WHERE family.id = permission_ticket.process_id AND family.id <> permission_ticket.hash AND family.revoked_at IS NULL) ends)`;
const IS_REMEMBERED = `used_at IS NOT NULL AND position < ${MOST_REMEMBERED} AND coalesce(${PROCESS_END}, 0) > ?`;
const EXPIRED = `hash IN (SELECT hash FROM permission_ticket WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`;
/** Of a used ticket nothing stays but that it was used, and in which process. */
const REMEMBER_TICKETS = statement(
  `UPDATE permission_ticket SET expires_at = ${PROCESS_END}, permissions = '[]', requested = NULL, claims = NULL, asked = NULL
   WHERE ${EXPIRED} AND ${IS_REMEMBERED}`,
);
const TICKETS = statement(`DELETE FROM permission_ticket WHERE ${EXPIRED} AND NOT (${IS_REMEMBERED})`);
const CLAIMS = statement(
  `DELETE FROM persisted_claims_token
   WHERE hash IN (SELECT hash FROM persisted_claims_token WHERE expires_at <= ? LIMIT ?)`,
);
/** Owners see for a day what has ended by itself. */
const POLICIES = statement('DELETE FROM policy WHERE id IN (SELECT id FROM policy WHERE expires_at <= ? LIMIT ?)');
/** Decided requests stay as long as they would have been pending, and a day: owners look back, and a denial holds a day, or longer where she said so. */
const REQUESTS = statement(
  `DELETE FROM access_request WHERE id IN (SELECT id FROM access_request
     WHERE expires_at <= ? AND (decided_at IS NULL OR decided_at <= ?) AND (muted_until IS NULL OR muted_until <= ?) LIMIT ?)`,
);

const REMOVED = statement(
  'DELETE FROM removed_access WHERE id IN (SELECT id FROM removed_access WHERE expires_at <= ? LIMIT ?)',
);

const STOPS = statement('DELETE FROM owner_stop WHERE id IN (SELECT id FROM owner_stop WHERE done_at <= ? LIMIT ?)');

/** Owners see for thirty days whom they had in their place. */
const HANDOVERS = statement('DELETE FROM handover WHERE id IN (SELECT id FROM handover WHERE expires_at <= ? LIMIT ?)');

/** Of people whom perhaps nobody here knows: not longer than it takes their owner to see what came of it. */
const INVITATIONS = statement(
  'DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE ends_at <= ? LIMIT ?)',
);

const ENDED_INVITATION_SHOWN = 7 * 86_400_000;
const ENDED_HANDOVER_SHOWN = 30 * 86_400_000;
const ENDED_POLICY_SHOWN = 86_400_000;
const STOPS_KEPT = 30 * 86_400_000;

/** Removes expired UMA artefacts in small batches on an indexed expiry. */
@Injectable()
export class UmaExpiryStore {
  constructor(private readonly database: Database) {}

  /**
   * One batch of each kind. Safe to run twice at once. Used tickets stay, without what they were about, while their process
   * lives: their replay ends it. @returns how many rows were worked off
   */
  async expire(before: Instant, batch: number): Promise<number> {
    let removed = 0;
    for (const expire of [REMEMBER_TICKETS, TICKETS]) removed += await this.remove(expire, [before, batch, before]);
    removed += await this.remove(CLAIMS, [before, batch]);
    removed += await this.remove(POLICIES, [before - ENDED_POLICY_SHOWN, batch]);
    removed += await this.remove(REMOVED, [before, batch]);
    removed += await this.remove(STOPS, [before - STOPS_KEPT, batch]);
    removed += await this.remove(INVITATIONS, [before - ENDED_INVITATION_SHOWN, batch]);
    removed += await this.remove(HANDOVERS, [before - ENDED_HANDOVER_SHOWN, batch]);
    return removed + (await this.remove(REQUESTS, [before, before - DENIAL_HOLDS, before, batch]));
  }

  private async remove(expire: Statement, values: readonly number[]): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(expire, values));
    return rows;
  }
}
