import { Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AcceptanceProblem } from '@valetkey/uma';
import { Invitations } from '@valetkey/uma';
import { PageError } from '../pages/http/page-error.js';
import type { Offer } from './offers.service.js';

/** What an interaction of this kind remembers: the key of the link, from which nothing leads back to it. */
export interface InvitationContent {
  readonly hash: string;
}

export function hashOf({ content }: Interaction): string {
  return (content as InvitationContent).hash;
}

/** Answers to invitations: the answer and the end of the interaction are one write-set. */
@Injectable()
export class InvitationAnswers {
  constructor(
    private readonly invitations: Invitations,
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Shares what is offered with the person; of two who accept at once one does. */
  async accept(
    interaction: Interaction,
    { given, window }: Offer,
    person: Person,
  ): Promise<'accepted' | AcceptanceProblem> {
    const acceptance = { hash: hashOf(interaction), by: { accountId: person.id, name: person.name }, given, window };
    const made = await this.invitations.accept(acceptance, (writes) => this.finish(writes, interaction));
    return typeof made === 'string' ? made : 'accepted';
  }

  decline(interaction: Interaction): Promise<'declined' | 'over'> {
    return this.invitations.decline(hashOf(interaction), (writes) => this.finish(writes, interaction));
  }

  /** Ends the interaction alone. @throws PageError when it is over */
  async dismiss(interaction: Interaction): Promise<void> {
    const writes = new WriteSet();
    this.finish(writes, interaction);
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }

  private finish(writes: WriteSet, interaction: Interaction): void {
    this.interactions.finish(writes, interaction, this.clock.now());
  }
}
