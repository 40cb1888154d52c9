/** Scopes that this server itself protects its APIs with. */
export const SERVER_SCOPE = {
  /** Protection API (FedAuthz section 1.3). */
  protection: 'uma_protection',
  /** Introspection by bearer token. */
  introspect: 'introspect',
  /** Owner API: read. */
  authorizations: 'authorizations',
  /** Owner API: change and end. */
  authorizationsWrite: 'authorizations.write',
  /** Grant Management: look at a grant. */
  grantQuery: 'grant_management_query',
  /** Grant Management: end a grant. */
  grantRevoke: 'grant_management_revoke',
} as const;

/** Scopes about the person, of no resource server (OpenID Connect Core sections 3.1.2.1, 5.4 and 11). */
export const IDENTITY_SCOPE = {
  openid: 'openid',
  profile: 'profile',
  email: 'email',
  address: 'address',
  phone: 'phone',
  /** Access while she is away: a refresh token. */
  offlineAccess: 'offline_access',
} as const;

/** All of them. */
export const IDENTITY_SCOPES: readonly string[] = Object.values(IDENTITY_SCOPE);

/** Those of which something is known here; the others may be asked for, and tell nothing. */
export const TOLD_IDENTITY_SCOPES: readonly string[] = [
  IDENTITY_SCOPE.openid,
  IDENTITY_SCOPE.profile,
  IDENTITY_SCOPE.email,
  IDENTITY_SCOPE.offlineAccess,
];

const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/** RFC 6749 section 3.3 `scope-token`, and no longer than 128 characters. */
export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text);
}
