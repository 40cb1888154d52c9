import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { Json } from './operation.js';

/** Bearer tokens (RFC 6750) and client authentication (RFC 6749 section 2.3), as far as OpenAPI has words for it. */
export const SECURITY_SCHEMES: Json = {
  clientSecretBasic: {
    type: 'http',
    scheme: 'basic',
    description:
      '`client_secret_basic`: identifier and secret, each form-encoded. In the form instead: `client_id` and ' +
      '`client_secret` (`client_secret_post`), `client_assertion` (`private_key_jwt`), or `client_id` alone (public clients).',
  },
  protectionToken: bearer(
    `PAT: an access token of an owner for a resource server, scope \`${SERVER_SCOPE.protection}\`.`,
  ),
  introspectionToken: bearer(`An access token with scope \`${SERVER_SCOPE.introspect}\`.`),
  identityToken: bearer(`An access token for this server, scope \`${IDENTITY_SCOPE.openid}\`.`),
  initialToken: bearer('What `valetkey registration-token` printed.'),
  registrationToken: bearer('The `registration_access_token` of the client.'),
  grantQueryToken: bearer(`An access token of the client, scope \`${SERVER_SCOPE.grantQuery}\`.`),
  grantRevokeToken: bearer(`An access token of the client, scope \`${SERVER_SCOPE.grantRevoke}\`.`),
  ownerRead: bearer(`An access token of the owner, scope \`${SERVER_SCOPE.authorizations}\`.`),
  ownerWrite: bearer(`An access token of the owner, scope \`${SERVER_SCOPE.authorizationsWrite}\`.`),
  ownerSession: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-vk_session',
    description:
      'The sign-in session of a browser, for pages of this origin (`vk_session` on loopback without TLS). A change needs `Origin` ' +
      'and, from `GET /me/session`, `X-CSRF-Token` besides.',
  },
};

/** Client authentication in the header or in the form. */
export const BY_CLIENT: readonly Json[] = [{ clientSecretBasic: [] }, {}];

export const BY_PROTECTION_TOKEN: readonly Json[] = [{ protectionToken: [] }];
export const BY_IDENTITY_TOKEN: readonly Json[] = [{ identityToken: [] }];
export const BY_INITIAL_TOKEN: readonly Json[] = [{ initialToken: [] }, {}];
export const BY_REGISTRATION_TOKEN: readonly Json[] = [{ registrationToken: [] }];
export const BY_GRANT_QUERY: readonly Json[] = [{ grantQueryToken: [] }];
export const BY_GRANT_REVOKE: readonly Json[] = [{ grantRevokeToken: [] }];
export const BY_OWNER_READING: readonly Json[] = [{ ownerRead: [] }, { ownerSession: [] }];
export const BY_OWNER_WRITING: readonly Json[] = [{ ownerWrite: [] }, { ownerSession: [] }];
export const BY_OWNER_SESSION: readonly Json[] = [{ ownerSession: [] }];
/** The same cookie; whose it is decides (`operators`). */
export const BY_OPERATOR_SESSION: readonly Json[] = [{ ownerSession: [] }];

/** Introspection: a PAT, a client, or a bearer token for it. */
export const BY_INTROSPECTION_CALLER: readonly Json[] = [
  { protectionToken: [] },
  { introspectionToken: [] },
  ...BY_CLIENT,
];

/** Open to everybody. */
export const PUBLIC: readonly Json[] = [];

function bearer(description: string): Json {
  return { type: 'http', scheme: 'bearer', description };
}
