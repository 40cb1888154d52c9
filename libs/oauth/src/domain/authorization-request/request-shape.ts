import { parseSpaceList } from '@valetkey/kernel';
import type { GrantManagementAction, Prompt, ResponseMode } from '@valetkey/protocol';
import { GRANT_MANAGEMENT_ACTIONS, PROMPTS, RESPONSE_MODES } from '@valetkey/protocol';
import { inOneLine } from '@valetkey/shown-text';
import { OAuthError } from '../oauth-error.js';
import type { Reason } from '../reasons.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { essentialAcrValues, parseClaimsRequest, requestedSubjects } from './claims-request.js';
import type { RequestSource } from './request-source.js';

/** What of a request is right or wrong whoever sends it. */
export type RequestShape = Omit<
  AuthorizationRequest,
  'clientId' | 'redirectUri' | 'scopes' | 'resources' | 'authorizationDetails' | 'pushed'
>;

const SHA256_BASE64URL = /^[A-Za-z0-9_-]{43}$/;
const SECONDS = /^\d{1,9}$/;
const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;
const MOST_LISTED = 20;
const LONGEST_HINT = 512;
const LONGEST_NONCE = 1_024;

/** Reads what does not depend on the client. Pure. @throws OAuthError invalid_request, unsupported_response_type */
export function parseShape(source: RequestSource): RequestShape {
  const responseType = source.get('response_type');
  if (responseType === undefined) throw refused('parameter_missing');
  // CO-06: tokens never come through a browser.
  if (responseType !== 'code') throw new OAuthError('unsupported_response_type', 'response_type_unknown');
  const mode = parseResponseMode(source);
  if (mode === undefined) throw refused('response_mode_unknown');
  return {
    responseMode: mode,
    codeChallenge: parseChallenge(source),
    prompt: parsePrompt(source),
    ...parseSignIn(source),
    ...parseGrantManagement(source),
    ...given('state', parseState(source)),
    ...given('nonce', atMost(source.get('nonce'), LONGEST_NONCE)),
    ...given('dpopJkt', thumbprint(source.get('dpop_jkt'))),
  };
}

/** Where an answer goes when the rest of the request is wrong: the mode asked for, or else the usual one of its type. */
export function answerModeOf(source: RequestSource): ResponseMode {
  const asked = parseResponseMode(source);
  if (asked !== undefined && source.get('response_mode') !== undefined) return asked;
  const types = parseSpaceList(source.get('response_type') ?? '');
  // OAuth 2.0 Multiple Response Types section 5: who expects a token looks for it, and for errors, in the fragment.
  return types.includes('token') || types.includes('id_token') ? 'fragment' : 'query';
}

/** The `state` of an answer, also of one that says what is wrong; one that could not be told back as it is is left out. */
export function answerStateOf(source: RequestSource): string | undefined {
  const state = source.get('state');
  return state !== undefined && isReturnable(state) ? state : undefined;
}

function parseState(source: RequestSource): string | undefined {
  const state = source.get('state');
  if (state !== undefined && !isReturnable(state)) throw refused('state_malformed');
  return state;
}

/** RFC 6749 section 4.1.2, the exact value: browsers make two characters of each line feed in a form that they send. */
function isReturnable(state: string): boolean {
  return !/\p{Cc}/u.test(state);
}

/** Attack classes 212, 218: it is shown where people type who they are, whoever wrote the link. */
function parseLoginHint(source: RequestSource): string | undefined {
  const hint = atMost(source.get('login_hint'), LONGEST_HINT);
  return hint === undefined ? undefined : inOneLine(hint).trim() || undefined;
}

function parseResponseMode(source: RequestSource): ResponseMode | undefined {
  const mode = source.get('response_mode') ?? 'query';
  if (mode === 'jwt') return 'query.jwt';
  return RESPONSE_MODES.find((one) => one === mode);
}

/** CO-03: S256 always, and a challenge that can be one: 32 bytes in base64url. */
function parseChallenge(source: RequestSource): string {
  const challenge = source.get('code_challenge');
  if (challenge === undefined) throw refused('challenge_missing');
  if (source.get('code_challenge_method') !== 'S256') throw refused('challenge_method_unknown');
  if (!SHA256_BASE64URL.test(challenge)) throw refused('challenge_malformed');
  return challenge;
}

function parsePrompt(source: RequestSource): Prompt[] {
  const values = parseSpaceList(source.get('prompt') ?? '');
  const known = PROMPTS.filter((prompt) => values.includes(prompt));
  if (known.length !== values.length) throw refused('prompt_unknown');
  if (known.includes('none') && known.length > 1) throw refused('prompt_contradicts_itself');
  return known;
}

function parseSignIn(source: RequestSource) {
  const maxAge = source.get('max_age');
  if (maxAge !== undefined && !SECONDS.test(maxAge)) throw refused('max_age_malformed');
  const claimsText = source.get('claims');
  const claims = claimsText === undefined ? undefined : parseClaimsRequest(claimsText);
  const acrValues = parseSpaceList(source.get('acr_values') ?? '').slice(0, MOST_LISTED);
  const essential = essentialAcrValues(claims);
  const locales = parseSpaceList(source.get('ui_locales') ?? '').filter((tag) => LANGUAGE.test(tag));
  return {
    ...given('maxAge', maxAge === undefined ? undefined : Number(maxAge)),
    acrValues: essential.length > 0 ? essential : acrValues,
    uiLocales: locales.slice(0, MOST_LISTED),
    ...given('loginHint', parseLoginHint(source)),
    ...given('idTokenHint', source.get('id_token_hint')),
    ...given('subjects', requestedSubjects(claims)),
    ...given('claims', claims),
  };
}

/** Grant Management section 5: an action that names a grant, or `create`, which makes one. */
function parseGrantManagement(source: RequestSource) {
  const grantId = source.get('grant_id');
  const text = source.get('grant_management_action');
  const action: GrantManagementAction | undefined = GRANT_MANAGEMENT_ACTIONS.find((one) => one === text);
  if (text !== undefined && action === undefined) throw refused('grant_action_unknown');
  const needsGrant = action === 'merge' || action === 'replace';
  if (needsGrant !== (grantId !== undefined)) throw refused('grant_action_contradicts_grant');
  return { ...given('grantId', grantId), ...given('grantManagementAction', action) };
}

function thumbprint(value: string | undefined): string | undefined {
  if (value !== undefined && !SHA256_BASE64URL.test(value)) throw refused('dpop_jkt_malformed');
  return value;
}

function atMost(value: string | undefined, longest: number): string | undefined {
  if (value !== undefined && value.length > longest) throw refused('parameter_too_long');
  return value;
}

/** The member, or no member at all. */
function given<N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: V };
}

function refused(reason: Reason): OAuthError {
  return new OAuthError('invalid_request', reason);
}
