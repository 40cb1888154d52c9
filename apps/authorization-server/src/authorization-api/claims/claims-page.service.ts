import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { PermissionTicket } from '@valetkey/uma';
import type { Visitor } from '../../interaction/interaction-kind.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { ClaimsModel } from '../../pages/views/claims.view.js';
import { claimsView } from '../../pages/views/claims.view.js';
import { factsOf } from './given-claims.js';
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
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  async of({ client, ticket, person }: ClaimsQuestion, visitor: Visitor): Promise<PageView> {
    const { messages } = visitor;
    const owner = await this.names.owner(ticket.owner);
    const kept = messages.claims.keptFor(Math.max(1, Math.round(this.options.pctLifetime / DAY)));
    const model: ClaimsModel = {
      form: visitor.form('decision'),
      application: {
        name: client.name,
        verified: false,
        ...(client.publisher !== null && { publisher: client.publisher }),
      },
      account: { name: person.username, another: visitor.form('another-person') },
      resource: await this.names.resourcesOf(ticket.permissions, messages.locale),
      owner,
      facts: factsOf(person).map(({ fact, value }) => ({
        field: fact,
        label: messages.claims.facts[fact],
        value,
        seenBy: owner,
        kept,
        fixed: true,
      })),
      details: [{ term: 'client_id', value: client.id }],
    };
    return claimsView(model, messages);
  }
}
