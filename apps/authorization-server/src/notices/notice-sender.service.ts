import { Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { NoticeChoices, Persons } from '@valetkey/accounts';
import { SecurityEvents } from '@valetkey/audit';
import type { MailMessage } from '@valetkey/mail';
import { Mail, whyNotSent } from '@valetkey/mail';

/** Writes a message in the person's language. */
export type NoticeWriter = (person: Person) => Omit<MailMessage, 'to'> | Promise<Omit<MailMessage, 'to'>>;

/** Sends one message to one account. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly persons: Persons,
    private readonly choices: NoticeChoices,
    private readonly mail: Mail,
    private readonly events: SecurityEvents,
  ) {}

  /** The same about a request that waits for her; nothing, and true, for who does not want to hear of those. */
  async sendOfRequest(accountId: string, write: NoticeWriter): Promise<boolean> {
    return !(await this.choices.wantsRequests(accountId)) || this.send(accountId, write);
  }

  /** @returns false when it may be tried again; true also for an account that gets none: disabled, gone, without an address */
  async send(accountId: string, write: NoticeWriter): Promise<boolean> {
    const person = await this.persons.find(accountId);
    if (!person?.enabled || person.email === null) return true;
    try {
      await this.mail.send({ to: person.email, ...(await write(person)) });
      return true;
    } catch (cause) {
      this.events.record({ event: 'notice_failed', reason: whyNotSent(cause), accountId });
      return false;
    }
  }
}
