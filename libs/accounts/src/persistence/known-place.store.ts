import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';

const KNOWN = statement('SELECT place FROM known_place WHERE account_id = ? AND place IN (?, ?) AND expires_at > ?');
const ACCOUNT = statement(
  'SELECT account_id FROM known_place WHERE place = ? AND expires_at > ? ORDER BY expires_at DESC LIMIT 1',
);
const REMEMBER = statement(
  `INSERT INTO known_place (account_id, place, expires_at) VALUES (?, ?, ?)
   ON CONFLICT (account_id, place) DO UPDATE SET expires_at = excluded.expires_at`,
);
const FORGET_OLDEST = statement(
  `DELETE FROM known_place WHERE account_id = ? AND place IN
   (SELECT place FROM known_place WHERE account_id = ? ORDER BY expires_at DESC, place LIMIT 1000 OFFSET ?)`,
);
const FORGET_ALL = statement('DELETE FROM known_place WHERE account_id = ?');

/** Networks and devices from which an account was signed in, as digests. */
@Injectable()
export class KnownPlaceStore {
  constructor(private readonly database: Database) {}

  /** Those of the two places that the account was signed in from. */
  async known(accountId: string, places: readonly [string, string], now: Instant): Promise<string[]> {
    const rows = await this.database.all<{ place: string }>(KNOWN, [accountId, ...places, now]);
    return rows.map(({ place }) => place);
  }

  /** The account that was signed in from the place last, or `undefined`. */
  async accountOf(place: string, now: Instant): Promise<string | undefined> {
    return (await this.database.get<{ account_id: string }>(ACCOUNT, [place, now]))?.account_id;
  }

  /** Remembers a place; of more than `most` the ones that were not used for longest are forgotten. */
  remember(writes: WriteSet, place: { accountId: string; place: string; expiresAt: Instant; most: number }): void {
    writes.expectOne(REMEMBER, [place.accountId, place.place, place.expiresAt]);
    writes.add(FORGET_OLDEST, [place.accountId, place.accountId, place.most]);
  }

  forgetAll(writes: WriteSet, accountId: string): void {
    writes.add(FORGET_ALL, [accountId]);
  }
}
