import { Injectable } from '@nestjs/common';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const FIND = statement(`SELECT 1 AS one FROM notice_opt_out WHERE account_id = ? AND kind = 'requests'`);
const SWITCH_OFF = statement(
  `INSERT INTO notice_opt_out (account_id, kind) VALUES (?, 'requests') ON CONFLICT DO NOTHING`,
);
const SWITCH_ON = statement(`DELETE FROM notice_opt_out WHERE account_id = ? AND kind = 'requests'`);

/**
 * Which messages people do not want. Only those about requests that wait for them can be switched off; what concerns the security
 * of an account is always told, since who has taken it over would switch that off first.
 */
@Injectable()
export class NoticeChoices {
  constructor(private readonly database: Database) {}

  /** Whether she hears by mail that somebody waits for her answer; true for who never chose. */
  async wantsRequests(accountId: string): Promise<boolean> {
    return (await this.database.get(FIND, [accountId])) === undefined;
  }

  /** Choosing twice is choosing once. */
  async chooseRequests(accountId: string, isWanted: boolean): Promise<void> {
    await this.database.commit(new WriteSet().add(isWanted ? SWITCH_ON : SWITCH_OFF, [accountId]));
  }
}
