import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { SignInResults } from '../domain/sign-in-results.js';
import { AccountStore } from '../persistence/account.store.js';
import { RecoveryLinkStore } from '../persistence/recovery-link.store.js';
import { SessionStore } from '../persistence/session.store.js';

/** What people who knew the former credentials have by them: sessions, recovery links, claims, codes and tokens (attack class 224). */
@Injectable()
export class FormerAccess {
  constructor(
    private readonly sessions: SessionStore,
    private readonly links: RecoveryLinkStore,
    private readonly accounts: AccountStore,
    private readonly results: SignInResults,
  ) {}

  /**
   * Ends the sessions that began with a passkey. Comes after its removal in the write-set.
   * @param keepSession - id of a session that goes on
   */
  endOfPasskey(
    writes: WriteSet,
    passkey: { readonly id: string; readonly accountId: string },
    now: Instant,
    keepSession?: string,
  ): void {
    this.sessions.endOfPasskey(writes, passkey, now, keepSession);
  }

  /**
   * Ends all of it. Comes after the new credentials in the write-set.
   * @param keepSession - id of a session that goes on
   */
  end(writes: WriteSet, accountId: string, now: Instant, keepSession?: string): void {
    this.sessions.endAll(writes, accountId, now, keepSession);
    this.links.voidAll(writes, accountId, now);
    // After credentials and sessions, the order in which those who begin or use a session lock these rows.
    this.accounts.renewGeneration(writes, accountId);
    // After the sessions: what is given in one of them at the same time is seen, or sees that it has ended.
    this.results.void(writes, accountId);
  }
}
