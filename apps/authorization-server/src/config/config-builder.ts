import type { X509Certificate } from 'node:crypto';
import { join, resolve } from 'node:path';

import type { AuthorizationOptions } from '@valetkey/oauth';

import { IDENTITY_SCOPES, SERVER_SCOPE } from '@valetkey/protocol';

import type {
  AccountConfig,
  ClientConfig,
  Config,
  ConfigProblem,
  DatabaseConfig,
  JobsConfig,
  OperatorsConfig,
  KeysConfig,
  RegistrableAccess,
  RegistrationConfig,
  ResourceServerConfig,
  RevocationListsConfig,
  SignInConfig,
  TokensConfig,
  TrustedIssuerConfig,
  UmaConfig,
} from './config.js';
import { buildClientMetadata } from './client-metadata-builder.js';
import { buildMail, buildTls } from './network-builder.js';
import { present } from './present.js';
import { buildSharing } from './sharing-config.js';
import { authMethodOf } from './rules/clients.rules.js';
import { buildPurpose, buildScope } from './scope-builder.js';
import type { AccountSettings } from './schema/accounts.schema.js';
import type { ClientSettings } from './schema/clients.schema.js';
import type { DatabaseSettings } from './schema/database.schema.js';
import type { Jwks } from './schema/jwks.schema.js';
import type { ResourceServerSettings } from './schema/resource-servers.schema.js';
import type { SecretReference } from './schema/secret-reference.schema.js';
import type { Settings } from './schema/settings.schema.js';
import type { TrustedIssuerSettings } from './schema/trusted-issuers.schema.js';

const DEFAULT_POOL = 10;
const DEFAULT_QUERY_TIMEOUT = 10_000;

/** What the file refers to, once it is found. */
export interface ResolvedParts {
  /** Absolute folder that relative names begin at. */
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  readonly encryptionKey: Buffer;
  /** By position in `clients`. */
  readonly clientSecrets: ReadonlyMap<number, string>;
  /** By position in `accounts`. */
  readonly accountPasswords: ReadonlyMap<number, string>;
  readonly smtpPassword: string | undefined;
  /** By position in `trusted_issuers`. */
  readonly keySets: readonly (Jwks | undefined)[];
  readonly certificateAuthorities: readonly X509Certificate[];
  readonly revocationLists: RevocationListsConfig;
  readonly warnings: readonly ConfigProblem[];
}

/** Turns settings in which no problem was found into the form the program works with. Pure. */
export function buildConfig(settings: Settings, parts: ResolvedParts): Config {
  const { http, log } = settings;
  const dataDirectory = resolve(parts.folder, settings.data_directory);
  return {
    issuer: settings.issuer,
    listen: settings.listen,
    dataDirectory,
    database: buildDatabase(settings.database, dataDirectory, parts),
    keys: buildKeys(settings, parts.encryptionKey),
    tokens: buildTokens(settings),
    authorization: buildAuthorization(settings),
    registration: buildRegistration(settings),
    uma: buildUma(settings),
    signIn: buildSignIn(settings),
    limits: {
      pushedRequests: settings.authorization.pushed_requests_per_minute,
      visits: settings.sign_in.visits_per_minute,
      visitsOfNetwork: settings.sign_in.visits_per_network,
      changes: settings.registration.changes_per_client,
      changesOfNetwork: settings.registration.changes_per_network,
    },
    mail: buildMail(settings, dataDirectory, parts.smtpPassword),
    pages: { languages: settings.pages.languages, ...present({ helpUrl: settings.pages.help_url }) },
    http: {
      bodyLimit: http.body_limit,
      shutdownTimeout: http.shutdown_timeout,
      trustedProxies: http.trusted_proxies,
    },
    ownerApi: present({ minAcr: settings.owner_api.min_acr, maxAuthAge: settings.owner_api.max_auth_age }),
    operators: buildOperators(settings),
    sharing: buildSharing(settings),
    outbound: { privateNetworks: settings.outbound.private_networks },
    tls: buildTls(settings, parts),
    log,
    jobs: buildJobs(settings),
    scopes: settings.scopes.map((_, index) => buildScope(settings, index)),
    resourceServers: settings.resource_servers.map(buildResourceServer),
    clients: settings.clients.map((client, index) => ({
      ...buildClient(client, parts, parts.clientSecrets.get(index)),
      metadata: { ...buildClientMetadata(client, settings.keys), purpose: buildPurpose(settings, index) },
    })),
    accounts: settings.accounts.map((account, index) => buildAccount(account, parts.accountPasswords.get(index))),
    trustedIssuers: settings.trusted_issuers.map((trusted, index) =>
      buildTrustedIssuer(trusted, parts.keySets[index], settings.issuer),
    ),
    warnings: parts.warnings,
  };
}

