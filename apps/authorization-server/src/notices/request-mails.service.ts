import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { ClientRegistry } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { MailMessage } from '@valetkey/mail';
import type { AccessRequest, RequestOutcome } from '@valetkey/uma';
import { RequestOutcomes } from '@valetkey/uma';
import { bareText, requestSentence } from '@valetkey/wording';
import { accountUrl } from '../account-pages/account-addresses.js';
import { ProcessNames } from '../authorization-api/claims/process-names.service.js';
import { requestUrl } from '../authorization-api/claims/request-address.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { dateAndTime } from '../pages/kit/dates.js';
import { messagesFor } from '../pages/messages/messages-for.js';
import type { Messages } from '../pages/messages/messages.js';
import { GivenSentences } from './given-sentences.service.js';
import { mailName } from './mail-name.js';

const LONGEST_REASON = 300;

type Text = Omit<MailMessage, 'to'>;

/** What is written to people about requests, in their language. Names of others are cleaned: nothing in them can look like our words. */
@Injectable()
export class RequestMails {
  constructor(
    private readonly names: ProcessNames,
    private readonly clients: ClientRegistry,
    private readonly outcomes: RequestOutcomes,
    private readonly given: GivenSentences,
    private readonly clock: Clock,
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
      [...lines.map(({ line }) => line), ...(more > 0 ? [mails.askedMore(more)] : [])].join('\n'),
      mails.askedWhere(ownerPage),
      mails.unasked,
      mails.askedStop(accountUrl(this.config.issuer, 'notices')),
    );
    const [first] = lines;
    return {
      subject: count === 1 && first !== undefined ? subjectOf(first.sentence) : mails.askedSubject(count),
      text,
    };
  }

  /** To the party who wished for it. */
  async outcome(person: Person, request: AccessRequest): Promise<Text> {
    const messages = messagesFor(person.locale);
    const { requestMails: mails } = messages;
    const outcome = await this.outcomes.of(request);
    const owner = mailName(await this.names.owner(request.owner));
    const text = paragraphs(
      mails.greeting(mailName(person.name)),
      ...(await this.outcomeLines(request, outcome, person)),
      mails.outcomeWhere(requestUrl(this.config.issuer, request.id)),
    );
    return { subject: outcome.kind === 'expired' ? mails.noAnswerSubject(owner) : mails.outcomeSubject(owner), text };
  }

  private async outcomeLines(request: AccessRequest, outcome: RequestOutcome, person: Person): Promise<string[]> {
    const { requestMails: mails, locale } = messagesFor(person.locale);
    const owner = mailName(await this.names.owner(request.owner));
    const resource = mailName(await this.names.resourcesOf(request.permissions, locale));
    switch (outcome.kind) {
      case 'allowed': {
        const lead = outcome.got ? mails.outcomePartly : mails.outcomeAllowed;
        const given = await this.given.sentences(request.owner, outcome.given, person);
        return [lead(owner, resource), given.join('\n'), ...(outcome.from === undefined ? [mails.outcomeGoOn] : [])];
      }
      case 'denied': {
        const time = { now: this.clock.now(), ...(person.zone !== null && { zone: person.zone }) };
        const again = mails.outcomeAgain(dateAndTime(outcome.againFrom, time, locale));
        const { reason } = outcome;
        const said = reason === undefined ? [] : [mails.outcomeReason(owner, mailName(reason, LONGEST_REASON))];
        return [mails.outcomeDenied(owner, resource), ...said, again];
      }
      case 'ended':
        return [mails.outcomeEnded(owner, resource)];
      case 'expired':
      case 'waiting':
        return [mails.outcomeExpired(owner, resource)];
    }
  }

  /** One request: the sentence of it, and the line with the application through which it came. */
  private async line(
    { party, permissions, clientId }: AccessRequest,
    { requestMails: mails, locale }: Messages,
  ): Promise<{ readonly sentence: string; readonly line: string }> {
    const client = await this.clients.find(clientId);
    const who = { name: mailName(party.name ?? party.email ?? mails.somebody) };
    const asked = await this.names.asked(permissions, locale);
    const cleaned = asked.map(({ resource, scopes }) => ({ scopes, resource: { name: mailName(resource.name) } }));
    const reader = { language: locale, now: this.clock.now() };
    const sentence = bareText(requestSentence({ who, asked: cleaned }, reader));
    return { sentence, line: mails.askedLine(sentence, mailName(client?.name ?? clientId)) };
  }
}

/** What a mail program shows of a subject at most, and a bit. */
const LONGEST_SUBJECT = 200;

function subjectOf(sentence: string): string {
  const characters = [...sentence];
  return characters.length <= LONGEST_SUBJECT ? sentence : `${characters.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
}

function paragraphs(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
