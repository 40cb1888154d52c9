/** Client authentication methods by their registered names (RFC 7591 section 2, OpenID Connect Core section 9, RFC 8705 section 2). */
export const CLIENT_AUTHENTICATION_METHODS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
  'none',
] as const;

export type ClientAuthenticationMethod = (typeof CLIENT_AUTHENTICATION_METHODS)[number];

/** Methods by which a client proves who it is with a TLS certificate (RFC 8705 section 2). */
export const CERTIFICATE_METHODS: readonly ClientAuthenticationMethod[] = [
  'tls_client_auth',
  'self_signed_tls_client_auth',
];

/** RFC 7523 section 2.2. */
export const CLIENT_ASSERTION_TYPE_JWT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Asymmetric signature algorithms accepted from clients and issuers; `none` and HMAC are never among them (IR-62). */
export const ASYMMETRIC_ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'RS256', 'PS256'] as const;

export type AsymmetricAlgorithm = (typeof ASYMMETRIC_ALGORITHMS)[number];