function buildDatabase(database: DatabaseSettings, dataDirectory: string, parts: ResolvedParts): DatabaseConfig {
  if (database.type === 'postgres') {
    const { pool = DEFAULT_POOL, query_timeout: queryTimeout = DEFAULT_QUERY_TIMEOUT } = database;
    return { type: 'postgres', url: parts.databaseUrl ?? '', pool, queryTimeout };
  }
  const path =
    database.path === undefined ? join(dataDirectory, 'valetkey.sqlite') : resolve(parts.folder, database.path);
  return { type: 'sqlite', path };
}

function buildOperators({ operators }: Settings): OperatorsConfig {
  const { accounts, min_acr: minAcr, max_auth_age: maxAuthAge } = operators;
  return { accounts, maxAuthAge, ...present({ minAcr }) };
}

function buildJobs({ jobs }: Settings): JobsConfig {
  return {
    expireEvery: jobs.expire_every,
    expireBatch: jobs.expire_batch,
    keepEnded: jobs.keep_ended,
    keepActivity: jobs.keep_activity,
    rotateCheckEvery: jobs.rotate_check_every,
    notifyEvery: jobs.notify_every,
    healthEvery: jobs.health_every,
  };
}

function buildKeys({ keys }: Settings, encryptionKey: Buffer): KeysConfig {
  return {
    encryptionKey,
    signingAlgorithm: keys.signing_algorithm,
    algorithms: keys.algorithms,
    rotateEvery: keys.rotate_every,
    publishAhead: keys.publish_ahead,
  };
}

function buildTokens({ tokens }: Settings): TokensConfig {
  return {
    accessTokenLifetime: tokens.access_token_lifetime,
    rptLifetime: tokens.rpt_lifetime,
    refreshTokenLifetime: tokens.refresh_token_lifetime,
    refreshTokenGrace: tokens.refresh_token_grace,
    pctLifetime: tokens.pct_lifetime,
    clientSecretOverlap: tokens.client_secret_overlap,
    requireDpopNonce: tokens.require_dpop_nonce,
  };
}

function buildAuthorization(settings: Settings): AuthorizationOptions {
  const { authorization, authorization_details_types: types } = settings;
  return {
    codeLifetime: authorization.code_lifetime,
    pushedRequestLifetime: authorization.pushed_request_lifetime,
    deviceCodeLifetime: authorization.device_code_lifetime,
    devicePollInterval: authorization.device_poll_interval,
    requirePushedRequests: authorization.require_pushed_requests,
    consentDays: authorization.consent_days,
    consentWithoutEnd: authorization.consent_without_end,
    authorizationDetailsTypes: types.map(({ type, display_name: displayName, ask, fields }) => ({
      type,
      displayName,
      ask,
      fields: fields.map(({ name, kind, required, values, max_length: maxLength }) => {
        return { name, kind, required, maxLength, values: values ?? null };
      }),
    })),
  };
}

function buildRegistration(settings: Settings): RegistrationConfig {
  const { registration, authorization_details_types: types } = settings;
  const audiences = registration.audiences ?? settings.resource_servers.map(({ resource }) => resource);
  return {
    mode: registration.mode,
    withToken: {
      scopes: registration.scopes ?? [...IDENTITY_SCOPES, ...scopesOfApis(settings, audiences)],
      audiences,
      authorizationDetailsTypes: registration.authorization_details_types ?? types.map(({ type }) => type),
    },
    withoutToken: accessWithoutToken(registration),
    clients: registration.clients,
    clientsPerNetwork: registration.clients_per_network,
    unusedLifetime: registration.unused_lifetime,
    requireSoftwareStatement: registration.require_software_statement,
    softwareStatementIssuers: registration.software_statement_issuers,
  };
}

