import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { ClientRegistry } from '@valetkey/clients';
import type { MailMessage } from '@valetkey/mail';
import type { AccessRequest } from '@valetkey/uma';
import { accountUrl } from '../account-pages/account-addresses.js';
import { ProcessNames } from '../authorization-api/claims/process-names.service.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { messagesFor } from '../pages/messages/messages-for.js';
import type { RequestMailMessages } from '../pages/messages/request-mail-messages.js';
import type { Messages } from '../pages/messages/messages.js';
import { mailName } from './mail-name.js';

type Text = Omit<MailMessage, 'to'>;

/** What is written to people about requests, in their language. Names of others are cleaned: nothing in them can look like our words. */
@Injectable()
export class RequestMails {
  constructor(
    private readonly names: ProcessNames,
    private readonly clients: ClientRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** To an owner, about those who wait. @param more - how many others wait besides */
  async asked(person: Person, requests: readonly AccessRequest[], more: number): Promise<Text> {
    const messages = messagesFor(person.locale);
    const { requestMails: mails } = messages;
    const { ownerPage } = this.config.uma;
    const count = requests.length + more;
    const lines = await Promise.all(requests.map((request) => this.line(request, messages)));
    const text = paragraphs(
      mails.greeting(mailName(person.name)),
      mails.askedLead(count),
      [...lines, ...(more > 0 ? [mails.askedMore(more)] : [])].join('\n'),
      ownerPage === undefined ? mails.askedAnywhere : mails.askedWhere(ownerPage),
      mails.unasked,
      mails.askedStop(accountUrl(this.config.issuer, 'notices')),
    );
    return { subject: mails.askedSubject(count), text };
  }

  /** To the party who wished for it. */
  async outcome(person: Person, request: AccessRequest): Promise<Text> {
    const { requestMails: mails, locale } = messagesFor(person.locale);
    const owner = mailName(await this.names.owner(request.owner));
    const resource = mailName(await this.names.resourcesOf(request.permissions, locale));
    const text = paragraphs(
      mails.greeting(mailName(person.name)),
      outcomeLine(request, mails)(owner, resource),
      mails.outcomeWhere(`${this.config.issuer}/uma/requests/${encodeURIComponent(request.id)}`),
    );
    return { subject: mails.outcomeSubject(owner), text };
  }

  private async line(
    { party, permissions, clientId }: AccessRequest,
    { requestMails: mails, locale }: Messages,
  ): Promise<string> {
    const client = await this.clients.find(clientId);
    const resource = await this.names.resourcesOf(permissions, locale);
    const who = party.name ?? party.email ?? mails.somebody;
    return mails.askedLine(mailName(who), mailName(resource), mailName(client?.name ?? clientId));
  }
}

function outcomeLine(
  { state }: AccessRequest,
  mails: RequestMailMessages,
): (owner: string, resource: string) => string {
  if (state === 'approved') return mails.outcomeAllowed;
  return state === 'denied' ? mails.outcomeDenied : mails.outcomeExpired;
}

function paragraphs(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
