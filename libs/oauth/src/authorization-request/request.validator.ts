import { Inject, Injectable } from '@nestjs/common';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { isRegisteredRedirectUri } from '@valetkey/clients';
import { intersect, isSubset } from '@valetkey/kernel';
import { claimsOfScopes, GRANT_TYPE, IDENTITY_SCOPE } from '@valetkey/protocol';
import type { AuthorizationDetail } from '@valetkey/tokens';
import { parseAuthorizationDetails } from '../domain/authorization-request/authorization-details.js';
import type { AnswerTarget, AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import type { ClaimsRequest } from '../domain/authorization-request/claims-request.js';
import { namesAcrValues, narrowClaims, singleClaims } from '../domain/authorization-request/claims-request.js';
import type { RequestShape } from '../domain/authorization-request/request-shape.js';
import { answerModeOf, answerStateOf, parseShape } from '../domain/authorization-request/request-shape.js';
import type { RequestSource } from '../domain/authorization-request/request-source.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { Reason } from '../domain/reasons.js';
import { parseScopes } from '../domain/target.js';
import { Recipients } from '../recipients.service.js';
import { TargetResolver } from '../target-resolver.service.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';

const SECOND = 1_000;

/** What a client asks a person for. */
export type AskedAccess = Pick<AuthorizationRequest, 'scopes' | 'resources' | 'authorizationDetails'>;

/** Checks a request against what its client registered: the same at the authorization endpoint and at push time (PA-04). */
@Injectable()
export class RequestValidator {
  constructor(
    private readonly targets: TargetResolver,
    private readonly authorizations: AuthorizationStore,
    private readonly recipients: Recipients,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  /** @throws OAuthError whatever is wrong first; where it goes says {@link answerTarget} */
  async validate(client: Client, source: RequestSource): Promise<AuthorizationRequest> {
    const redirectUri = registeredRedirectUri(client, source);
    if (!client.grantTypes.includes(GRANT_TYPE.authorizationCode)) {
      throw new OAuthError('unauthorized_client', 'grant_type_not_allowed');
    }
    const { claims, ...shape } = parseShape(source);
    // Nobody signs in for an answer that cannot be given.
    if (shape.responseMode.endsWith('.jwt')) await this.recipients.authorization(client).encryption?.();
    const access = await this.validateAccess(client, source);
    await this.checkGrant(client, shape);
    const { defaultMaxAge, defaultAcrValues } = client.metadata;
    // OpenID Connect Dynamic Client Registration section 2: a request for acr, by the parameter or the claim, overrides them.
    const saysNothingOfAcr = shape.acrValues.length === 0 && !namesAcrValues(claims);
    const optionalScopes = intersect(access.scopes, client.metadata.optionalScopes);
    const possibleClaims = claimsFor(client, access.scopes, claims);
    return {
      clientId: client.id,
      redirectUri,
      ...(defaultMaxAge !== null && { maxAge: Math.floor(defaultMaxAge / SECOND) }),
      ...shape,
      ...(saysNothingOfAcr && { acrValues: defaultAcrValues }),
      ...access,
      ...(optionalScopes.length > 0 && { optionalScopes }),
      ...(possibleClaims && { claims: possibleClaims }),
    };
  }

  /**
   * The same against what is registered now, for a request that was found good before: addresses, grant types, scopes and resource
   * servers may have been taken from the client since.
   * @throws OAuthError for what it may not ask for any more
   */
  async validateAgain(client: Client, request: AuthorizationRequest): Promise<void> {
    if (!isRegisteredRedirectUri(client.metadata, request.redirectUri)) throw refused('redirect_uri_unregistered');
    // She is not asked for claims that nobody would be told any more.
    if (!isSubset(singleClaims(request), claimsOfScopes(client.scopes))) {
      throw new OAuthError('invalid_scope', 'scope_not_allowed');
    }
    await this.validateAccessAgain(client, request, GRANT_TYPE.authorizationCode);
  }

  /** The same of what a client asks for by this grant, at a browser or by a device. @throws OAuthError */
  async validateAccessAgain(client: Client, asked: AskedAccess, grantType: string): Promise<void> {
    const { scopes, resources, authorizationDetails = [] } = asked;
    if (!client.grantTypes.includes(grantType)) throw new OAuthError('unauthorized_client', 'grant_type_not_allowed');
    const types = client.metadata.authorizationDetailsTypes;
    if (authorizationDetails.some(({ type }) => !types.includes(type))) {
      throw new OAuthError('invalid_authorization_details', 'details_type_unknown');
    }
    await this.targets.resolveRequest(client, scopes, resources);
  }

  /** What a person is asked for, wherever a client asks. @throws OAuthError invalid_scope, invalid_target, invalid_authorization_details */
  async validateAccess(client: Client, source: RequestSource): Promise<AskedAccess> {
    const authorizationDetails = this.parseDetails(client, source);
    const scopes = requestedScopes(client, source.get('scope'), authorizationDetails);
    const access = await this.targets.resolveRequest(client, scopes, source.resources);
    return { ...access, ...(authorizationDetails && { authorizationDetails }) };
  }

  /** Where a refusal of this request may be told to the client; `undefined`: nowhere, since the address is not its own. */
  answerTarget(client: Client, source: RequestSource): AnswerTarget | undefined {
    const redirectUri = source.get('redirect_uri');
    if (redirectUri === undefined || !isRegisteredRedirectUri(client.metadata, redirectUri)) return undefined;
    const state = answerStateOf(source);
    const responseMode = answerModeOf(source);
    return { clientId: client.id, redirectUri, responseMode, ...(state !== undefined && { state }) };
  }

  private parseDetails(client: Client, source: RequestSource): AuthorizationDetail[] | undefined {
    const text = source.get('authorization_details');
    if (text === undefined) return undefined;
    const allowed = client.metadata.authorizationDetailsTypes;
    const types = this.options.authorizationDetailsTypes.filter(({ type }) => allowed.includes(type));
    return parseAuthorizationDetails(text, types);
  }

  /** Grant Management section 5: the grant is the client's own and lives. Whose it is shows when she signs in. */
  private async checkGrant(
    client: Client,
    { grantId, grantManagementAction }: Omit<RequestShape, 'claims'>,
  ): Promise<void> {
    if (grantManagementAction === undefined) return;
    if (client.type !== 'confidential') throw refused('grant_action_of_public_client');
    if (grantId === undefined) return;
    const record = await this.authorizations.find(grantId);
    const isTheirs = record?.clientId === client.id && record.origin === 'client' && record.state === 'active';
    if (!isTheirs || !record.owner.startsWith('account:')) throw new OAuthError('invalid_grant_id', 'grant_unknown');
  }
}

/** CO-01, CO-02. Always asked for: a client with one address that adds a second must not break. */
function registeredRedirectUri(client: Client, source: RequestSource): string {
  const redirectUri = source.get('redirect_uri');
  if (redirectUri === undefined) throw refused('redirect_uri_missing');
  if (!isRegisteredRedirectUri(client.metadata, redirectUri)) throw refused('redirect_uri_unregistered');
  return redirectUri;
}

/** Of the claims asked for those whose scope the client may ask for, too; without `openid` nothing is told of them. */
function claimsFor(
  { scopes }: Client,
  asked: readonly string[],
  claims: ClaimsRequest | undefined,
): ClaimsRequest | undefined {
  if (!claims || !asked.includes(IDENTITY_SCOPE.openid)) return undefined;
  return narrowClaims(claims, claimsOfScopes(scopes));
}

/** Nobody is asked for what nobody named; `offline_access` means nothing to a client that cannot refresh (OpenID Connect Core 11). */
function requestedScopes(client: Client, scope: string | undefined, details: unknown): string[] {
  if (scope === undefined) {
    if (details === undefined) throw new OAuthError('invalid_scope', 'scope_missing');
    return [];
  }
  const mayRefresh = client.grantTypes.includes(GRANT_TYPE.refreshToken);
  return parseScopes(scope).filter((one) => mayRefresh || one !== IDENTITY_SCOPE.offlineAccess);
}

function refused(reason: Reason): OAuthError {
  return new OAuthError('invalid_request', reason);
}
