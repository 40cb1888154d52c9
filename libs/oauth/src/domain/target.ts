import { intersect, isSubset, parseSpaceList } from '@valetkey/kernel';
import type { Client, ResourceServer } from '@valetkey/clients';
import { IDENTITY_SCOPE, IDENTITY_SCOPES, isScopeToken, SERVER_SCOPE } from '@valetkey/protocol';
import { OAuthError } from './oauth-error.js';

/** What a token may be for: the scopes, and the one audience they belong to. */
export interface Target {
  readonly scopes: readonly string[];
  /** `null`: scopes of no resource server; only the client itself may introspect such a token. */
  readonly audience: string | null;
  /**
   * The audience is an API that nobody named: UserInfo of this server takes the token, too (decision 0008). Absent: it does not, or
   * this server is the audience.
   */
  readonly opensUserInfo?: true;
}

const SERVER_SCOPES: readonly string[] = Object.values(SERVER_SCOPE);
/** They say what is told about the person, and go with the scopes of any audience. */
const MOST_SCOPES = 100;

/** Who knows what: this server's issuer identifier and the registered resource servers. */
export interface Audiences {
  readonly issuer: string;
  readonly servers: readonly ResourceServer[];
}

/**
 * Scopes and audience of a token (RFC 6749 section 3.3, RFC 8707 section 2, RFC 9068 section 3): the audience is the
 * resource asked for, or else the one whose scopes are asked for. One token has one audience (RI-03).
 * @param wanted - the `scope` parameter; absent: all of the client's scopes that fit the resource
 * @throws OAuthError invalid_scope or invalid_target
 */
export function resolveTarget(
  client: Pick<Client, 'scopes' | 'audiences'>,
  wanted: string | undefined,
  resources: readonly string[],
  audiences: Audiences,
): Target {
  const audience = requestedAudience(client, resources, audiences);
  const scopes = wanted === undefined ? defaultScopes(client, audience, audiences) : parseScopes(wanted);
  if (!isSubset(scopes, client.scopes)) throw new OAuthError('invalid_scope', 'scope_not_allowed');
  const ofApis = scopes.filter((scope) => !IDENTITY_SCOPES.includes(scope));
  const owners = new Set(ofApis.map((scope) => audienceOf(scope, audiences)));
  if (audience !== undefined) {
    if ([...owners].some((owner) => owner !== audience)) throw new OAuthError('invalid_scope', 'scope_not_of_audience');
    return { scopes, audience };
  }
  if (owners.size > 1) throw new OAuthError('invalid_scope', 'scope_of_several_audiences');
  return toTarget({ scopes, audience: [...owners][0] ?? audienceOfNoApi(scopes, audiences) }, resources, audiences);
}

/** A token whose audience nobody named opens UserInfo wherever she gave that: certified clients count on it. */
function toTarget(target: Target, named: readonly string[], { issuer }: Audiences): Target {
  const isUnnamedApi = named.length === 0 && target.audience !== null && target.audience !== issuer;
  return isUnnamedApi && target.scopes.includes(IDENTITY_SCOPE.openid) ? { ...target, opensUserInfo: true } : target;
}

/** A token for no API opens UserInfo, which is this server's, where the person is asked about. */
function audienceOfNoApi(scopes: readonly string[], { issuer }: Audiences): string | null {
  return scopes.includes(IDENTITY_SCOPE.openid) ? issuer : null;
}

/** What a person is asked for: scopes, and the resources that they are for; none named where the scopes tell. */
export interface RequestedAccess {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /**
   * Of a grant that was added to: the addition, which tokens are for where nobody says more. A part of it may name resources while
   * another does not, so that each scope opens the one that it belongs to (decision 0008). Absent: all was given at once.
   */
  readonly added?: RequestedAccess;
}

/**
 * Scopes and resources of an authorization request (RFC 8707 section 2.1). Several resources may be named; without any, the
 * scopes belong to one at most, since a token has one audience. Scopes about the person go with any.
 * @throws OAuthError invalid_scope or invalid_target
 */
export function resolveRequestedAccess(
  client: Pick<Client, 'scopes' | 'audiences'>,
  scopes: readonly string[],
  resources: readonly string[],
  audiences: Audiences,
): RequestedAccess {
  for (const resource of resources) requestedAudience(client, [resource], audiences);
  if (!isSubset(scopes, client.scopes)) throw new OAuthError('invalid_scope', 'scope_not_allowed');
  const owners = ownersOf(scopes, audiences);
  if (resources.length === 0 && owners.length > 1) throw new OAuthError('invalid_scope', 'scope_of_several_audiences');
  if (resources.length > 0 && owners.some((owner) => owner === null || !resources.includes(owner))) {
    throw new OAuthError('invalid_scope', 'scope_not_of_audience');
  }
  return { scopes, resources: [...new Set(resources)] };
}

