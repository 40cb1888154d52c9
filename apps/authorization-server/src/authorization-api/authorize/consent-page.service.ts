import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { AuthorizationRequest, MissingConsent, StandingAccess } from '@valetkey/oauth';
import { Consents, singleClaims } from '@valetkey/oauth';
import { IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';
import type { FormValues, Visitor } from '../../interaction/interaction-kind.js';
import type { WordedScope } from '../../owner-api/scope-wording.store.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { Sentence } from '../../pages/kit/parts.js';
import type { Messages } from '../../pages/messages/messages.js';
import type { ConsentModel, OptionalPermission } from '../../pages/views/consent.view.js';
import { consentView } from '../../pages/views/consent.view.js';
import { ApplicationStanding } from '../application-standing.service.js';
import { applicationOf } from '../known-application.js';
import { AskedSentences, sentenceOf } from '../asked-sentences.service.js';
import { digestOf } from '../question-digest.js';
import { choiceFields, withKept } from './consent-choice-fields.js';
import { ConsentOffers } from './consent-offers.service.js';

const TICKED = 'allow';

/** Scopes by which an application learns who she is; offline access is none of them, though OpenID Connect names it, too. */
const ABOUT_HER: readonly string[] = IDENTITY_SCOPES.filter((scope) => scope !== IDENTITY_SCOPE.offlineAccess);

/** The box of an optional scope. */
function fieldOf(scope: string): string {
  return `permission.${scope}`;
}

/** Which optional scopes a posted page has ticked. */
export function ticksOf(form: FormValues): (scope: string) => boolean {
  return (scope) => form.get(fieldOf(scope)) === TICKED;
}

/** What the consent page asks about. */
export interface ConsentQuestion {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  readonly missing: MissingConsent;
}

/** All that the page says to whoever is asked. */
type Said = Omit<ConsentModel, 'form' | 'account' | 'another' | 'isChanged' | 'time'>;

/** Why the page is shown to who has just answered it. */
export interface Reshown {
  /** It was another one that she answered. */
  readonly isChanged?: boolean;
  /** Her answer, which leaves a choice open and is otherwise kept. */
  readonly kept?: FormValues;
}

/** The consent page (A3) of an authorization request. */
@Injectable()
export class ConsentPage {
  constructor(
    private readonly persons: Persons,
    private readonly sentences: AskedSentences,
    private readonly consents: Consents,
    private readonly standing: ApplicationStanding,
    private readonly clock: Clock,
    private readonly offers: ConsentOffers,
  ) {}

  async of(question: ConsentQuestion, visitor: Visitor, { isChanged = false, kept }: Reshown = {}): Promise<PageView> {
    const { messages } = visitor;
    const said = await this.said(question, messages);
    const person = await this.persons.find(question.session.accountId);
    const model: ConsentModel = {
      ...(kept ? withKept(said, kept) : said),
      form: visitor.form('decision', digestOf(said)),
      time: { now: this.clock.now(), ...(person?.zone && { zone: person.zone }) },
      account: person?.username ?? '',
      another: visitor.form('another-person'),
      isChanged,
    };
    return consentView(model, messages);
  }

  /** Whether the page that she answers said just what it would say now: words, permissions, resources, and who asks. */
  async isAsShown(question: ConsentQuestion, visitor: Visitor): Promise<boolean> {
    return visitor.wasAsked(digestOf(await this.said(question, visitor.messages)));
  }

  /**
   * What people are asked on the way to a client that wants all that it may ask for, with nothing to decide; `undefined` for one
   * that has no address to return to.
   */
  async preview(client: Client, messages: Messages): Promise<PageView | undefined> {
    const [redirectUri] = client.metadata.redirectUris;
    if (redirectUri === undefined) return undefined;
    const { scopes, audiences: resources, metadata } = client;
    const request: AuthorizationRequest = {
      clientId: client.id,
      redirectUri,
      responseMode: 'query',
      scopes,
      resources,
      optionalScopes: metadata.optionalScopes,
      codeChallenge: '',
      prompt: [],
      acrValues: [],
      uiLocales: [],
    };
    const missing = { scopes, resources, already: [], claims: [], authorizationDetails: [] };
    const asked = await this.asked({ request, client, missing }, messages);
    const time = { now: this.clock.now() };
    return consentView({ ...asked, time, account: messages.consent.samplePerson }, messages);
  }

  private async said({ session, ...question }: ConsentQuestion, messages: Messages): Promise<Said> {
    const { client, request } = question;
    const suspended = await this.consents.isSuspended(session.accountId, client.id);
    const standing = await this.consents.standing(session.accountId, client.id, request);
    return { ...(await this.asked({ ...question, standing }, messages)), suspended };
  }

  private async asked(
    {
      request,
      client,
      missing,
      standing,
    }: Omit<ConsentQuestion, 'session'> & { readonly standing?: StandingAccess | undefined },
    messages: Messages,
  ): Promise<Omit<Said, 'suspended'>> {
    const worded = await this.sentences.worded(request.scopes, messages);
    const asked = worded.filter(({ scope }) => missing.scopes.includes(scope));
    const isNew = missing.already.length > 0 && !request.prompt.includes('consent');
    const isOptional = ({ scope }: WordedScope) => request.optionalScopes?.includes(scope) ?? false;
    const choices = this.offers.of(request, missing);
    // What there is a choice about is said there.
    const said = choices.resources.length > 0 ? { ...missing, resources: [] } : missing;
    const aboutHer = await this.sentences.of({ claims: said.claims, resources: [] }, messages);
    const besides = await this.sentences.of({ ...said, claims: [] }, messages);
    const ofEach = await this.offers.scopesOfEach(choices, request, missing);
    const names = await this.sentences.namesOf(choices.resources);
    const isOfChoice = ({ scope }: WordedScope) => ofEach.some((scopes) => scopes.includes(scope));
    const necessary = asked.filter((one) => one.scope !== 'openid' && !isOptional(one));
    const needed = necessary.filter((one) => !isOfChoice(one));
    const given = ofEach.map((scopes) => necessary.filter(({ scope }) => scopes.includes(scope)).map(sentenceOf));
    const marked = (sentences: readonly Sentence[]) => sentences.map((one) => ({ ...one, isNew }));
    return {
      application: {
        ...applicationOf(client),
        ...pagesOf(client),
        ...(await this.standing.of(client, messages.locale)),
      },
      signInOnly: isSignInOnly(request),
      identity: marked([...needed.filter(isAboutHer).map(sentenceOf), ...aboutHer]),
      required: marked([...needed.filter((one) => !isAboutHer(one)).map(sentenceOf), ...besides]),
      optional: asked.filter(isOptional).map((one) => ({
        ...permissionOf(one),
        isNew,
        onlyAt: names.filter((_name, index) => ofEach[index]?.includes(one.scope)),
      })),
      already: [
        ...worded.filter(({ scope }) => isAlready(scope, missing)).map(sentenceOf),
        ...(await this.sentences.of(besidesBefore(request, missing), messages)),
        ...(choices.spans.length > 0 ? await this.notAsked(standing, messages) : []),
      ],
      ...choiceFields(choices, { names, given: given.map(marked), standing }, messages),
      returnTo: returnOf(request.redirectUri),
      details: detailsOf(request, client),
    };
  }

  /** What she allowed before and nobody asks for now: it gets the end that she chooses, so she reads what it is. */
  private async notAsked(standing: StandingAccess | undefined, messages: Messages): Promise<Sentence[]> {
    if (!standing) return [];
    const worded = await this.sentences.worded(standing.besides.scopes, messages);
    return [...worded.map(sentenceOf), ...(await this.sentences.of(standing.besides, messages))];
  }
}

/** Attack class 212: she is led to no page of a client that nobody vouches for. */
function pagesOf(client: Client): Pick<ConsentModel['application'], 'termsUrl' | 'privacyUrl'> {
  const { termsUri, privacyUri } = client.metadata;
  if (isStranger(client)) return {};
  return { ...(termsUri !== null && { termsUrl: termsUri }), ...(privacyUri !== null && { privacyUrl: privacyUri }) };
}

/** What she is reminded of. Who she is comes with the rest, but is all there is to say where nothing is asked. */
function isAlready(scope: string, missing: MissingConsent): boolean {
  if (!missing.already.includes(scope) || scope === 'openid') return false;
  return !ABOUT_HER.includes(scope) || isNothing(missing);
}

function isNothing({ scopes, claims, resources, authorizationDetails }: MissingConsent): boolean {
  return scopes.length + claims.length + resources.length + authorizationDetails.length === 0;
}

/** What of the request she gave before, beside scopes. */
function besidesBefore(
  request: AuthorizationRequest,
  missing: MissingConsent,
): Pick<MissingConsent, 'claims' | 'resources' | 'authorizationDetails'> {
  const { resources, authorizationDetails = [] } = request;
  return {
    claims: singleClaims(request).filter((claim) => !missing.claims.includes(claim)),
    resources: resources.filter((resource) => !missing.resources.includes(resource)),
    authorizationDetails: authorizationDetails.filter((detail) => !missing.authorizationDetails.includes(detail)),
  };
}

function isAboutHer({ scope }: WordedScope): boolean {
  return ABOUT_HER.includes(scope);
}

/** Class 238: whoever asks for a payment or for access somewhere, or for longer, wants more than to know who she is. */
function isSignInOnly({ scopes, resources, authorizationDetails = [] }: AuthorizationRequest): boolean {
  return resources.length + authorizationDetails.length === 0 && scopes.every((scope) => ABOUT_HER.includes(scope));
}

/** Never ticked beforehand: how far a scope reaches is not known here. */
function permissionOf(one: WordedScope): OptionalPermission {
  const { without } = one;
  return {
    ...sentenceOf(one),
    ...(without !== undefined && { without }),
    field: fieldOf(one.scope),
    value: TICKED,
    checked: false,
  };
}

function returnOf(redirectUri: string): ConsentModel['returnTo'] {
  const { protocol, host } = new URL(redirectUri);
  return protocol === 'https:' || protocol === 'http:'
    ? { kind: 'host', host }
    : { kind: 'application', scheme: protocol };
}

function detailsOf(request: AuthorizationRequest, client: Client): ConsentModel['details'] {
  const { redirectUri, scopes, claims, resources, authorizationDetails = [] } = request;
  return [
    { term: 'client_id', value: client.id },
    { term: 'redirect_uri', value: redirectUri },
    { term: 'scope', value: scopes.join(' ') },
    ...(claims ? [{ term: 'claims', value: JSON.stringify(claims) }] : []),
    ...resources.map((resource) => ({ term: 'resource', value: resource })),
    ...authorizationDetails.map((detail) => ({ term: 'authorization_details', value: JSON.stringify(detail) })),
  ];
}
