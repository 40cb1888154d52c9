import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Duration } from '@valetkey/kernel';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { PermissionTicket, UmaOptions } from '@valetkey/uma';
import { DENIAL_HOLDS, UMA_OPTIONS } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { Visitor } from '../../interaction/interaction-kind.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { Messages } from '../../pages/messages/messages.js';
import type { ClaimsModel } from '../../pages/views/claims.view.js';
import { claimsView } from '../../pages/views/claims.view.js';
import { applicationOf } from '../known-application.js';
import { digestOf } from '../question-digest.js';
import type { BegunAnswer } from './claims-content.js';
import { factsOf, isTold, lackingOf } from './given-claims.js';
import { ProcessNames } from './process-names.service.js';

const DAY = 86_400_000;

/** All that she decides on. Who else could say more is no part of it: it changes with the owner's policies, and nothing of it is sent. */
type Said = Omit<ClaimsModel, 'form' | 'account' | 'others' | 'why' | 'isChanged'> &
  Required<Pick<ClaimsModel, 'application'>>;

/** Why the page is shown to who has just answered it. */
export interface Reshown {
  /** What she has chosen so far. */
  readonly begun?: BegunAnswer | undefined;
  /** It was another one that she answered. */
  readonly isChanged?: boolean;
}

/** What the page is about. */
export interface ClaimsQuestion {
  readonly client: Client;
  readonly ticket: PermissionTicket;
  readonly person: Person;
  /** Issuers that could say more about her. */
  readonly others: readonly string[];
}

/** The claims page (A4): which application asks, about what, and each fact that would be given (UG-23). */
@Injectable()
export class ClaimsPage {
  constructor(
    private readonly names: ProcessNames,
    @Inject(TOKEN_OPTIONS) private readonly tokens: TokenOptions,
    @Inject(UMA_OPTIONS) private readonly uma: UmaOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(question: ClaimsQuestion, visitor: Visitor, { begun, isChanged = false }: Reshown = {}): Promise<PageView> {
    const { messages } = visitor;
    const said = await this.said(question, messages);
    const model: ClaimsModel = {
      ...said,
      facts: said.facts.map((fact) => ({
        ...fact,
        declined: begun?.declined.some((one) => one === fact.field) ?? false,
      })),
      ...(begun?.why !== undefined && { why: begun.why }),
      form: visitor.form('decision', digestOf(said)),
      account: { name: question.person.username, another: visitor.form('another-person') },
      others: await this.names.issuers(question.others, messages.locale),
      isChanged,
    };
    return claimsView(model, messages);
  }

  /** Whether the page that she answers said just what it would say now: who asks, about what, and each fact with its readers. */
  async isAsShown(question: ClaimsQuestion, visitor: Visitor): Promise<boolean> {
    return visitor.wasAsked(digestOf(await this.said(question, visitor.messages)));
  }

  private async said({ client, ticket, person }: ClaimsQuestion, messages: Messages): Promise<Said> {
    const owner = await this.names.owner(ticket.owner);
    return {
      application: applicationOf(client),
      resource: await this.names.resourcesOf(ticket.permissions, messages.locale),
      owner,
      ...(ticket.owner === `account:${person.id}` && {
        yours: { label: messages.claims.yours, url: `${this.tokens.issuer}/console/access` },
      }),
      facts: factsOf(person).map(({ fact, value }) => ({
        field: fact,
        label: messages.claims.facts[fact],
        value,
        why: messages.claims.reasons[fact],
        ...this.useOf(isTold(fact, person), owner, messages),
      })),
      lacking: lackingOf(person).map((fact) => messages.claims.facts[fact]),
      details: [{ term: 'client_id', value: client.id }],
    };
  }

  /** Who sees it, and how long it stays: in claims that a client may use again, and where its owner sees it with what she shares. */
  private useOf(told: boolean, owner: string, { claims }: Messages): { seenBy: string; kept: string } {
    const days = inDays(Math.max(this.tokens.pctLifetime, this.uma.submittedTicketLifetime + DENIAL_HOLDS));
    if (!told) return { seenBy: claims.seenByNobody, kept: claims.keptFor(days) };
    return { seenBy: owner, kept: claims.keptWithShare(days, inDays(this.config.jobs.keepEnded)) };
  }
}

function inDays(duration: Duration): number {
  return Math.max(1, Math.ceil(duration / DAY));
}
