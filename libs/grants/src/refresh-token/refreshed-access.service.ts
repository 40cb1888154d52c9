import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { intersect, isSubset } from '@valetkey/kernel';
import type { AuthorizationOptions, RefreshedTarget } from '@valetkey/oauth';
import {
  audienceNamed,
  AUTHORIZATION_OPTIONS,
  detailsFor,
  detailsOfTypes,
  detailsToGive,
  OAuthError,
  parseScopes,
  TargetResolver,
} from '@valetkey/oauth';
import { IDENTITY_SCOPE } from '@valetkey/protocol';
import type { AuthorizationDetail, RefreshToken, TokenContent, TokenOptions, TokenPermission } from '@valetkey/tokens';
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
  /** What the client is told of `authorization_details`; `undefined`: none were granted. */
  readonly details: readonly AuthorizationDetail[] | undefined;
  /** When the last permission of the refresh token ends, and of the new RPT; `null`: not before the authorization. */
  readonly ends: { readonly ofRefresh: Instant | null; readonly ofAccess: Instant | null };
}

const ENDLESS: RefreshGiven['ends'] = { ofRefresh: null, ofAccess: null };

/** What a refresh token still gives, and as much of it as one access token is asked for. */
@Injectable()
export class RefreshedAccess {
  constructor(
    private readonly ground: RefreshGround,
    private readonly targets: TargetResolver,
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
    const wanted = scope === undefined ? undefined : parseScopes(scope);
    const { authorizationId, clientId, subject, signIn, permissions } = token;
    const granted = detailsOfTypes(token.authorizationDetails, client.metadata.authorizationDetailsTypes);
    const details = detailsToGive(text, granted, this.options.authorizationDetailsTypes);
    const claims = claimsWithin(token.claims, client.scopes);
    const base = { authorizationId, clientId, subject, signIn, claims };
    if (permissions) {
      const audience = this.sameAudience(token, resources);
      return this.givePermissions({ ...base, audience, scopes: [], permissions }, wanted);
    }
    const { audience, scopes } = await this.target(token, { scopes: wanted, resources }, client);
    const told = details && detailsFor(details, audience);
    const isUsual = audience === token.audience && resources.length === 0;
    const content: TokenContent = {
      ...base,
      audience,
      scopes,
      permissions: null,
      ...(told && told.length > 0 && { authorizationDetails: told }),
      // UserInfo takes what it took before, but for a token that is asked for an API by its name, or without `openid`.
      ...(token.opensUserInfo && isUsual && scopes.includes(IDENTITY_SCOPE.openid) && { opensUserInfo: true }),
    };
    return { content, details: told, ends: ENDLESS };
  }

  /** Audience and scopes of a token that is no RPT. */
  private async target(
    { audience, resources = [], scopes }: RefreshToken,
    wanted: RefreshedTarget,
    client: Client,
  ): Promise<Pick<TokenContent, 'audience' | 'scopes'>> {
    // What the operator has taken from the client since is gone from its older grants, too.
    const granted = { audience, resources, scopes: intersect(scopes, client.scopes) };
    const left = await this.targets.resolveRefresh(granted, wanted);
    if (!(await this.ground.isOpenTo(client, left))) throw new OAuthError('invalid_grant', 'scope_not_allowed');
    if (wanted.scopes === undefined || isSubset(wanted.scopes, left.scopes)) {
      return { ...left, scopes: wanted.scopes ?? left.scopes };
    }
    if (!isSubset(wanted.scopes, granted.scopes)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
    const isNamed = wanted.resources.length > 0;
    throw new OAuthError('invalid_scope', isNamed ? 'scope_not_of_audience' : 'scope_of_several_audiences');
  }

  private async givePermissions(
    content: TokenContent & { readonly permissions: readonly TokenPermission[] },
    wanted: readonly string[] | undefined,
  ): Promise<RefreshGiven> {
    const live = await this.rptPermissions.live(content.authorizationId, content.permissions);
    const permissions = wanted ? narrowed(live, wanted) : live;
    const ends = { ofRefresh: latestEnd(live), ofAccess: latestEnd(permissions) };
    return { content: { ...content, permissions }, details: undefined, ends };
  }

  /** An RPT is for the resource server whose resources it opens. @throws OAuthError invalid_target for any other */
  private sameAudience({ audience }: RefreshToken, [resource, ...others]: readonly string[]): string | null {
    if (others.length > 0) throw new OAuthError('invalid_target', 'several_targets');
    if (resource === undefined || audienceNamed(resource, this.tokenOptions.issuer) === audience) return audience;
    throw new OAuthError('invalid_target', 'target_unknown');
  }
}

/** @throws OAuthError invalid_scope when more is wanted than is left */
function narrowed(live: readonly LivePermission[], wanted: readonly string[]): LivePermission[] {
  const held = live.flatMap((permission) => permission.scopes);
  if (!isSubset(wanted, held)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
  return live
    .map((permission) => ({ ...permission, scopes: permission.scopes.filter((scope) => wanted.includes(scope)) }))
    .filter((permission) => permission.scopes.length > 0);
}
