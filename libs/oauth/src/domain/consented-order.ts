import type { Client } from '@valetkey/clients';
import { GRANT_TYPE, IDENTITY_SCOPE } from '@valetkey/protocol';
import type {
  AuthorizationDetail,
  IdTokenOrder,
  RefreshContent,
  SignIn,
  TokenContent,
  TokenGround,
  TokenOrder,
} from '@valetkey/tokens';
import { detailsFor } from './authorization-request/authorization-details.js';
import type { RequestedAccess, Target } from './target.js';

/** What a person gave by her browser, as a client redeems it. */
export interface ConsentedAccess {
  readonly authorizationId: string;
  readonly authorization: TokenGround;
  /** The person, as this server names her inside. */
  readonly subject: string;
  readonly signIn: SignIn;
  readonly target: Target;
  /** What refreshing gives of scopes and resources (RFC 8707 section 2.2). */
  readonly granted: RequestedAccess;
  /** What the access token gives of them. */
  readonly details: readonly AuthorizationDetail[] | undefined;
  /** What the client may have of those that were granted: refreshing gives them again (RFC 9396 section 6). */
  readonly grantedDetails: readonly AuthorizationDetail[] | undefined;
  readonly familyId: string;
  /** What the ID token says besides, where the scopes ask for one. */
  readonly idToken: IdTokenOrder;
}

/** The tokens for it. Pure. */
export function consentedOrder(given: ConsentedAccess, client: Client): TokenOrder {
  const { authorizationId, authorization, subject, signIn, target, familyId, idToken } = given;
  const base = { ...target, authorizationId, clientId: client.id, subject, signIn, permissions: null };
  return {
    kind: 'at',
    content: { ...base, ...detailsOf(given) },
    format: client.accessTokenFormat,
    familyId,
    generation: authorization.generation,
    notAfter: authorization.expiresAt,
    refresh: mayRefresh(client, target) ? { replaces: null, content: wholeOf(given, base) } : null,
    ...(target.scopes.includes(IDENTITY_SCOPE.openid) && { idToken }),
  };
}

/** All that was granted, whatever the first access token is for. */
function wholeOf({ granted, grantedDetails = [] }: ConsentedAccess, base: TokenContent): RefreshContent {
  return { ...base, ...granted, ...(grantedDetails.length > 0 && { authorizationDetails: grantedDetails }) };
}

/** RA-05: a resource server learns what concerns it. */
function detailsOf({ details = [], target: { audience } }: ConsentedAccess): Partial<TokenContent> {
  const concerned = detailsFor(details, audience);
  return concerned.length > 0 ? { authorizationDetails: concerned } : {};
}

/** OpenID Connect Core section 11: access while she is away is asked for, and consented to, by `offline_access`. */
function mayRefresh(client: Client, { scopes }: Target): boolean {
  return client.grantTypes.includes(GRANT_TYPE.refreshToken) && scopes.includes(IDENTITY_SCOPE.offlineAccess);
}
