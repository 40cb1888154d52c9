import type { Duration } from '@valetkey/kernel';
import type {
  Acr,
  AsymmetricAlgorithm,
  ContentEncryption,
  KeyEncryptionAlgorithm,
  AnswerAlgorithm,
} from '@valetkey/protocol';

/** The one name by which a certificate is known: its subject (RFC 4514), or one of its alternative names. */
export interface CertificateSubject {
  readonly kind: 'subject_dn' | 'san_dns' | 'san_uri' | 'san_ip' | 'san_email';
  readonly value: string;
}

/** How answers are encrypted with a key of the client (OpenID Connect Core section 10.2). */
export interface AnswerEncryption {
  readonly alg: KeyEncryptionAlgorithm;
  readonly enc: ContentEncryption;
}

/**
 * Who speaks for a client and its addresses: the operator by his configuration or by a token that he gave out for its registration,
 * a software statement that names its addresses, or nobody.
 */
export type Voucher = 'operator' | 'initial_access_token' | 'software_statement' | 'nobody';

/**
 * What a client registered besides who it is: where answers may go and how it wants them (RFC 7591 section 2, OpenID Connect
 * Dynamic Client Registration section 2). Stored as one JSON text.
 */
export interface ClientMetadata {
  readonly vouchedBy: Voucher;
  /** A native app may use loopback addresses with any port, and schemes of its own (RFC 8252). */
  readonly applicationType: 'web' | 'native';
  /**
   * It has a secret and named no method: header and form are as good for it. Libraries differ in what they take for usual, and
   * the secret is the same.
   */
  readonly eitherSecretMethod: boolean;
  /** Where its public keys are, for one that has not registered them (RFC 7591 section 2). */
  readonly jwksUri: string | null;
  /** Compared byte for byte (CO-01). */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Where people come back from giving claims, compared byte for byte (UMA Grant section 3.3.2); apart from `redirectUris`. */
  readonly claimsRedirectUris: readonly string[];
  /** RFC 9126 section 6. */
  readonly requirePushedRequests: boolean;
  /** RFC 9101 section 10.5. */
  readonly requireSignedRequestObject: boolean;
  /** The one algorithm of its request objects; `null`: any that its keys can have. */
  readonly requestObjectSigningAlg: AsymmetricAlgorithm | null;
  /** The same of the assertions by which it authenticates. */
  readonly tokenEndpointAuthSigningAlg: AsymmetricAlgorithm | null;
  readonly subjectType: 'public' | 'pairwise';
  /** The host that a pairwise subject is for (OpenID Connect Core section 8.1); `null`: the client alone. */
  readonly sectorIdentifier: string | null;
  readonly idTokenSignedResponseAlg: AnswerAlgorithm;
  /** `null`: UserInfo is not signed, and plain JSON unless it is encrypted. */
  readonly userinfoSignedResponseAlg: AnswerAlgorithm | null;
  /** `null`: as every client knows it. Of introspection answers as JWT (RFC 9701 section 6). */
  readonly introspectionSignedResponseAlg: AnswerAlgorithm | null;
  /** `null`: not encrypted. */
  readonly idTokenEncryption: AnswerEncryption | null;
  readonly userinfoEncryption: AnswerEncryption | null;
  readonly introspectionEncryption: AnswerEncryption | null;
  /** Of answers in the `.jwt` response modes (JARM section 3). */
  readonly authorizationSignedResponseAlg: AnswerAlgorithm;
  readonly authorizationEncryption: AnswerEncryption | null;
  readonly backchannelLogoutUri: string | null;
  readonly backchannelLogoutSessionRequired: boolean;
  /** A sign-in that is older than this is done again; `null`: of any age. */
  readonly defaultMaxAge: Duration | null;
  /** How surely people sign in for a request that does not say, one of these; empty: in any way. */
  readonly defaultAcrValues: readonly Acr[];
  /** Origins whose scripts may read answers (CORS). */
  readonly allowedOrigins: readonly string[];
  /** Its access tokens are always bound to a DPoP key (RFC 9449 section 5.2). */
  readonly dpopBoundAccessTokens: boolean;
  /** Its access tokens are bound to the certificate that it comes with (RFC 8705 section 3.4). */
  readonly certificateBoundAccessTokens: boolean;
  /** Whom its certificate names, for `tls_client_auth` (RFC 8705 section 2.1.2). */
  readonly certificateSubject: CertificateSubject | null;
  /** Types of `authorization_details` it may ask for (RFC 9396 section 10). */
  readonly authorizationDetailsTypes: readonly string[];
  /** Those of its scopes that it can work without: a person allows each of them or not. */
  readonly optionalScopes: readonly string[];
  /** Its home page, https; `null`: none (RFC 7591 section 2). */
  readonly clientUri: string | null;
  /** What it wants data for, in its words, by language tag; only the operator says so, never a client of itself. */
  readonly purpose: Readonly<Record<string, string>>;
  /** Its terms and what it does with data about people: pages of its own, https; `null`: none (RFC 7591 section 2). */
  readonly termsUri: string | null;
  readonly privacyUri: string | null;
}

/** What holds for a client that registered nothing of it (OpenID Connect Dynamic Client Registration section 2). */
export const DEFAULT_CLIENT_METADATA: ClientMetadata = {
  vouchedBy: 'operator',
  applicationType: 'web',
  eitherSecretMethod: false,
  jwksUri: null,
  redirectUris: [],
  postLogoutRedirectUris: [],
  claimsRedirectUris: [],
  requirePushedRequests: false,
  requireSignedRequestObject: false,
  requestObjectSigningAlg: null,
  tokenEndpointAuthSigningAlg: null,
  subjectType: 'pairwise',
  sectorIdentifier: null,
  idTokenSignedResponseAlg: 'RS256',
  userinfoSignedResponseAlg: null,
  introspectionSignedResponseAlg: null,
  idTokenEncryption: null,
  userinfoEncryption: null,
  introspectionEncryption: null,
  authorizationSignedResponseAlg: 'RS256',
  authorizationEncryption: null,
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  defaultMaxAge: null,
  defaultAcrValues: [],
  allowedOrigins: [],
  dpopBoundAccessTokens: false,
  certificateBoundAccessTokens: false,
  certificateSubject: null,
  authorizationDetailsTypes: [],
  optionalScopes: [],
  clientUri: null,
  purpose: {},
  termsUri: null,
  privacyUri: null,
};
