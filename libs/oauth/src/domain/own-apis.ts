import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';

/** An API of this server that takes access tokens: a protected resource of its own (RFC 9728). */
export interface OwnApi {
  /** Below the issuer; the issuer with it is the resource identifier. */
  readonly path: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** THE list of this server's own APIs. Their tokens have one audience, the issuer. */
export const OWN_APIS: readonly OwnApi[] = [
  { path: '/me', name: 'Owner API', scopes: [SERVER_SCOPE.authorizations, SERVER_SCOPE.authorizationsWrite] },
  { path: '/grants', name: 'Grant management', scopes: [SERVER_SCOPE.grantQuery, SERVER_SCOPE.grantRevoke] },
  { path: '/uma', name: 'UMA protection API', scopes: [SERVER_SCOPE.protection] },
  { path: '/introspect', name: 'Introspection', scopes: [SERVER_SCOPE.introspect, SERVER_SCOPE.protection] },
  {
    path: '/userinfo',
    name: 'UserInfo',
    scopes: [IDENTITY_SCOPE.openid, IDENTITY_SCOPE.profile, IDENTITY_SCOPE.email],
  },
];

/**
 * The audience that a resource indicator stands for (RFC 8707 section 2): the issuer for one of its own APIs, otherwise the
 * indicator itself.
 */
export function audienceNamed(resource: string, issuer: string): string {
  const isOwn = resource.startsWith(issuer) && OWN_APIS.some(({ path }) => resource === `${issuer}${path}`);
  return isOwn ? issuer : resource;
}