/** What a person gave, and what record and client may still have by now. */
export interface HeldAccess {
  readonly granted: RequestedAccess;
  /** Of the record, as it is now. */
  readonly recordScopes: readonly string[];
  readonly client: Pick<Client, 'scopes' | 'audiences'>;
}

/**
 * What is left of granted access: what the record no longer says, or the operator has taken from the client since, is gone.
 * @throws OAuthError invalid_grant when nothing is left of scopes, or of resources, that were granted
 */
export function remainingAccess(
  { granted, recordScopes, client }: HeldAccess,
  { issuer }: Pick<Audiences, 'issuer'>,
): RequestedAccess {
  const scopes = granted.scopes.filter((scope) => recordScopes.includes(scope) && client.scopes.includes(scope));
  const resources = granted.resources.filter((one) => one === issuer || client.audiences.includes(one));
  const isGone = scopes.length === 0 && granted.scopes.length > 0;
  // Without any resource a token would be for whatever its scopes belong to.
  if (isGone || (resources.length === 0 && granted.resources.length > 0)) {
    throw new OAuthError('invalid_grant', 'scope_not_allowed');
  }
  const { added } = granted;
  if (!added) return { scopes, resources };
  return {
    scopes,
    resources,
    added: { scopes: intersect(added.scopes, scopes), resources: intersect(added.resources, resources) },
  };
}

/** Of these scopes, those about the person and those that belong to one of the resources. */
export function scopesOfResources(
  scopes: readonly string[],
  resources: readonly string[],
  audiences: Audiences,
): string[] {
  return scopes.filter((scope) => {
    const owner = IDENTITY_SCOPES.includes(scope) ? undefined : audienceOf(scope, audiences);
    return owner === undefined || (owner !== null && resources.includes(owner));
  });
}

/**
 * What a token of granted access is for: the resource asked for at the token endpoint, else the first one of the grant, else the
 * one that its scopes belong to, else this server, whose UserInfo takes `openid` and may be asked for wherever that was granted
 * (RFC 8707 section 2.2). UserInfo takes a token for an API, too, where nobody named any resource.
 * @throws OAuthError invalid_target for a resource beyond the grant (RI-02)
 */
export function targetOfGrant(granted: RequestedAccess, asked: readonly string[], audiences: Audiences): Target {
  if (asked.length > 1) throw new OAuthError('invalid_target', 'several_targets');
  const possible = audiencesOfGrant(granted, audiences);
  const audience = asked[0] ?? possible[0] ?? null;
  if (![...possible, ...userInfoOf(granted, audiences)].includes(audience)) {
    throw new OAuthError('invalid_target', 'target_unknown');
  }
  const scopes = scopesAt(granted.scopes, audience, audiences);
  return toTarget({ scopes, audience }, [...asked, ...granted.resources], audiences);
}

/**
 * The audiences that tokens of granted access may have, the usual one first: its resources, or else the one that its scopes belong to.
 * UserInfo's may be asked for besides.
 */
export function audiencesOfGrant(granted: RequestedAccess, audiences: Audiences): readonly (string | null)[] {
  const named = granted.added ? audiencesOfParts(granted, granted.added, audiences) : granted.resources;
  if (named.length > 0) return named;
  const [owner] = ownersOf(granted.scopes, audiences);
  return [owner ?? userInfoOf(granted, audiences)[0] ?? null];
}

function audiencesOfParts(
  whole: RequestedAccess,
  added: RequestedAccess,
  audiences: Audiences,
): readonly (string | null)[] {
  const first = added.resources.length > 0 ? added.resources : ownersOf(added.scopes, audiences);
  return [...new Set([...first, ...whole.resources, ...ownersOf(whole.scopes, audiences)])];
}

/** What a refresh token stands for. */
export interface RefreshableAccess extends RequestedAccess {
  /** Of tokens that are asked for without a resource. */
  readonly audience: string | null;
}

/** What a client says as it refreshes. */
export interface RefreshedTarget {
  /** `undefined`: all that there are for the audience. */
  readonly scopes: readonly string[] | undefined;
  readonly resources: readonly string[];
}

/**
 * What a refreshed token may be for: any resource of the grant that is asked for, or that the scopes asked for belong to, else the
 * usual one; and the grant's scopes there (RFC 8707 section 2.2).
 * @throws OAuthError invalid_target for a resource beyond the grant (RI-02)
 */
