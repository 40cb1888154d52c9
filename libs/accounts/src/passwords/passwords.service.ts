import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { WriteSet } from '@valetkey/persistence';
import { FROM_ONE_PLACE } from '../domain/attempt-rule.js';
import type { PasswordProblem } from '../domain/password-policy.js';
import { passwordProblem } from '../domain/password-policy.js';
import type { Person } from '../domain/person.js';
import { AccountNotices } from '../notices/account-notices.service.js';
import { PasswordStore } from '../persistence/password.store.js';
import { AttemptLimiter } from '../sign-in/attempt-limiter.service.js';
import { NewPasswords } from './new-passwords.service.js';
import { HasherBusy, PasswordHasher } from './password-hasher.service.js';

/** What became of the wish for another password. */
export type PasswordChange =
  | { readonly outcome: 'changed' }
  /** The present password is not that one, or there is none. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'unsuitable'; readonly problem: PasswordProblem }
  | { readonly outcome: 'wait'; readonly until: Instant };

/** Passwords as their owners and operators change them. */
@Injectable()
export class Passwords {
  constructor(
    private readonly store: PasswordStore,
    private readonly news: NewPasswords,
    private readonly hasher: PasswordHasher,
    private readonly limiter: AttemptLimiter,
    private readonly notices: AccountNotices,
  ) {}

  /** When the password was set, or `undefined` for an account that has none. */
  async changedAt(accountId: string): Promise<Instant | undefined> {
    return (await this.store.find(accountId))?.changedAt;
  }

  /** Makes a write-set fail as a condition when the password is not the one that was set then. */
  rely(writes: WriteSet, accountId: string, changedAt: Instant): void {
    this.store.guard(writes, accountId, changedAt);
  }

  /**
   * The person's own change. Ends all her sessions but the one of `keepSession`; rotate that one. Of concurrent changes one
   * succeeds. The present password is asked for, so a browser left open is not enough; guesses at it are slowed.
   */
  async change(
    person: Person,
    passwords: { readonly current: string; readonly next: string },
    keepSession?: string,
  ): Promise<PasswordChange> {
    const problem = passwordProblem(passwords.next, namesOf(person));
    if (problem !== undefined) return { outcome: 'unsuitable', problem };
    const reservation = await this.limiter.reserve([{ key: `change password ${person.id}`, rule: FROM_ONE_PLACE }]);
    if ('until' in reservation) return { outcome: 'wait', until: reservation.until };
    try {
      const stored = await this.store.find(person.id);
      if (!(await this.hasher.verify(stored?.hash, passwords.current)) || !stored) return { outcome: 'refused' };
      const hash = await this.hasher.hash(passwords.next);
      await this.limiter.release(reservation);
      const change = { accountId: person.id, hash, replaces: stored.hash, reason: 'person' } as const;
      const writes = new WriteSet();
      this.notices.tell(writes, person.id, 'password_changed');
      const isDone = await this.news.store({ ...change, ...(keepSession !== undefined && { keepSession }) }, writes);
      return { outcome: isDone ? 'changed' : 'refused' };
    } catch (cause) {
      if (!(cause instanceof HasherBusy)) throw cause;
      await this.limiter.release(reservation);
      return { outcome: 'wait', until: cause.until };
    }
  }

  /**
   * Sets a password whatever there was: the operator's way. Ends all sessions.
   * @returns what is wrong with it; then nothing was changed
   * @throws HasherBusy
   */
  async set(person: Person, password: string): Promise<PasswordProblem | undefined> {
    const problem = passwordProblem(password, namesOf(person));
    if (problem !== undefined) return problem;
    const hash = await this.hasher.hash(password);
    const writes = new WriteSet();
    this.notices.tell(writes, person.id, 'operator_set_password');
    await this.news.store({ accountId: person.id, hash, reason: 'operator' }, writes);
    return undefined;
  }
}

/** What everybody knows of a person, and nobody should have as password. */
export function namesOf({ id, username, email, name }: Person): string[] {
  return [id, username, name, ...(email === null ? [] : [email])];
}
