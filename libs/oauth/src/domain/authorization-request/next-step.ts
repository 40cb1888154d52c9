import type { Instant } from '@valetkey/kernel';
import { intersect } from '@valetkey/kernel';
import { ACR, claimsOfScopes, isAcrAtLeast } from '@valetkey/protocol';
import type { AuthorizationDetail } from '@valetkey/tokens';
import { areAmongDetails } from './authorization-details.js';
import type { AuthorizationRequest, SignedIn } from './authorization-request.js';
import { singleClaims } from './claims-request.js';

/** What a person gave the client before, as far as it matters. */
export interface ConsentedBefore {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** Scopes that were optional when she was asked, and that she left out. */
  readonly declined?: readonly string[];
  /** Claims that she gave one by one. */
  readonly claims?: readonly string[];
  /** Nothing proves that who asks now is the application that she gave it to (RFC 8252 section 8.6); absent: something does. */
  readonly isUnproven?: boolean;
}

/** What she is to be asked. */
export interface MissingConsent {
  readonly scopes: readonly string[];
  /** Scopes of the request that she gave before and is not asked about. */
  readonly already: readonly string[];
  /** Claims about her that no scope of the request stands for. */
  readonly claims: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails: readonly AuthorizationDetail[];
}

/** Why somebody has to sign in: nobody is, she has to do it again, as somebody else, or by stronger means. */
export type SignInReason = 'nobody' | 'again' | 'another_person' | 'stronger';

/** What comes next at the authorization endpoint. */
export type AuthorizationStep =
  | { readonly step: 'sign_in'; readonly why: SignInReason }
  | { readonly step: 'consent'; readonly missing: MissingConsent }
  /** With what she gave of what is asked: optional scopes that she left out stay so. */
  | { readonly step: 'answer'; readonly scopes: readonly string[] }
  | {
      readonly step: 'error';
      readonly code:
        | 'login_required'
        | 'consent_required'
        | 'interaction_required'
        | 'invalid_grant_id'
        | 'unmet_authentication_requirements';
    };

/** A session, and what is known of it besides. */
export interface PresentSession extends SignedIn {
  /** Whether the request's `id_token_hint` is a good one about this person; absent counts as no. */
  readonly isHinted?: boolean;
  /** Whether this is one of the request's `subjects`; absent counts as no. */
  readonly isMeant?: boolean;
  /** The strongest class that this person can reach; absent: any. */
  readonly reachableAcr?: string;
}

const SECOND = 1_000;
const NOTHING: MissingConsent = { scopes: [], already: [], claims: [], resources: [], authorizationDetails: [] };

/**
 * Decides what comes next (OpenID Connect Core section 3.1.2.1, RFC 9470 section 5). Pure. It takes the request literally: when
 * she has signed in or consented at its demand, leave `prompt` and `maxAge` out of the request that is asked about again.
 */
export function decideStep(
  request: AuthorizationRequest,
  session: PresentSession | undefined,
  consented: ConsentedBefore | undefined,
  now: Instant,
): AuthorizationStep {
  const isSilent = request.prompt.includes('none');
  if (!isReachable(request, session)) return { step: 'error', code: 'unmet_authentication_requirements' };
  const why = signInReason(request, session, now);
  if (why !== undefined) return isSilent ? { step: 'error', code: 'login_required' } : { step: 'sign_in', why };
  // OC-03: a positive answer is about the person that the client means, or there is none.
  if (request.idTokenHint !== undefined && session?.isHinted !== true) return { step: 'error', code: 'login_required' };
  return consentStep(request, consented, isSilent);
}

function consentStep(
  request: AuthorizationRequest,
  consented: ConsentedBefore | undefined,
  isSilent: boolean,
): AuthorizationStep {
  const missing = missingConsent(request, consented);
  if (missing !== undefined)
    return isSilent ? { step: 'error', code: 'consent_required' } : { step: 'consent', missing };
  const given = intersect(request.scopes, consented?.scopes ?? []);
  if (consented?.isUnproven !== true) return { step: 'answer', scopes: given };
  // Any other program of her device can ask in this client's name and take the answer: she sees who asks, each time.
  if (isSilent) return { step: 'error', code: 'interaction_required' };
  return { step: 'consent', missing: { ...NOTHING, already: given } };
}

