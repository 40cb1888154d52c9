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
import { factsOf, isTold } from './given-claims.js';
import { ProcessNames } from './process-names.service.js';

const DAY = 86_400_000;

/** What the page is about. */
export interface ClaimsQuestion {
  readonly client: Client;
  readonly ticket: PermissionTicket;
  readonly person: Person;
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

  async of({ client, ticket, person }: ClaimsQuestion, visitor: Visitor): Promise<PageView> {
    const { messages } = visitor;
    const owner = await this.names.owner(ticket.owner);
    const model: ClaimsModel = {
      form: visitor.form('decision'),
      application: applicationOf(client),
      account: { name: person.username, another: visitor.form('another-person') },
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
        fixed: true,
      })),
      details: [{ term: 'client_id', value: client.id }],
    };
    return claimsView(model, messages);
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
