import type { ClientMetadata } from '@valetkey/clients';
import { CONTENT_ENCRYPTIONS } from '@valetkey/protocol';

import { applicationTypeOf, hostsOf } from './rules/client-answers.rules.js';
import { certificateSubjectsOf } from './rules/client-certificates.rules.js';
import type { ClientSettings } from './schema/clients.schema.js';
import type { KeysSettings } from './schema/keys.schema.js';

/** What a client of the file registers besides who it is and what it is for, with what holds by default. Pure. */
export function buildClientMetadata(
  client: ClientSettings,
  keys: Pick<KeysSettings, 'algorithms' | 'signing_algorithm'>,
): ClientMetadata {
  // OpenID Connect Dynamic Client Registration section 2: RS256 is what a client expects that says nothing.
  const usual = keys.algorithms.includes('RS256') ? 'RS256' : keys.signing_algorithm;
  const idTokens = client.id_token_signed_response_alg ?? usual;
  return {
    vouchedBy: 'operator',
    applicationType: applicationTypeOf(client),
    redirectUris: client.redirect_uris,
    postLogoutRedirectUris: client.post_logout_redirect_uris,
    claimsRedirectUris: client.claims_redirect_uris,
    requirePushedRequests: client.require_pushed_authorization_requests,
    requireSignedRequestObject: client.require_signed_request_object,
    ...credentials(client),
    subjectType: client.subject_type,
    sectorIdentifier: sectorOf(client),
    idTokenSignedResponseAlg: idTokens,
    userinfoSignedResponseAlg: client.userinfo_signed_response_alg ?? null,
    introspectionSignedResponseAlg: client.introspection_signed_response_alg ?? null,
    idTokenEncryption: encryptionOf(client, 'id_token'),
    userinfoEncryption: encryptionOf(client, 'userinfo'),
    introspectionEncryption: encryptionOf(client, 'introspection'),
    authorizationSignedResponseAlg: client.authorization_signed_response_alg ?? idTokens,
    authorizationEncryption: encryptionOf(client, 'authorization'),
    backchannelLogoutUri: client.backchannel_logout_uri ?? null,
    backchannelLogoutSessionRequired: client.backchannel_logout_session_required,
    defaultMaxAge: client.default_max_age ?? null,
    defaultAcrValues: client.default_acr_values,
    allowedOrigins: client.allowed_origins,
    dpopBoundAccessTokens: client.dpop_bound_access_tokens,
    certificateBoundAccessTokens: client.tls_client_certificate_bound_access_tokens,
    certificateSubject: certificateSubjectsOf(client)[0] ?? null,
    authorizationDetailsTypes: client.authorization_details_types,
    optionalScopes: client.optional_scopes,
    purpose: {},
    ...ownPages(client),
  };
}

/** What people can read about it. */
function ownPages(client: ClientSettings): Pick<ClientMetadata, 'clientUri' | 'termsUri' | 'privacyUri'> {
  const { client_uri: clientUri = null, tos_uri: termsUri = null, policy_uri: privacyUri = null } = client;
  return { clientUri, termsUri, privacyUri };
}

/** What it shows itself by, and signs with. */
function credentials(
  client: ClientSettings,
): Pick<ClientMetadata, 'eitherSecretMethod' | 'jwksUri' | 'requestObjectSigningAlg' | 'tokenEndpointAuthSigningAlg'> {
  const { type, token_endpoint_auth_method: method } = client;
  return {
    eitherSecretMethod: type === 'confidential' && method === undefined,
    jwksUri: client.jwks_uri ?? null,
    requestObjectSigningAlg: client.request_object_signing_alg ?? null,
    tokenEndpointAuthSigningAlg: client.token_endpoint_auth_signing_alg ?? null,
  };
}

function encryptionOf(
  client: ClientSettings,
  what: 'id_token' | 'userinfo' | 'introspection' | 'authorization',
): ClientMetadata['idTokenEncryption'] {
  const alg = client[`${what}_encrypted_response_alg`];
  if (alg === undefined) return null;
  return { alg, enc: client[`${what}_encrypted_response_enc`] ?? CONTENT_ENCRYPTIONS[0] };
}

/** OpenID Connect Core section 8.1: the one host of its addresses, unless it names another. */
function sectorOf(client: ClientSettings): string | null {
  const [host, ...others] = hostsOf(client);
  return client.sector_identifier ?? (others.length === 0 ? (host ?? null) : null);
}