/** SU-02: some class that is asked for must be one that she can reach at all. */
function isReachable({ acrValues }: AuthorizationRequest, session: PresentSession | undefined): boolean {
  const best = session?.reachableAcr ?? ACR.phishingResistant;
  return acrValues.length === 0 || acrValues.some((acr) => isAcrAtLeast(best, acr));
}

function signInReason(
  { prompt, maxAge, acrValues, subjects }: AuthorizationRequest,
  session: PresentSession | undefined,
  now: Instant,
): SignInReason | undefined {
  if (!session) return 'nobody';
  // OC-03: nobody is answered for who is not meant.
  const isOther = subjects !== undefined && session.isMeant !== true;
  if (isOther || prompt.includes('select_account')) return 'another_person';
  if (prompt.includes('login')) return 'again';
  // OC-03: 0 always means now.
  if (maxAge !== undefined && (maxAge === 0 || now - session.authTime > maxAge * SECOND)) return 'again';
  return isStrongEnough(acrValues, session) ? undefined : 'stronger';
}

function isStrongEnough(acrValues: readonly string[], { acr }: SignedIn): boolean {
  return acrValues.length === 0 || acrValues.some((wanted) => isAcrAtLeast(acr, wanted));
}

/** What is to be asked, or `undefined` when everything was given before, or left out: once for each purpose. */
function missingConsent(
  request: AuthorizationRequest,
  before: ConsentedBefore | undefined,
): MissingConsent | undefined {
  const { scopes, resources, authorizationDetails = [], prompt, grantManagementAction } = request;
  const all = { scopes, already: [], claims: singleClaims(request), resources, authorizationDetails };
  // A grant that is made or changed by name is always shown: what she gave before may be another grant.
  if (!before || grantManagementAction !== undefined) return all;
  if (prompt.includes('consent')) {
    const already = intersect(request.optionalScopes ?? [], before.scopes);
    return { ...all, scopes: scopes.filter((scope) => !already.includes(scope)), already };
  }
  const missing = {
    scopes: missingScopes(request, before),
    claims: missingClaims(all.claims, before),
    resources: resources.filter((resource) => !before.resources.includes(resource)),
    authorizationDetails: authorizationDetails.filter(
      (detail) => !areAmongDetails([detail], before.authorizationDetails ?? []),
    ),
  };
  const isMissing = Object.values(missing).some((list) => list.length > 0);
  return isMissing ? { ...missing, already: intersect(scopes, before.scopes) } : undefined;
}

/** Whoever gave a scope gave all that it stands for. */
function missingClaims(asked: readonly string[], { scopes, claims = [] }: ConsentedBefore): string[] {
  const given: readonly string[] = [...claims, ...claimsOfScopes(scopes)];
  return asked.filter((claim) => !given.includes(claim));
}

function missingScopes(
  { scopes, optionalScopes = [], authorizationDetails = [] }: AuthorizationRequest,
  before: ConsentedBefore,
): string[] {
  const missing = scopes.filter((scope) => !before.scopes.includes(scope));
  // An answer gives something: where she left out all that is asked now, she is asked again.
  if (missing.length === scopes.length && authorizationDetails.length === 0) return missing;
  const leftOut = intersect(before.declined ?? [], optionalScopes);
  return missing.filter((scope) => !leftOut.includes(scope));
}

/**
 * What she gives by the form that asks for what is missing: what the client needs, what she has ticked, and what she gave before.
 * Pure. Only what she was asked about counts, whatever is ticked.
 */
export function givenScopes(
  { scopes, optionalScopes = [] }: Pick<AuthorizationRequest, 'scopes' | 'optionalScopes'>,
  missing: MissingConsent,
  isTicked: (scope: string) => boolean,
): string[] {
  return scopes.filter((scope) => {
    if (!missing.scopes.includes(scope)) return missing.already.includes(scope);
    return !optionalScopes.includes(scope) || isTicked(scope);
  });
}
