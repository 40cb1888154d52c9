import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { SessionClientStore } from '@valetkey/accounts';
import type { Given } from '@valetkey/grants';
import { ClaimsGathering } from '@valetkey/grants';
import { Clock } from '@valetkey/kernel';
import { InteractionStore } from '@valetkey/oauth';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import type { NextStep } from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import { ClaimsAnswers } from './claims-answers.service.js';
import type { BegunAnswer, ClaimsContent } from './claims-content.js';
import { contentOf } from './claims-content.js';
import type { Stand } from './claims-stand.service.js';

/** Lost this often, the page says so rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/** Goes on with a process: each step is one write-set with the interaction, and is done once. */
@Injectable()
export class ClaimsCompletion {
  constructor(
    private readonly gathering: ClaimsGathering,
    private readonly answers: ClaimsAnswers,
    private readonly interactions: InteractionStore,
    private readonly sessionClients: SessionClientStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What she gives joins the process, unless her session has ended. */
  async give({ interaction, client, ticket }: Stand, given: Given, session: Session): Promise<void> {
    await this.once(async (writes) => {
      const now = this.clock.now();
      this.sessionClients.rely(writes, session, { listener: undefined, now });
      const { held, request } = await this.gathering.give(ticket, given, { client, now, writes });
      const content: ClaimsContent = {
        ...contentOf(interaction),
        begun: undefined,
        held,
        accountId: given.set.subject,
        ...(request && { requestId: request.id }),
      };
      const until = Math.max(interaction.expiresAt, request?.state === 'pending' ? request.expiresAt : 0);
      this.interactions.keep(writes, interaction, content, until);
    });
  }

  /** What she chose waits until she has signed in anew. */
  async wait({ interaction }: Stand, begun: BegunAnswer): Promise<void> {
    await this.once((writes) => {
      const content: ClaimsContent = { ...contentOf(interaction), begun };
      this.interactions.keep(writes, interaction, content, interaction.expiresAt);
    });
  }

  /** She goes back to the client with a new ticket. */
  async handOver({ interaction, client, ticket }: Stand): Promise<NextStep> {
    let value = '';
    await this.once((writes) => {
      const now = this.clock.now();
      value = this.gathering.handOver(ticket, { client, now, writes });
      this.interactions.finish(writes, interaction, now);
    });
    return { kind: 'answer', answer: this.answers.ticket(contentOf(interaction), value) };
  }

  /** She gives nothing: the process ends, and the client may start over at the resource server. */
  async refuse({ interaction, client, ticket }: Stand): Promise<NextStep> {
    await this.once((writes) => {
      const now = this.clock.now();
      this.gathering.end(ticket, { client, now, writes });
      this.interactions.finish(writes, interaction, now);
    });
    return { kind: 'answer', answer: this.answers.refusal(contentOf(interaction), 'access_denied') };
  }

  /** @throws PageError when the step was done before, or the process was ended */
  private async once(step: (writes: WriteSet) => void | Promise<void>): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const writes = new WriteSet();
      await step(writes);
      try {
        await this.database.commit(writes);
        return;
      } catch (cause) {
        if (!(cause instanceof ConditionFailed)) throw cause;
      }
    }
    throw new PageError('expired', 'interaction_over');
  }
}