export function targetOfRefresh(
  granted: RefreshableAccess,
  { scopes: wanted = [], resources: asked }: RefreshedTarget,
  audiences: Audiences,
): Pick<Target, 'audience' | 'scopes'> {
  if (asked.length > 1) throw new OAuthError('invalid_target', 'several_targets');
  const possible = [granted.audience, ...granted.resources, ...userInfoOf(granted, audiences)];
  const [named] = asked;
  if (named !== undefined && !possible.includes(named)) throw new OAuthError('invalid_target', 'target_unknown');
  const [owner, ...others] = ownersOf(wanted, audiences);
  // What belongs to nobody opens nothing, and may be had by its name.
  const isOfOne = owner !== undefined && others.length === 0 && (owner === null || possible.includes(owner));
  const audience = named ?? (isOfOne ? owner : granted.audience);
  return { audience, scopes: scopesAt(granted.scopes, audience, audiences) };
}

/** UserInfo's audience, wherever `openid` was granted. */
function userInfoOf({ scopes }: Pick<RequestedAccess, 'scopes'>, { issuer }: Pick<Audiences, 'issuer'>): string[] {
  return scopes.includes(IDENTITY_SCOPE.openid) ? [issuer] : [];
}

/** Of these scopes, those about the person and those of the audience. */
function scopesAt(scopes: readonly string[], audience: string | null, audiences: Audiences): string[] {
  return scopes.filter((scope) => IDENTITY_SCOPES.includes(scope) || audienceOf(scope, audiences) === audience);
}

/** Whom scopes belong to, each once; scopes about the person belong to nobody in particular. */
function ownersOf(scopes: readonly string[], audiences: Audiences): (string | null)[] {
  const ofServers = scopes.filter((scope) => !IDENTITY_SCOPES.includes(scope));
  return [...new Set(ofServers.map((scope) => audienceOf(scope, audiences)))];
}

/** @throws OAuthError invalid_scope for characters RFC 6749 section 3.3 does not allow, or too many */
export function parseScopes(text: string): string[] {
  const scopes = parseSpaceList(text);
  if (scopes.length === 0 || scopes.length > MOST_SCOPES || !scopes.every(isScopeToken)) {
    throw new OAuthError('invalid_scope', 'scope_malformed');
  }
  return scopes;
}

/** The audience a scope belongs to: this server for its own APIs, a resource server, or nobody (`null`). */
function audienceOf(scope: string, { issuer, servers }: Audiences): string | null {
  if (SERVER_SCOPES.includes(scope)) return issuer;
  return servers.find((server) => server.scopes.includes(scope))?.resource ?? null;
}

function requestedAudience(
  client: Pick<Client, 'audiences'>,
  resources: readonly string[],
  { issuer }: Audiences,
): string | undefined {
  const [resource] = resources;
  if (resource === undefined) return undefined;
  if (!resources.every(isResourceIndicator)) throw new OAuthError('invalid_target', 'target_malformed');
  if (resources.length > 1) throw new OAuthError('invalid_target', 'several_targets');
  if (resource !== issuer && !client.audiences.includes(resource)) {
    throw new OAuthError('invalid_target', 'target_unknown');
  }
  return resource;
}

/** RFC 8707 section 2: an absolute URI without a fragment. */
function isResourceIndicator(text: string): boolean {
  return !text.includes('#') && text.length <= 2_048 && URL.canParse(text);
}

function defaultScopes(
  client: Pick<Client, 'scopes'>,
  audience: string | undefined,
  audiences: Audiences,
): readonly string[] {
  if (audience !== undefined) {
    const scopes = client.scopes.filter((scope) => audienceOf(scope, audiences) === audience);
    // Nothing of this server is open without a scope, while an API may ask for no more than its audience.
    if (scopes.length === 0 && audience === audiences.issuer) throw new OAuthError('invalid_scope', 'scope_missing');
    return scopes;
  }
  // This server's own APIs are never opened by silence, and nothing is told about a person.
  const closed = [...SERVER_SCOPES, ...IDENTITY_SCOPES];
  const scopes = client.scopes.filter((scope) => !closed.includes(scope));
  // Scopes of UMA resources belong to no API of a resource server: they matter with a ticket, not here.
  const ofServers = scopes.filter((scope) => audienceOf(scope, audiences) !== null);
  const chosen = ofServers.length > 0 ? ofServers : scopes;
  if (chosen.length === 0) throw new OAuthError('invalid_scope', 'scope_missing');
  return chosen;
}
