import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@valetkey/accounts';
import { sha256 } from '@valetkey/kernel';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { Visitor } from '../interaction/interaction-kind.js';
import { GivenSentences } from '../notices/given-sentences.service.js';
import { Pages } from '../pages/http/pages.service.js';
import type { PageView } from '../pages/kit/page-view.js';
import type { Messages } from '../pages/messages/messages.js';
import { invitationView, ownInvitationView } from '../pages/views/invitation.view.js';
import { resultView } from '../pages/views/result.view.js';
import type { Offer } from './offers.service.js';

const asWritten = (text: string) => text;

/** What whoever opens an invitation reads. */
@Injectable()
export class InvitationPage {
  constructor(
    private readonly sentences: GivenSentences,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer'>,
  ) {}

  /** @param isChanged - she has just answered another one */
  async of(offer: Offer, person: Person, visitor: Visitor, isChanged = false): Promise<PageView> {
    const { invitation, owner, given } = offer;
    const { messages } = visitor;
    const reader = { id: person.id, locale: messages.locale, named: asWritten };
    const model = {
      form: visitor.form('decision', questionOf(offer)),
      ...{ account: person.username, another: visitor.form('another-person') },
      ...{ owner: owner.name, address: invitation.address, isChanged },
      offered: await this.sentences.parts(invitation.owner, given, reader),
      ...(invitation.note !== null && { note: invitation.note }),
    };
    return invitationView(model, messages);
  }

  /** Whether the page that she answers said just what it would say now. */
  isAsShown(offer: Offer, visitor: Visitor): boolean {
    return visitor.wasAsked(questionOf(offer));
  }

  /** To the owner herself. */
  own({ invitation, owner }: Offer, visitor: Visitor): PageView {
    const wayOn = { label: visitor.messages.invitation.toAccess, url: `${this.config.issuer}/console/access` };
    const another = visitor.form('another-person');
    return ownInvitationView(
      { account: owner.username, another, address: invitation.address, wayOn },
      visitor.messages,
    );
  }

  accepted(messages: Messages): PageView {
    const received = { label: messages.invitation.toShared, url: `${this.config.issuer}/console/shared-with-me` };
    return resultView({ outcome: 'invitation_accepted', links: [received] }, messages);
  }

  declined(messages: Messages): PageView {
    return resultView({ outcome: 'invitation_declined', links: [this.pages.ways(messages).account] }, messages);
  }

  /** Answered, too old, taken back, of an owner who is gone, or never made: the same page. */
  over(messages: Messages): PageView {
    return resultView({ outcome: 'invitation_over', links: [this.pages.ways(messages).account] }, messages);
  }
}

/** All that the page says of what is offered; when it begins may pass while she reads, and changes nothing. */
function questionOf({ invitation, owner, given, window }: Offer): string {
  const { id, note } = invitation;
  const offered = given.map(({ resourceId, scopes }) => [resourceId, scopes]);
  return sha256(JSON.stringify([id, owner.name, note, offered, window.expiresAt]));
}
