import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { MailMessage } from '@valetkey/mail';
import { Mail, whyNotSent } from '@valetkey/mail';
import { RECOVERY_MAIL, RECOVERY_MAIL_OF_NETWORK } from '../domain/attempt-rule.js';
import { toNameKey } from '../domain/login-name.js';
import type { Person } from '../domain/person.js';
import { Persons } from '../persistence/person.store.js';
import { AttemptLimiter } from '../sign-in/attempt-limiter.service.js';
import { networkOf } from '../sign-in/network.js';
import { RecoveryLinks } from './recovery-links.service.js';

/** Writes the mail with the link, in the person's language. The value belongs into the link and nowhere else. */
export type RecoveryMailWriter = (person: Person, value: string) => Omit<MailMessage, 'to'>;

/** More at a time are not worked on: somebody floods. */
const MOST_UNDER_WAY = 100;

/** Somebody forgot a password and asks for a link (attack class 231). */
@Injectable()
export class RecoveryRequests {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly persons: Persons,
    private readonly links: RecoveryLinks,
    private readonly limiter: AttemptLimiter,
    private readonly mail: Mail,
    private readonly events: SecurityEvents,
  ) {}

  /**
   * Sends a link to the account's own address, if there is such an account and it has one. Whoever asks sees no difference, in
   * words or in time: the work is done after the answer. Few mails go to one account, and few are asked for by one network; the
   * rest are silently not sent.
   */
  request(name: string, address: string, write: RecoveryMailWriter): void {
    if (this.underWay.size >= MOST_UNDER_WAY) {
      this.events.record({ event: 'recovery_refused', reason: 'overloaded' });
      return;
    }
    const work = this.send(name, address, write)
      .catch((cause: unknown) => {
        this.events.record({ event: 'recovery_mail_failed', reason: whyNotSent(cause) });
      })
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Resolves when nothing that was asked for is left to do: before the process ends, and in tests. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async onModuleDestroy(): Promise<void> {
    await this.settled();
  }

  private async send(name: string, address: string, write: RecoveryMailWriter): Promise<void> {
    const admitted = await this.limiter.reserve([
      { key: `recovery from ${networkOf(address)}`, rule: RECOVERY_MAIL_OF_NETWORK },
      { key: `recovery of ${toNameKey(name) ?? ' '}`, rule: RECOVERY_MAIL },
    ]);
    if ('until' in admitted) return this.events.record({ event: 'recovery_refused', reason: 'throttled' });
    const person = await this.persons.findByName(name);
    if (!person?.enabled || person.email === null) {
      return this.events.record({ event: 'recovery_refused', reason: 'no_such_account_or_address' });
    }
    const value = await this.links.issue(person.id);
    await this.mail.send({ to: person.email, ...write(person, value) });
    this.events.record({ event: 'recovery_mail_sent', accountId: person.id });
  }
}
