import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { AuthorizationRequest, ConsentSpan, MissingConsent } from '@valetkey/oauth';
import { Consents, singleClaims } from '@valetkey/oauth';
import { IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { FormValues, Visitor } from '../../interaction/interaction-kind.js';
import type { WordedScope } from '../../owner-api/scope-wording.store.js';
import { ScopeWordingStore } from '../../owner-api/scope-wording.store.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { Sentence } from '../../pages/kit/parts.js';
import type { Messages } from '../../pages/messages/messages.js';
import type { ConsentModel, OptionalPermission } from '../../pages/views/consent.view.js';
import { consentView } from '../../pages/views/consent.view.js';
import { applicationOf } from '../known-application.js';
import { AskedSentences, sentenceOf } from '../asked-sentences.service.js';
import type { ConsentChoices } from './consent-choices.js';
import { ALL, choicesOf, DURATION, RESOURCES } from './consent-choices.js';

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

/** The consent page (A3) of an authorization request. */
@Injectable()
export class ConsentPage {
  constructor(
    private readonly persons: Persons,
    private readonly wording: ScopeWordingStore,
    private readonly sentences: AskedSentences,
    private readonly consents: Consents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'authorization'>,
  ) {}

  async of({ request, client, session, missing }: ConsentQuestion, visitor: Visitor): Promise<PageView> {
    const { messages } = visitor;
    const person = await this.persons.find(session.accountId);
    const asked = await this.asked({ request, client, missing }, messages);
    const model: ConsentModel = {
      ...asked,
      form: visitor.form('decision'),
      account: person?.username ?? '',
      another: visitor.form('another-person'),
      suspended: await this.consents.isSuspended(session.accountId, client.id),
    };
    return consentView(model, messages);
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
    return consentView({ ...asked, account: messages.consent.samplePerson }, messages);
  }

  private async asked(
    { request, client, missing }: Omit<ConsentQuestion, 'session'>,
    messages: Messages,
  ): Promise<Omit<ConsentModel, 'form' | 'account' | 'another' | 'suspended'>> {
    const worded = await this.wording.describe(request.scopes, [messages.locale]);
    const asked = worded.filter(({ scope }) => missing.scopes.includes(scope));
    const isNew = missing.already.length > 0 && !request.prompt.includes('consent');
    const isOptional = ({ scope }: WordedScope) => request.optionalScopes?.includes(scope) ?? false;
    const choices = choicesOf(request, missing, this.config.authorization);
    // What there is a choice about is said there.
    const said = choices.resources.length > 0 ? { ...missing, resources: [] } : missing;
    const aboutHer = await this.sentences.of({ claims: said.claims, resources: [] }, messages);
    const besides = await this.sentences.of({ ...said, claims: [] }, messages);
    const needed = asked.filter((one) => one.scope !== 'openid' && !isOptional(one));
    const marked = (sentences: readonly Sentence[]) => sentences.map((one) => ({ ...one, isNew }));
    return {
      application: { ...applicationOf(client), ...pagesOf(client) },
      signInOnly: isSignInOnly(request),
      identity: marked([...needed.filter(isAboutHer).map(sentenceOf), ...aboutHer]),
      required: marked([...needed.filter((one) => !isAboutHer(one)).map(sentenceOf), ...besides]),
      optional: asked.filter(isOptional).map((one) => ({ ...permissionOf(one), isNew })),
      already: [
        ...worded.filter(({ scope }) => isAlready(scope, missing)).map(sentenceOf),
        ...(await this.sentences.of(besidesBefore(request, missing), messages)),
      ],
      ...choiceFields(choices, await this.sentences.namesOf(choices.resources), messages),
      returnTo: returnOf(request.redirectUri),
      details: detailsOf(request, client),
    };
  }
}

/** Attack class 212: she is led to no page of a client that nobody vouches for. */
function pagesOf(client: Client): Pick<ConsentModel['application'], 'termsUrl' | 'privacyUrl'> {
  const { termsUri, privacyUri } = client.metadata;
  if (isStranger(client)) return {};
  return { ...(termsUri !== null && { termsUrl: termsUri }), ...(privacyUri !== null && { privacyUrl: privacyUri }) };
}

/** The preselected choice comes where it belongs: all before one, and short before long. */
function choiceFields(
  { resources, spans }: ConsentChoices,
  names: readonly string[],
  { consent }: Messages,
): Pick<ConsentModel, 'resources' | 'duration'> {
  const [preselected] = spans;
  const only = resources.map((value, index) => ({
    value,
    label: consent.resource(names[index] ?? value),
    checked: false,
  }));
  const sorted = [...spans].sort((one, other) => lengthOf(one) - lengthOf(other));
  return {
    ...(only.length > 0 && {
      resources: { field: RESOURCES, choices: [{ value: ALL, label: consent.allOfThese, checked: true }, ...only] },
    }),
    ...(sorted.length > 0 && {
      duration: {
        field: DURATION,
        choices: sorted.map((lasts) => ({ value: String(lasts), lasts, checked: lasts === preselected })),
      },
    }),
  };
}

function lengthOf(span: ConsentSpan): number {
  if (span === 'once') return 0;
  return span === 'until_ended' ? Infinity : span;
}

/** What she is reminded of. Who she is comes with the rest, but is all there is to say where nothing is asked. */
function isAlready(scope: string, missing: MissingConsent): boolean {
  if (!missing.already.includes(scope) || scope === 'openid') return false;
  return !IDENTITY_SCOPES.includes(scope) || isNothing(missing);
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
  return { ...sentenceOf(one), field: fieldOf(one.scope), value: TICKED, checked: false };
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
