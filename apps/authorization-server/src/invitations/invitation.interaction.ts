import { Injectable } from '@nestjs/common';
import type { Person, Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { Interaction } from '@valetkey/oauth';
import type {
  Caller,
  FormValues,
  InteractionKind,
  NextStep,
  SignedInVisitor,
  Visitor,
} from '../interaction/interaction-kind.js';
import { PageError } from '../pages/http/page-error.js';
import { hashOf, InvitationAnswers } from './invitation-answers.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationPage } from './invitation-page.service.js';
import type { Offer } from './offers.service.js';

/** The kind's name in the store. */
export const INVITATION = 'invitation';

/** Somebody answers an invitation with her account here. Until she does, nothing of it is used up, however often it is looked at. */
@Injectable()
export class InvitationInteraction implements InteractionKind {
  readonly kind = INVITATION;

  constructor(
    private readonly links: InvitationLinks,
    private readonly answers: InvitationAnswers,
    private readonly page: InvitationPage,
    private readonly persons: Persons,
  ) {}

  caller(): Promise<Caller> {
    return Promise.resolve({ name: undefined, returns: [], uiLocales: [] });
  }

  async next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const offer = await this.links.offerOf(hashOf(interaction));
    if (!offer) return this.over(visitor);
    // What is offered, and by whom, is for those with an account here.
    if (!visitor.session) return { kind: 'sign_in', why: 'nobody' };
    const person = await this.personOf(visitor.session);
    if (person.id === offer.owner.id) return { kind: 'page', view: this.page.own(offer, visitor), status: 403 };
    return { kind: 'page', view: await this.page.of(offer, person, visitor) };
  }

  async decide(interaction: Interaction, visitor: SignedInVisitor, form: FormValues): Promise<NextStep> {
    const offer = await this.links.offerOf(hashOf(interaction));
    if (!offer) return this.over(visitor);
    const person = await this.personOf(visitor.session);
    if (person.id === offer.owner.id) return { kind: 'again' };
    const decision = form.get('decision');
    if (decision === 'decline') return this.decline(interaction, visitor);
    if (decision === 'accept') return this.accept(interaction, { offer, person, visitor });
    throw new PageError('bad_request', 'decision_unknown');
  }

  /** She turned back: nothing of the invitation is used up. */
  async refuse(interaction: Interaction): Promise<NextStep> {
    await this.answers.dismiss(interaction);
    return { kind: 'result', outcome: 'nothing_changed' };
  }

  private async accept(
    interaction: Interaction,
    { offer, person, visitor }: { offer: Offer; person: Person; visitor: Visitor },
  ): Promise<NextStep> {
    // She answers what she saw, and nothing that took its place since.
    if (!this.page.isAsShown(offer, visitor)) {
      return { kind: 'page', view: await this.page.of(offer, person, visitor, true), status: 409 };
    }
    const outcome = await this.answers.accept(interaction, offer, person);
    switch (outcome) {
      case 'accepted':
        return { kind: 'page', view: this.page.accepted(visitor.messages) };
      case 'over':
        return this.over(visitor);
      case 'changed':
        return { kind: 'again' };
      case 'too_many':
      case 'busy':
        throw new PageError('busy', `invitation_${outcome}`);
    }
  }

  private async decline(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const outcome = await this.answers.decline(interaction);
    return outcome === 'over' ? this.over(visitor) : { kind: 'page', view: this.page.declined(visitor.messages) };
  }

  private over({ messages }: Visitor): NextStep {
    return { kind: 'page', view: this.page.over(messages), status: 400 };
  }

  private async personOf({ accountId }: Session): Promise<Person> {
    const person = await this.persons.find(accountId);
    if (!person?.enabled) throw new PageError('expired', 'account_gone_meanwhile');
    return person;
  }
}
