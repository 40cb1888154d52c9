import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { AccountNotices } from '../notices/account-notices.service.js';
import { FormerAccess } from '../passwords/former-access.service.js';
import { PasskeyStore } from '../persistence/passkey.store.js';

/** Takes a passkey away from its account, at the wish of the person herself. */
@Injectable()
export class PasskeyRemoval {
  constructor(
    private readonly store: PasskeyStore,
    private readonly former: FormerAccess,
    private readonly notices: AccountNotices,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Removes it, and ends the sessions that began with it.
   * @param keepSession - id of the session in which she does it: that goes on
   * @returns `none` when the account has no such passkey, `last` when it could not sign in without it; nothing is changed then
   */
  async remove(id: string, accountId: string, keepSession?: string): Promise<'removed' | 'none' | 'last'> {
    const passkey = await this.store.find(id);
    if (passkey?.accountId !== accountId) return 'none';
    const writes = new WriteSet();
    this.store.remove(writes, passkey);
    this.notices.tell(writes, accountId, 'passkey_removed', passkey.name);
    this.former.endOfPasskey(writes, passkey, this.clock.now(), keepSession);
    if (!(await this.database.tryCommit(writes))) return (await this.store.find(id)) ? 'last' : 'none';
    this.events.record({ event: 'passkey_removed', accountId });
    return 'removed';
  }
}
