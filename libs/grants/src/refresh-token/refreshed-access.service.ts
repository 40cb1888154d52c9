import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { intersect, isSubset } from '@valetkey/kernel';
import type { AuthorizationOptions } from '@valetkey/oauth';
import {
  audienceNamed,
  AUTHORIZATION_OPTIONS,
  detailsFor,
  detailsOfTypes,
  detailsToGive,
  OAuthError,
  parseScopes,
} from '@valetkey/oauth';
import { IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';
import type { RefreshToken, TokenContent, TokenOptions } from '@valetkey/tokens';
import { claimsWithin, TOKEN_OPTIONS } from '@valetkey/tokens';
import type { LivePermission } from '@valetkey/uma';
import { latestEnd, RptPermissions } from '@valetkey/uma';
import { RefreshGround } from './refresh-ground.service.js';

/** What a client asks for as it refreshes; what it does not say stays as it was. */
export interface RefreshedWish {
  readonly scope: string | undefined;
  readonly resources: readonly string[];
  /** As it was sent; absent: what was granted. */
  readonly authorizationDetails: string | undefined;
}

/** What one refresh gives. */
export interface RefreshGiven {
  readonly content: TokenContent;
  /** When the last permission of the refresh token ends, and of the new RPT; `null`: not before the authorization. */
  readonly ends: { readonly ofRefresh: Instant | null; readonly ofAccess: Instant | null };
}

const ENDLESS: RefreshGiven['ends'] = { ofRefresh: null, ofAccess: null };

/** What a refresh token still gives, and as much of it as one access token is asked for. */
@Injectable()
export class RefreshedAccess {
  constructor(
    private readonly ground: RefreshGround,
    private readonly rptPermissions: RptPermissions,
    @Inject(TOKEN_OPTIONS) private readonly tokenOptions: TokenOptions,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  /**
   * What this refresh gives: the same as far as the client may still have it, or narrower where asked (CO-08, RA-04).
   * @throws OAuthError invalid_scope, invalid_target or invalid_authorization_details for more; invalid_grant where nothing is left
   *   for the audience
   */
  async give(
    token: RefreshToken,
    { scope, resources, authorizationDetails: text }: RefreshedWish,
    client: Client,
  ): Promise<RefreshGiven> {
    const audience = this.audienceOf(token, resources);
    const wanted = scope === undefined ? undefined : parseScopes(scope);
    const { authorizationId, clientId, subject, signIn } = token;
    const claims = claimsWithin(token.claims, client.scopes);
    const isSame = audience === token.audience;
    const granted = detailsOfTypes(token.authorizationDetails, client.metadata.authorizationDetailsTypes);
    const details = detailsToGive(text, granted, this.options.authorizationDetailsTypes);
    const authorizationDetails = details && detailsFor(details, audience);
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
    const { issuer } = this.tokenOptions;
    const named = audienceNamed(resource, issuer);
    const isUserInfo = named === issuer && permissions === null && scopes.includes(IDENTITY_SCOPE.openid);
    if (named === audience || isUserInfo) return named;
    throw new OAuthError('invalid_target', 'target_unknown');
  }
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

/** @throws OAuthError invalid_scope when more is wanted than is left */
function narrowed(live: readonly LivePermission[], wanted: readonly string[]): LivePermission[] {
  const held = live.flatMap((permission) => permission.scopes);
  if (!isSubset(wanted, held)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
  return live
    .map((permission) => ({ ...permission, scopes: permission.scopes.filter((scope) => wanted.includes(scope)) }))
    .filter((permission) => permission.scopes.length > 0);
}
