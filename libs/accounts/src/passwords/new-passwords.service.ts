import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { PasswordStore } from '../persistence/password.store.js';
import { FormerAccess } from './former-access.service.js';

/** A new password, hashed already. */
export interface NewPassword {
  readonly accountId: string;
  /** Its PHC string. */
  readonly hash: string;
  /** Who set it, for the log. */
  readonly reason: 'person' | 'recovery' | 'operator' | 'configuration';
  /** The PHC string that must still be the present one. */
  readonly replaces?: string;
  /** Marks it as the configured one. */
  readonly configuredMark?: string;
  /** Id of a session that goes on. */
  readonly keepSession?: string;
}

/**
 * What goes with every new password: sessions and recovery links of the former one, and the tokens that came of them, end in the
 * same step (attack class 224).
 */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly passwords: PasswordStore,
    private readonly former: FormerAccess,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes it the account's password.
   * @param writes - what belongs to it; durable together with it or not at all
   * @returns false when a condition did not hold; then nothing was changed
   */
  async store(password: NewPassword, writes = new WriteSet()): Promise<boolean> {
    const { accountId, hash, reason, replaces, configuredMark = null, keepSession } = password;
    const now = this.clock.now();
    if (reason === 'configuration')
      this.passwords.configure(writes, accountId, { hash, configuredMark, changedAt: now });
    else if (replaces === undefined) this.passwords.set(writes, accountId, hash, now);
    else this.passwords.replace(writes, accountId, { from: replaces, to: hash, now });
    // After the password: a session that begins meanwhile is seen here, or sees the new password.
    this.former.end(writes, accountId, now, keepSession);
    const isDone = await this.database.tryCommit(writes);
    if (isDone) this.events.record({ event: 'password_changed', reason, accountId });
    return isDone;
  }
}
