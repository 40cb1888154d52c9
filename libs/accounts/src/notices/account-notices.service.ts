import { Injectable } from '@nestjs/common';
import type { ActivityLine } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import { SecurityEvents } from '@valetkey/audit';
import type { Duration } from '@valetkey/kernel';
import { Clock, encodeTime, newId } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AccountChange, AccountNotice } from '../domain/account-notice.js';
import { SECURITY_MAIL } from '../domain/attempt-rule.js';
import { AccountNoticeStore } from '../persistence/account-notice.store.js';
import { AttemptLimiter } from '../sign-in/attempt-limiter.service.js';

const MOST_IN_ONE = 20;
const SECOND: Duration = 1000;
const MINUTE: Duration = 60 * SECOND;
const HOUR: Duration = 60 * MINUTE;
/** After how long it is tried again; then nobody tries any more. */
const PAUSES: readonly Duration[] = [10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/** Whoever did it is told apart. */
const KINDS: Readonly<Record<AccountChange, ActivityLine['kind']>> = {
  password_changed: 'password_changed',
  password_recovered: 'password_changed',
  operator_set_password: 'password_changed',
  app_added: 'app_added',
  app_removed: 'app_removed',
  operator_removed_app: 'app_removed',
  recovery_codes_made: 'recovery_codes_made',
  operator_removed_recovery_codes: 'recovery_codes_removed',
  passkey_added: 'passkey_added',
  passkey_removed: 'passkey_removed',
  operator_removed_passkeys: 'passkey_removed',
};

/**
 * What people are to hear of changes in how they sign in. A notice is written with the change itself and sent afterwards, so that
 * none is lost and none undoes anything. It is told at least once; what comes together is told together, and a loop of changes
 * fills no mailbox (attack class 270).
 */
@Injectable()
export class AccountNotices {
  constructor(
    private readonly store: AccountNoticeStore,
    private readonly limiter: AttemptLimiter,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
    private readonly activity: ActivityStore,
  ) {}

  /** She is to hear of the change, if it comes about, and reads of it among what happened. @param called - the name that she gave the thing */
  tell(writes: WriteSet, accountId: string, change: AccountChange, called = ''): void {
    const changedAt = this.clock.now();
    const id = newId(`an${encodeTime(changedAt)}`);
    this.store.add(writes, { id, accountId, change, called, changedAt });
    const owner = `account:${accountId}`;
    const isOwn = !change.startsWith('operator_');
    this.activity.note(writes, { owner, at: changedAt, kind: KINDS[change], ...(isOwn && { actor: owner }) });
  }

  /** For the log, once the change is durable. */
  record(accountId: string, change: AccountChange): void {
    this.events.record({ event: change, accountId });
  }

  /** Accounts that are to hear something now. */
  dueAccounts(limit: number): Promise<string[]> {
    return this.store.dueAccounts(this.clock.now(), limit);
  }

  /** Takes what an account is to hear for one message, oldest first; nothing when another server took it or it has to wait. */
  async take(accountId: string): Promise<readonly AccountNotice[]> {
    const now = this.clock.now();
    const due = await this.store.dueOf(accountId, now, MOST_IN_ONE);
    if (due.length === 0) return [];
    const admitted = await this.limiter.reserve([{ key: `security mail ${accountId}`, rule: SECURITY_MAIL }]);
    const writes = new WriteSet();
    if ('until' in admitted) {
      for (const notice of due) this.store.postpone(writes, notice, { now, again: admitted.until });
      await this.database.tryCommit(writes);
      return [];
    }
    for (const notice of due) this.store.take(writes, notice, { now, again: now + pauseAfter(notice) });
    if (await this.database.tryCommit(writes)) return due;
    await this.limiter.release(admitted);
    return [];
  }

  /** What became of what {@link take} gave: it leaves when it was sent, and when it was tried often enough. */
  async settle(notices: readonly AccountNotice[], isSent: boolean): Promise<void> {
    const over = isSent ? notices : notices.filter(({ attempts }) => attempts >= PAUSES.length);
    if (over.length === 0) return;
    const writes = new WriteSet();
    for (const notice of over) this.store.remove(writes, notice);
    await this.database.commit(writes);
    if (isSent) return;
    for (const { accountId, change } of over)
      this.events.record({ event: 'account_notice_given_up', reason: change, accountId });
  }
}

function pauseAfter({ attempts }: AccountNotice): Duration {
  return PAUSES[attempts] ?? 0;
}