/** Whoever comes gets nothing that the operator has not named for all that come: what he names while none can is for others. */
function accessWithoutToken(registration: Settings['registration']): RegistrableAccess {
  const { mode, scopes = IDENTITY_SCOPES, audiences = [], authorization_details_types: types = [] } = registration;
  if (mode === 'open') return { scopes, audiences, authorizationDetailsTypes: types };
  const aboutPeople = scopes.filter((scope) => IDENTITY_SCOPES.includes(scope));
  return { scopes: aboutPeople, audiences: [], authorizationDetailsTypes: [] };
}

/** Those of resource servers, and of resources, but none of this server's own APIs: they are opened to strangers by name alone. */
function scopesOfApis({ resource_servers: servers, scopes: worded }: Settings, audiences: readonly string[]): string[] {
  const own: readonly string[] = [...Object.values(SERVER_SCOPE), ...IDENTITY_SCOPES];
  const ofAudiences = servers.filter(({ resource }) => audiences.includes(resource)).flatMap(({ scopes }) => scopes);
  return [...new Set([...ofAudiences, ...worded.map(({ name }) => name)])].filter((scope) => !own.includes(scope));
}

function buildUma({ uma, issuer }: Settings): UmaConfig {
  return {
    ticketLifetime: uma.ticket_lifetime,
    needInfoTicketLifetime: uma.need_info_ticket_lifetime,
    submittedTicketLifetime: uma.submitted_ticket_lifetime,
    pollInterval: uma.poll_interval,
    openRequestsPerOwner: uma.open_requests_per_owner,
    ownerNotices: uma.owner_notices,
    ownerNoticeInterval: uma.owner_notice_interval,
    ownerPage: uma.owner_page ?? `${issuer}/console/requests`,
  };
}

function buildSignIn({ sign_in: signIn }: Settings): SignInConfig {
  return {
    passwordMemory: signIn.password_memory,
    passwordIterations: signIn.password_iterations,
    sessionIdle: signIn.session_idle,
    sessionLifetime: signIn.session_lifetime,
    recentSignIn: signIn.recent_sign_in,
    recoveryLinkLifetime: signIn.recovery_link_lifetime,
  };
}

function buildResourceServer(server: ResourceServerSettings): ResourceServerConfig {
  const { client_id: clientId, resource, name, scopes, partial_grant: partialGrant, realm, health } = server;
  return { clientId, resource, name, scopes, partialGrant, ...present({ realm, health }) };
}

function buildClient(
  client: ClientSettings,
  { folder }: ResolvedParts,
  secret: string | undefined,
): Omit<ClientConfig, 'metadata'> {
  return {
    clientId: client.client_id,
    name: client.name,
    type: client.type,
    tokenEndpointAuthMethod: authMethodOf(client) ?? 'client_secret_basic',
    grantTypes: client.grant_types,
    scopes: client.scopes,
    audiences: client.audiences,
    accessTokenFormat: client.access_token_format,
    enabled: client.enabled,
    ...present({ publisher: client.publisher, logoUri: client.logo_uri, secret, jwks: client.jwks }),
    ...(client.secret && { secretPlace: placeOf(client.secret, folder) }),
  };
}

function placeOf({ file, env }: SecretReference, folder: string): NonNullable<ClientConfig['secretPlace']> {
  return file === undefined ? { env: env ?? '' } : { file: resolve(folder, file) };
}

function buildAccount(account: AccountSettings, password: string | undefined): AccountConfig {
  const { id, username, name, enabled, identities, email, locale, zone } = account;
  return { id, username, name, enabled, identities, ...present({ email, locale, zone, password }) };
}

function buildTrustedIssuer(
  trusted: TrustedIssuerSettings,
  jwks: Jwks | undefined,
  ownIssuer: string,
): TrustedIssuerConfig {
  return {
    issuer: trusted.issuer,
    name: trusted.name,
    jwks: jwks ?? { keys: [] },
    audiences: trusted.audiences ?? [ownIssuer],
    algorithms: trusted.algorithms,
    maxAge: trusted.max_age,
    enabled: trusted.enabled,
  };
}
