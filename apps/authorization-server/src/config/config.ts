import type { ClientMetadata } from '@valetkey/clients';
import type { AuthorizationOptions } from '@valetkey/oauth';
import type {
  ASYMMETRIC_ALGORITHMS,
  ClientAuthenticationMethod,
  GrantType,
  SigningAlgorithm,
} from '@valetkey/protocol';
import type { Language } from '@valetkey/wording';
import type { SharingConfig } from './sharing-config.js';
import type {
  HttpConfig,
  LimitsConfig,
  OperatorsConfig,
  OutboundConfig,
  OwnerApiConfig,
  TlsConfig,
} from './network-config.js';
import type { JobsConfig, LogConfig } from './operation-config.js';
import type { ScopeConfig } from './scope-config.js';

export type * from './network-config.js';
export type * from './operation-config.js';
export type * from './scope-config.js';
export type * from './sharing-config.js';

/**
 * The checked configuration of the authorization server, as the rest of the program sees it: durations are milliseconds,
 * sizes are bytes, relative file names are absolute, secrets are resolved, defaults are filled in. Made by `loadConfig`
 * and never changed afterwards.
 */
export interface Config {
  /** Issuer identifier, exactly as published: no query, fragment or trailing slash. RFC 8414 §2. */
  readonly issuer: string;
  readonly listen: ListenConfig;
  /** Absolute path of the folder for everything the server keeps on disk. */
  readonly dataDirectory: string;
  readonly database: DatabaseConfig;
  readonly keys: KeysConfig;
  readonly tokens: TokensConfig;
  readonly authorization: AuthorizationOptions;
  readonly registration: RegistrationConfig;
  readonly uma: UmaConfig;
  readonly signIn: SignInConfig;
  readonly limits: LimitsConfig;
  readonly mail: MailConfig;
  readonly pages: { readonly languages: readonly Language[]; readonly helpUrl?: string };
  readonly http: HttpConfig;
  readonly tls: TlsConfig;
  readonly log: LogConfig;
  readonly ownerApi: OwnerApiConfig;
  readonly operators: OperatorsConfig;
  readonly sharing: SharingConfig;
  readonly outbound: OutboundConfig;
  readonly jobs: JobsConfig;
  /** Wording of scopes; a scope used elsewhere may be missing here. */
  readonly scopes: readonly ScopeConfig[];
  readonly resourceServers: readonly ResourceServerConfig[];
  readonly clients: readonly ClientConfig[];
  readonly accounts: readonly AccountConfig[];
  readonly trustedIssuers: readonly TrustedIssuerConfig[];
  /** What may be a mistake in the file, told by `check-config` and at start. */
  readonly warnings: readonly ConfigProblem[];
}

export interface ListenConfig {
  /** Host name or address, an IPv6 address without brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

export type DatabaseConfig = SqliteDatabaseConfig | PostgresDatabaseConfig;

export interface SqliteDatabaseConfig {
  readonly type: 'sqlite';
  /** Absolute path of the database file. */
  readonly path: string;
}

export interface PostgresDatabaseConfig {
  readonly type: 'postgres';
  /** Connection URL; secret, since it may hold a password. */
  readonly url: string;
  /** Largest number of connections of one process. */
  readonly pool: number;
  /** Milliseconds without an answer before a query is given up. */
  readonly queryTimeout: number;
}

export interface KeysConfig {
  /** Key-encryption key, 32 bytes; secret. */
  readonly encryptionKey: Buffer;
  /** Default algorithm of access tokens; always a member of `algorithms`. */
  readonly signingAlgorithm: SigningAlgorithm;
  readonly algorithms: readonly SigningAlgorithm[];
  /** Milliseconds a key signs before the next takes over. */
  readonly rotateEvery: number;
  /** Milliseconds a key is published before it signs. */
  readonly publishAhead: number;
}

/** All lifetimes in milliseconds. */
export interface TokensConfig {
  readonly accessTokenLifetime: number;
  readonly rptLifetime: number;
  readonly refreshTokenLifetime: number;
  /** How long a rotated refresh token may be repeated when its answer was lost. */
  readonly refreshTokenGrace: number;
  readonly pctLifetime: number;
  /** How long the former client secret stays valid beside a new one. */
  readonly clientSecretOverlap: number;
  /** Whether DPoP proofs must carry a nonce. */
  readonly requireDpopNonce: boolean;
}

/** All times in milliseconds. */
export interface UmaConfig {
  readonly ticketLifetime: number;
  readonly needInfoTicketLifetime: number;
  readonly submittedTicketLifetime: number;
  /** What `request_submitted` asks a client to wait between two tries. */
  readonly pollInterval: number;
  /** Pending requests one owner can have at a time. */
  readonly openRequestsPerOwner: number;
  readonly ownerNotices: boolean;
  /** Between two messages to one owner. */
  readonly ownerNoticeInterval: number;
  /** Where owners answer requests. */
  readonly ownerPage: string;
}

