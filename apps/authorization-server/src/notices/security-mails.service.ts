import { Inject, Injectable } from '@nestjs/common';
import type { AccountNotice, Person } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { MailMessage } from '@valetkey/mail';
import { accountUrl, recoveryUrl } from '../account-pages/account-addresses.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { dateAndTime } from '../pages/kit/dates.js';
import { messagesFor } from '../pages/messages/messages-for.js';
import type { Messages } from '../pages/messages/messages.js';
import { mailName } from './mail-name.js';

/**
 * What is written to a person about changes in how she signs in, in her language: what and when, and what to do if it was not her.
 * Nothing in it is secret, and no address in it does anything by being opened.
 */
@Injectable()
export class SecurityMails {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  write(person: Person, notices: readonly AccountNotice[]): Omit<MailMessage, 'to'> {
    const messages = messagesFor(person.locale);
    const { securityMails: mails } = messages;
    const { issuer } = this.config;
    const { host } = new URL(issuer);
    const steps = [
      mails.choosePassword(recoveryUrl(issuer)),
      mails.endSessions(accountUrl(issuer, 'sessions')),
      mails.lookAfter(accountUrl(issuer, '')),
      mails.tell(host),
    ];
    const parts = [
      mails.greeting(mailName(person.name)),
      mails.lead(host),
      notices.map((notice) => `- ${this.line(notice, person, messages)}`).join('\n'),
      mails.itWasMe,
      [mails.itWasNotMe, ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n'),
    ];
    return { subject: mails.subject(host), text: `${parts.join('\n\n')}\n` };
  }

  private line(
    { change, called, changedAt, lastChangedAt }: AccountNotice,
    { zone }: Person,
    messages: Messages,
  ): string {
    const { securityMails, passkeys, locale } = messages;
    const time = { now: this.clock.now(), ...(zone !== null && { zone }) };
    const name = mailName(called);
    const what = securityMails.changes[change](name === '' ? passkeys.unnamed : name);
    const [first, last] = [changedAt, lastChangedAt].map((at) => dateAndTime(at, time, locale));
    return `${first === last ? first : `${first} – ${last}`}: ${what}`;
  }
}
