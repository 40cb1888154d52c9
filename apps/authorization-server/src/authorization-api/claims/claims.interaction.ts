import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Interaction } from '@valetkey/oauth';
import type {
  Caller,
  FormValues,
  InteractionKind,
  NextStep,
  SignedInVisitor,
  Visitor,
} from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import type { StartingPlace } from '../../pages/views/result.view.js';
import { LONGEST_REASON } from '../../pages/views/claims.view.js';
import { startingPlaceOf } from '../known-application.js';
import { ClaimsCompletion } from './claims-completion.service.js';
import type { BegunAnswer } from './claims-content.js';
import { CLAIMS, contentOf } from './claims-content.js';
import type { ClaimsQuestion } from './claims-page.service.js';
import { ClaimsPage } from './claims-page.service.js';
import type { Stand } from './claims-stand.service.js';
import { ClaimsStand } from './claims-stand.service.js';
import { FACTS } from './given-claims.js';
import { PartyRequests } from './party-requests.service.js';
import { SignedInParty } from './signed-in-party.service.js';
import { WaitingPage } from './waiting-page.service.js';

/** A requesting party at her browser: who she is, and what of that she gives (UMA Grant section 3.3.2). */
@Injectable()
export class ClaimsInteraction implements InteractionKind {
  readonly kind = CLAIMS;

  constructor(
    private readonly stands: ClaimsStand,
    private readonly party: SignedInParty,
    private readonly completion: ClaimsCompletion,
    private readonly claimsPage: ClaimsPage,
    private readonly waitingPage: WaitingPage,
    private readonly requests: PartyRequests,
  ) {}

  async caller(interaction: Interaction): Promise<Caller> {
    const { name } = await this.stands.client(interaction);
    return { name, returns: [contentOf(interaction).redirectUri], uiLocales: [] };
  }

  async startAgainAt(interaction: Interaction): Promise<StartingPlace | undefined> {
    const client = await this.stands.findClient(interaction);
    return client && startingPlaceOf(client);
  }

  async next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const { session } = visitor;
    const stand = await this.stands.of(interaction);
    if (!session) return { kind: 'sign_in', why: 'nobody' };
    const { accountId, requestId } = contentOf(interaction);
    if (accountId === undefined) return this.ask(stand, { ...visitor, session });
    // What one person gave is not gone on with by another one at the same browser.
    if (accountId !== session.accountId) return { kind: 'sign_in', why: 'another_person' };
    if (requestId === undefined) return this.completion.handOver(stand);
    const seen = await this.requests.find(requestId, session);
    if (!seen) throw new PageError('not_found', 'request_gone');
    return {
      kind: 'page',
      view: await this.waitingPage.of(seen, visitor, stand.client),
    };
  }

  async decide(interaction: Interaction, visitor: SignedInVisitor, form: FormValues): Promise<NextStep> {
    const { session } = visitor;
    const stand = await this.stands.of(interaction);
    const decision = form.get('decision');
    const { accountId, requestId } = contentOf(interaction);
    if (accountId === undefined) {
      if (decision !== 'send') return this.completion.refuse(stand);
      return this.send(stand, visitor, form);
    }
    if (accountId !== session.accountId) return { kind: 'again' };
    if (decision === 'back') return this.completion.handOver(stand);
    if (decision === 'mail' && requestId !== undefined) await this.requests.wishMail(requestId, session);
    return { kind: 'again' };
  }

  /** What she left out is left out still when she has signed in again. */
  async keep(interaction: Interaction, mark: string, form: FormValues): Promise<void> {
    if (contentOf(interaction).accountId !== undefined || form.get('decision') !== 'send') return;
    await this.completion.wait(await this.stands.of(interaction), begunBy(mark, form));
  }

  async refuse(interaction: Interaction): Promise<NextStep> {
    return this.completion.refuse(await this.stands.of(interaction));
  }

  private async ask(stand: Stand, visitor: SignedInVisitor): Promise<NextStep> {
    const why = await this.party.neededSignIn(stand, visitor.session);
    if (why) return { kind: 'sign_in', why };
    const { begun } = contentOf(stand.interaction);
    const isHers = begun?.mark === visitor.markOf(visitor.session.accountId);
    const question = await this.question(stand, visitor.session);
    return { kind: 'page', view: await this.claimsPage.of(question, visitor, isHers ? { begun } : {}) };
  }

  private async send(stand: Stand, visitor: SignedInVisitor, form: FormValues): Promise<NextStep> {
    const { session } = visitor;
    const begun = begunBy(visitor.markOf(session.accountId), form);
    if (await this.party.neededSignIn(stand, session)) {
      await this.completion.wait(stand, begun);
      return { kind: 'again' };
    }
    const question = await this.question(stand, session);
    // She gives the facts that she read, and none that there is, or is another one, since.
    if (!(await this.claimsPage.isAsShown(question, visitor))) {
      const view = await this.claimsPage.of(question, visitor, { begun, isChanged: true });
      return { kind: 'page', view, status: 409 };
    }
    const given = FACTS.filter((fact) => !begun.declined.includes(fact));
    const set = await this.party.claims(session, given);
    await this.completion.give(stand, { set, why: form.get('why') }, session);
    return { kind: 'again' };
  }

  private async question(stand: Stand, session: Session): Promise<ClaimsQuestion> {
    const { client, ticket } = stand;
    const person = await this.party.person(session);
    return { client, ticket, person, others: await this.party.othersWhoKnow(stand, session) };
  }
}

function begunBy(mark: string, form: FormValues): BegunAnswer {
  const why = form.get('why')?.slice(0, LONGEST_REASON);
  const declined = FACTS.filter((fact) => form.get(`${fact}.declined`) !== undefined);
  return { mark, declined, ...(why !== undefined && { why }) };
}
