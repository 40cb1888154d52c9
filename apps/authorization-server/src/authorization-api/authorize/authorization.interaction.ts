import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { isRegisteredRedirectUri, isStranger } from '@valetkey/clients';
import type { AuthorizationAnswer, AuthorizationRequest, Interaction } from '@valetkey/oauth';
import { AuthorizationAnswers } from '@valetkey/oauth';
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
import { startingPlaceOf } from '../known-application.js';
import { AuthorizationCompletion } from './authorization-completion.service.js';
import { ConsentForm } from './consent-form.service.js';
import type { Given, Standing } from './consented-codes.service.js';
import { AuthorizationSteps } from './authorization-steps.service.js';
import type { ConsentQuestion } from './consent-page.service.js';
import { ConsentPage } from './consent-page.service.js';
import { StandingRequests } from './standing-requests.service.js';

/** The kind's name in the store. */
export const AUTHORIZATION = 'authorization';

/** What an interaction of this kind remembers. */
export interface AuthorizationContent {
  readonly request: AuthorizationRequest;
}

type Answered = Extract<NextStep, { kind: 'answer' }>;

/** A person decides on an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2). */
@Injectable()
export class AuthorizationInteraction implements InteractionKind {
  readonly kind = AUTHORIZATION;

  constructor(
    private readonly standing: StandingRequests,
    private readonly steps: AuthorizationSteps,
    private readonly answers: AuthorizationAnswers,
    private readonly completion: AuthorizationCompletion,
    private readonly consentPage: ConsentPage,
    private readonly consentForm: ConsentForm,
  ) {}

  async caller(interaction: Interaction): Promise<Caller> {
    const request = requestOf(interaction);
    const { name, metadata } = await this.standing.clientOf(request);
    const { redirectUri, uiLocales, loginHint } = request;
    // Every page and every form begins here: nobody is sent to an address that was taken away since.
    if (!isRegisteredRedirectUri(metadata, redirectUri)) {
      throw new PageError('bad_request', 'redirect_uri_unregistered');
    }
    return { name, returns: [redirectUri], uiLocales, ...(loginHint !== undefined && { loginHint }) };
  }

  async startAgainAt(interaction: Interaction): Promise<StartingPlace | undefined> {
    const client = await this.standing.findClient(requestOf(interaction));
    return client && startingPlaceOf(client);
  }

  next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    return this.completion.settle(
      () => this.nextOnce(interaction, visitor),
      async () => ({ kind: 'answer', answer: await this.completion.giveUp(requestOf(interaction), interaction) }),
    );
  }

  /** `undefined` when what an answer rests on ended or changed meanwhile. */
  private async nextOnce(interaction: Interaction, visitor: Visitor): Promise<NextStep | undefined> {
    const request = sinceSignIn(requestOf(interaction), interaction, visitor.session);
    const client = await this.standing.clientOf(request);
    const { session } = visitor;
    const step = (await this.standing.lost(request, client)) ?? (await this.steps.next(request, client, session));
    if (step.step === 'error') {
      const answered = await this.finish(interaction, this.answers.error(request, step.code));
      return mayBeSent(client, interaction, session) ? answered : { ...answered, kind: 'leave' };
    }
    if (step.step === 'sign_in' || !session) {
      return { kind: 'sign_in', why: step.step === 'sign_in' ? step.why : 'nobody' };
    }
    if (step.step === 'answer') return this.answer({ request, client, session, ...step }, interaction);
    return {
      kind: 'page',
      view: await this.consentPage.of({ request, client, session, missing: step.missing }, visitor),
    };
  }

  async decide(interaction: Interaction, visitor: SignedInVisitor, form: FormValues): Promise<NextStep> {
    const { session } = visitor;
    if (form.get('decision') !== 'allow') return this.refuse(interaction, 'cancelled');
    const asked = requestOf(interaction);
    const request = sinceSignIn(asked, interaction, session);
    const client = await this.standing.clientOf(request);
    const step = await this.steps.next(request, client, session);
    const lost = await this.standing.lost(request, client);
    if (lost) return this.finish(interaction, this.answers.error(request, lost.code));
    if (step.step === 'sign_in' || step.step === 'error') return { kind: 'sign_in', why: 'again' };
    if (step.step === 'answer') {
      return (await this.answer({ request, client, session, ...step }, interaction)) ?? { kind: 'again' };
    }
    const question = { request, client, session, missing: step.missing };
    // She answers what she saw, and nothing that took its place since.
    if (!(await this.consentPage.isAsShown(question, visitor))) {
      return { kind: 'page', view: await this.consentPage.of(question, visitor, { isChanged: true }), status: 409 };
    }
    if (this.consentForm.leavesOpen(form, question)) {
      return { kind: 'page', view: await this.consentPage.of(question, visitor, { kept: form }), status: 400 };
    }
    return this.allow(question, interaction, form);
  }

  private async allow(question: ConsentQuestion, interaction: Interaction, form: FormValues): Promise<NextStep> {
    const { request, client, session } = question;
    const given = await this.consentForm.read(form, question);
    if (!given) return { kind: 'again' };
    // She allowed nothing of it: that is a no, in whatever words.
    const isNothing = given.scopes.length === 0 && request.authorizationDetails === undefined;
    if (isNothing) return this.refuse(interaction, 'cancelled');
    return this.grant({ request, client, session, ...given }, interaction);
  }

  async refuse(interaction: Interaction, why: 'cancelled' | 'too_weak'): Promise<NextStep> {
    const code = why === 'cancelled' ? 'access_denied' : 'unmet_authentication_requirements';
    const request = requestOf(interaction);
    const decided = why === 'cancelled' ? request : undefined;
    const answered = await this.finish(interaction, this.answers.error(request, code), decided);
    // Turning back is a deed of hers; that she cannot sign in as is asked shows without any.
    const isHers = why === 'cancelled' || !isStranger(await this.standing.clientOf(request));
    return isHers ? answered : { ...answered, kind: 'leave' };
  }

  private async answer(standing: Standing, interaction: Interaction): Promise<NextStep | undefined> {
    const answer = await this.completion.answer(standing, interaction);
    return answer && { kind: 'answer', answer };
  }

  private async grant(given: Given, interaction: Interaction): Promise<NextStep> {
    return { kind: 'answer', answer: await this.completion.grant(given, interaction) };
  }

  private async finish(
    interaction: Interaction,
    answer: Promise<AuthorizationAnswer>,
    decided?: AuthorizationRequest,
  ): Promise<Answered> {
    // First: where it cannot be made nothing is over, and nobody else waits for what it throws.
    const made = await answer;
    await this.completion.refuse(interaction, decided);
    return { kind: 'answer', answer: made };
  }
}

function requestOf({ content }: Interaction): AuthorizationRequest {
  return (content as AuthorizationContent).request;
}

/** No browser is sent to a stranger unless its person has signed in for this. */
function mayBeSent(client: Client, { createdAt }: Interaction, session: Session | undefined): boolean {
  return !isStranger(client) || (session !== undefined && session.authTime >= createdAt);
}

/** A sign-in since the request came has done what the request asked of it. */
function sinceSignIn(
  request: AuthorizationRequest,
  { createdAt }: Interaction,
  session: Session | undefined,
): AuthorizationRequest {
  if (!session || session.authTime < createdAt) return request;
  return {
    ...request,
    maxAge: undefined,
    prompt: request.prompt.filter((value) => value !== 'login' && value !== 'select_account'),
  };
}
