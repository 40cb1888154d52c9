import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Interaction } from '@valetkey/oauth';
import type { Caller, FormValues, InteractionKind, NextStep, Visitor } from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import { PartyRequests } from './party-requests.service.js';
import { WaitingPage } from './waiting-page.service.js';

/** The kind's name in the store. */
export const REQUEST_PAGE = 'uma_request';

/** What an interaction of this kind remembers. */
export interface RequestPageContent {
  readonly requestId: string;
}

/** A requesting party looks what became of her request (A5), by a link that stays good. */
@Injectable()
export class RequestPageInteraction implements InteractionKind {
  readonly kind = REQUEST_PAGE;

  constructor(
    private readonly requests: PartyRequests,
    private readonly page: WaitingPage,
  ) {}

  caller(): Promise<Caller> {
    return Promise.resolve({ name: 'Valetkey', returns: [], uiLocales: [] });
  }

  async next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const { session } = visitor;
    if (!session) return { kind: 'sign_in', why: 'nobody' };
    const seen = await this.requests.find(requestIdOf(interaction), session);
    if (!seen) throw new PageError('not_found', 'request_of_another');
    return { kind: 'page', view: await this.page.of(seen, undefined, visitor) };
  }

  async decide(interaction: Interaction, session: Session, form: FormValues): Promise<NextStep> {
    if (form.get('decision') === 'mail') await this.requests.wishMail(requestIdOf(interaction), session);
    return { kind: 'again' };
  }

  refuse(): Promise<NextStep> {
    return Promise.reject(new PageError('expired', 'sign_in_refused'));
  }
}

function requestIdOf({ content }: Interaction): string {
  return (content as RequestPageContent).requestId;
}
