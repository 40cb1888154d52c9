import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { WriteSet } from '@valetkey/persistence';
import type { PasswordProblem } from '../domain/password-policy.js';
import { passwordProblem } from '../domain/password-policy.js';
import type { Person } from '../domain/person.js';
import { AccountNotices } from '../notices/account-notices.service.js';
import { Persons } from '../persistence/person.store.js';
import { SignInThrottle } from '../sign-in/sign-in-throttle.service.js';
import { NewPasswords } from './new-passwords.service.js';
import { HasherBusy, PasswordHasher } from './password-hasher.service.js';
import { namesOf } from './passwords.service.js';
import { RecoveryLinks } from './recovery-links.service.js';

/** What became of a link that was followed. */
export type RecoveryOutcome =
  | { readonly outcome: 'changed'; readonly person: Person }
  /** Used, expired, never made, or of an account that is disabled. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'unsuitable'; readonly problem: PasswordProblem }
  | { readonly outcome: 'wait'; readonly until: Instant };

/**
 * Sets a new password by a one-time link. Ends all sessions; signs nobody in, so that a second factor is asked for as ever. Waits
 * that strangers caused are over.
 */
@Injectable()
export class PasswordRecovery {
  constructor(
    private readonly persons: Persons,
    private readonly links: RecoveryLinks,
    private readonly news: NewPasswords,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly notices: AccountNotices,
  ) {}

  /** Whether the link can still be used, for the page that asks for the new password. Uses nothing up. */
  async isUsable(value: string): Promise<boolean> {
    return (await this.links.find(value)) !== undefined;
  }

  /** Whose new password the link sets, or `undefined` when it can no longer be used. Uses nothing up. */
  async personOf(value: string): Promise<Person | undefined> {
    const accountId = await this.links.find(value);
    const person = accountId === undefined ? undefined : await this.persons.find(accountId);
    return person?.enabled ? person : undefined;
  }

  /** Uses the link up, once whatever happens at the same time; an unsuitable password leaves it. */
  async complete(value: string, password: string): Promise<RecoveryOutcome> {
    const person = await this.personOf(value);
    if (!person) return { outcome: 'refused' };
    const problem = passwordProblem(password, namesOf(person));
    if (problem !== undefined) return { outcome: 'unsuitable', problem };
    try {
      const hash = await this.hasher.hash(password);
      const writes = new WriteSet();
      this.links.use(writes, value);
      this.throttle.startAnew(writes, person);
      this.notices.tell(writes, person.id, 'password_recovered');
      const isDone = await this.news.store({ accountId: person.id, hash, reason: 'recovery' }, writes);
      return isDone ? { outcome: 'changed', person } : { outcome: 'refused' };
    } catch (cause) {
      if (!(cause instanceof HasherBusy)) throw cause;
      return { outcome: 'wait', until: cause.until };
    }
  }
}