/** Passwords and sessions of people; times in milliseconds. */
export interface SignInConfig {
  /** Bytes that argon2id fills for one password. */
  readonly passwordMemory: number;
  readonly passwordIterations: number;
  readonly sessionIdle: number;
  readonly sessionLifetime: number;
  /** A change to password, codes or passkeys needs a sign-in no older than this, in milliseconds. */
  readonly recentSignIn: number;
  readonly recoveryLinkLifetime: number;
}

export interface MailConfig {
  /** Address of the sender, perhaps with a name. */
  readonly from: string;
  /** Absolute path of the folder for messages when there is no relay. */
  readonly outbox: string;
  readonly smtp?: SmtpConfig;
}

/** The relay that takes messages. */
export interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls' | 'none';
  /** Present together with `password`. */
  readonly username?: string;
  /** Secret. */
  readonly password?: string;
}

/** What clients may have that register themselves. */
export interface RegistrableAccess {
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly authorizationDetailsTypes: readonly string[];
}

/** Clients that register themselves (RFC 7591). */
export interface RegistrationConfig {
  readonly mode: 'off' | 'initial_access_token' | 'open';
  /** For those that came with a token of the operator. */
  readonly withToken: RegistrableAccess;
  /** For all others, whenever they came (attack class 206). */
  readonly withoutToken: RegistrableAccess;
  readonly clients: number;
  /** From one network in an hour. */
  readonly clientsPerNetwork: number;
  readonly unusedLifetime: number;
  readonly requireSoftwareStatement: boolean;
  readonly softwareStatementIssuers: readonly { readonly issuer: string; readonly jwks: PublicJwks }[];
}

export interface ResourceServerConfig {
  /** Client that the resource server is when it calls this server. */
  readonly clientId: string;
  /** Absolute URI without fragment: resource indicator and audience (RFC 8707). */
  readonly resource: string;
  readonly name: string;
  /** Scopes of its own interface, without the scopes of resources it registers. */
  readonly scopes: readonly string[];
  /** Whether a request may be granted in part instead of all or nothing. */
  readonly partialGrant: boolean;
  /** Where it says that it is there. */
  readonly health?: string;
  /** Realm of its challenges. */
  readonly realm?: string;
}

export type ClientType = 'confidential' | 'public';

/** A public key (RFC 7517); private and symmetric keys are refused when the file is read. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly [member: string]: unknown;
}

export interface PublicJwks {
  readonly keys: readonly PublicJwk[];
}

export interface ClientConfig {
  readonly clientId: string;
  readonly name: string;
  readonly publisher?: string;
  readonly logoUri?: string;
  readonly type: ClientType;
  readonly tokenEndpointAuthMethod: ClientAuthenticationMethod;
  /** Present exactly with `client_secret_basic` and `client_secret_post`; secret. */
  readonly secret?: string;
  /** Where the secret was found, as an absolute path or the name of a variable; present exactly with a secret. */
  readonly secretPlace?: { readonly file: string } | { readonly env: string };
  /** Present with `private_key_jwt`, and for signed request objects; every key has a `kid` when there are several. */
  readonly jwks?: PublicJwks;
  readonly grantTypes: readonly GrantType[];
  readonly scopes: readonly string[];
  /** Resource indicators it may ask for; each is the `resource` of a resource server. */
  readonly audiences: readonly string[];
  readonly accessTokenFormat: 'opaque' | 'jwt';
  readonly metadata: ClientMetadata;
  readonly enabled: boolean;
}

export interface AccountConfig {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  /** BCP 47 language tag. */
  readonly locale?: string;
  /** IANA time zone. */
  readonly zone?: string;
  readonly enabled: boolean;
  /** First password; secret. */
  readonly password?: string;
  /** Under which names trusted issuers know this account. */
  readonly identities: readonly AccountIdentity[];
}

export interface AccountIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** Algorithms accepted in what a trusted issuer signs; asymmetric only. */
export type TrustedIssuerAlgorithm = (typeof ASYMMETRIC_ALGORITHMS)[number];

export interface TrustedIssuerConfig {
  readonly issuer: string;
  readonly name: string;
  /** Its public keys, inline or from its file. */
  readonly jwks: PublicJwks;
  /** Audience values accepted in what it signs for this server; never empty. */
  readonly audiences: readonly string[];
  readonly algorithms: readonly TrustedIssuerAlgorithm[];
  /** Milliseconds after `iat` that a pushed claim token is taken. */
  readonly maxAge: number;
  readonly enabled: boolean;
}

/** One mistake. `path` reads like `clients[2].audiences[0]`, or is empty for the file as a whole; never holds a secret. */
export interface ConfigProblem {
  readonly path: string;
  readonly message: string;
}
