import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { intersect, isSubset } from '@valetkey/kernel';
import type { Decision, FormParameters, GrantContext, GrantHandler } from '@valetkey/oauth';
import { audienceNamed, detailsOfTypes, OAuthError, parseScopes, refused } from '@valetkey/oauth';
import { GRANT_TYPE, IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';
import type { Confirmation, RefreshToken, RefreshUse, TokenContent, TokenOptions } from '@valetkey/tokens';
import {
  assessRefreshUse,
  claimsWithin,
  RefreshTokenStore,
  TOKEN_OPTIONS,
  TokenFamilyStore,
  TokenFinder,
} from '@valetkey/tokens';
import type { LivePermission } from '@valetkey/uma';
import { latestEnd, RptPermissions } from '@valetkey/uma';
import { RefreshGround } from './refresh-ground.service.js';

interface RefreshRequest {
  readonly value: string;
  readonly scope: string | undefined;
  readonly resources: readonly string[];
}

type UsableRefresh = 'rotate' | 'answer_again';

/** What one refresh gives. */
interface Given {
  readonly content: TokenContent;
  /** When the last permission of the refresh token ends, and of the new RPT; `null`: not before the authorization. */
  readonly ends: { readonly ofRefresh: Instant | null; readonly ofAccess: Instant | null };
}

const ENDLESS: Given['ends'] = { ofRefresh: null, ofAccess: null };

/**
 * Refresh (RFC 6749 section 6) with rotation: every use makes a new refresh token, and reuse ends the family (OAuth 2.1
 * section 4.3.1). An RPT is refreshed without a new assessment (UG-42), to what of its permissions is still left.
 */
@Injectable()
export class RefreshTokenGrant implements GrantHandler<RefreshRequest> {
  readonly grantType = GRANT_TYPE.refreshToken;

  constructor(
    private readonly finder: TokenFinder,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly families: TokenFamilyStore,
    private readonly ground: RefreshGround,
    private readonly rptPermissions: RptPermissions,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  parse(parameters: FormParameters): RefreshRequest {
    return {
      value: parameters.require('refresh_token'),
      scope: parameters.get('scope'),
      resources: parameters.resources,
    };
  }

  async authorize(request: RefreshRequest, context: GrantContext): Promise<Decision> {
    const token = await this.finder.findRefresh(request.value);
    if (!token) return refused('invalid_grant', 'refresh_token_unknown');
    const stranger = strangerTo(token, context);
    if (stranger) return refused('invalid_grant', stranger, { securityEvent: true });
    const use = await this.assess(token, context);
    if (use !== 'rotate' && use !== 'answer_again') return this.refuse(use, token, context);
    if (!(await this.ground.stands(token, context.now))) return refused('invalid_grant', 'authorization_ended');
    if (isAwayNoMore(token, context.client)) return refused('invalid_grant', 'scope_not_allowed');
    const given = await this.narrow(token, request, context);
    const nothing = nothingLeft(given.content);
    if (nothing) return refused('invalid_grant', nothing);
    return rotate({ token, use, given }, context);
  }

  private async assess(token: RefreshToken, { now }: GrantContext): Promise<RefreshUse> {
    const successorUsed = token.usedAt !== null && (await this.refreshTokens.isSuccessorUsed(token));
    return assessRefreshUse(token, successorUsed, this.options.refreshTokenGrace, now);
  }

  private refuse(
    use: Exclude<RefreshUse, UsableRefresh>,
    token: RefreshToken,
    { writes, now }: GrantContext,
  ): Decision {
    if (use === 'dead') return refused('invalid_grant', 'refresh_token_dead');
    if (use === 'wait') return refused('invalid_grant', 'refresh_token_answered_twice');
    // CO-07: somebody holds a copy; nobody can tell which of the two is the thief.
    this.families.revoke(writes, token.familyId, now);
    return refused('invalid_grant', 'refresh_token_reused', { securityEvent: true });
  }

  /** What this refresh gives: the same as far as the client may still have it, or narrower where asked (CO-08). */
  private async narrow(
    token: RefreshToken,
    { scope, resources }: RefreshRequest,
    { client }: GrantContext,
  ): Promise<Given> {
    const audience = this.audienceOf(token, resources);
    const wanted = scope === undefined ? undefined : parseScopes(scope);
    const { authorizationId, clientId, subject, signIn } = token;
    const claims = claimsWithin(token.claims, client.scopes);
    const isSame = audience === token.audience;
    const details = detailsOfTypes(token.authorizationDetails, client.metadata.authorizationDetailsTypes);
    const authorizationDetails = isSame ? details : undefined;
    const base = { authorizationId, clientId, subject, audience, signIn, claims, authorizationDetails };
    if (token.permissions) {
      const live = await this.rptPermissions.live(token.authorizationId, token.permissions);
      const permissions = wanted ? narrowed(live, wanted) : live;
      const ends = { ofRefresh: latestEnd(live), ofAccess: latestEnd(permissions) };
      return { content: { ...base, scopes: [], permissions }, ends };
    }
    // What the operator has taken from the client since is gone from its older grants, too.
    const left = intersect(isSame ? token.scopes : intersect(token.scopes, IDENTITY_SCOPES), client.scopes);
    if (!(await this.ground.isOpenTo(client, { audience, scopes: left }))) {
      throw new OAuthError('invalid_grant', 'scope_not_allowed');
    }
    if (wanted && !isSubset(wanted, left)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
    const scopes = wanted ?? left;
    const mark = userInfoMark(token, resources, scopes);
    return { content: { ...base, scopes, permissions: null, ...mark }, ends: ENDLESS };
  }

  /** That of the refresh token, or this server where `openid` was granted, which UserInfo stands for (RFC 8707 section 2.2). */
  private audienceOf({ audience, scopes, permissions }: RefreshToken, resources: readonly string[]): string | null {
    const [resource, ...others] = resources;
    if (others.length > 0) throw new OAuthError('invalid_target', 'several_targets');
    if (resource === undefined) return audience;
    const { issuer } = this.options;
    const named = audienceNamed(resource, issuer);
    const isUserInfo = named === issuer && permissions === null && scopes.includes(IDENTITY_SCOPE.openid);
    if (named === audience || isUserInfo) return named;
    throw new OAuthError('invalid_target', 'target_unknown');
  }
}

/** Why a refresh token is not for this caller; undefined when it is. */
function strangerTo(token: RefreshToken, { client, confirmation }: GrantContext) {
  if (token.clientId !== client.id) return 'refresh_token_of_another_client';
  return isSameKey(token.confirmation, confirmation) ? undefined : 'refresh_token_of_another_key';
}

/** Access while she is away was given, and has been taken from the client since (attack class 50). */
function isAwayNoMore({ scopes }: RefreshToken, client: Client): boolean {
  return scopes.includes(IDENTITY_SCOPE.offlineAccess) && !client.scopes.includes(IDENTITY_SCOPE.offlineAccess);
}

/** Why there is nothing to give any more; undefined when there is something. */
function nothingLeft({ permissions, scopes }: TokenContent) {
  if (permissions) return permissions.length === 0 ? 'permissions_withdrawn' : undefined;
  return scopes.length === 0 ? 'scope_not_allowed' : undefined;
}

/** UserInfo takes what it took before, but for a token that is asked for an API by its name, or without `openid`. */
function userInfoMark(
  { opensUserInfo }: RefreshToken,
  resources: readonly string[],
  scopes: readonly string[],
): Pick<TokenContent, 'opensUserInfo'> {
  const isStill = opensUserInfo && resources.length === 0 && scopes.includes(IDENTITY_SCOPE.openid);
  return isStill ? { opensUserInfo } : {};
}

/** A refresh token that is bound to a key is for whoever holds it, and for nobody else (RFC 9449 section 5). */
function isSameKey(bound: Confirmation | undefined, proven: Confirmation | undefined): boolean {
  return bound === undefined || isDeepStrictEqual(bound, proven);
}

/** The commit relies on token, family and record being as they were read. */
function rotate(step: { token: RefreshToken; use: UsableRefresh; given: Given }, { client }: GrantContext): Decision {
  const { token, use } = step;
  const { content, ends } = step.given;
  const isRpt = content.permissions !== null;
  return {
    outcome: 'granted',
    order: {
      kind: isRpt ? 'rpt' : 'at',
      content,
      format: isRpt ? 'opaque' : client.accessTokenFormat,
      familyId: token.familyId,
      generation: token.authorization.generation,
      notAfter: earlier(token.authorization.expiresAt, ends.ofRefresh),
      accessNotAfter: ends.ofAccess,
      // The family keeps what was granted: a narrower refresh does not narrow the next one (RFC 6749 section 6).
      refresh: { replaces: { token, use }, content: token },
    },
    ...(!isRpt && { members: membersOf(content) }),
  };
}

function membersOf({ scopes, authorizationDetails }: TokenContent): Record<string, unknown> {
  return { scope: scopes.join(' '), ...(authorizationDetails && { authorization_details: authorizationDetails }) };
}

/** @throws OAuthError invalid_scope when more is wanted than is left */
function narrowed(live: readonly LivePermission[], wanted: readonly string[]): LivePermission[] {
  const held = live.flatMap((permission) => permission.scopes);
  if (!isSubset(wanted, held)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
  return live
    .map((permission) => ({ ...permission, scopes: permission.scopes.filter((scope) => wanted.includes(scope)) }))
    .filter((permission) => permission.scopes.length > 0);
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
