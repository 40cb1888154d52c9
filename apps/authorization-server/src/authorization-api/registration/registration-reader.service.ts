import { Inject, Injectable } from '@nestjs/common';
import type { Client, ClientMetadata, Voucher } from '@valetkey/clients';
import { ClientStore, isStranger } from '@valetkey/clients';
import { isSubset, likenessOf, parseSpaceList } from '@valetkey/kernel';
import { AddressRules } from '@valetkey/outbound';
import {
  CONTENT_ENCRYPTIONS,
  GRANT_TYPE,
  IDENTITY_SCOPES,
  isScopeToken,
  TOLD_IDENTITY_SCOPES,
} from '@valetkey/protocol';
import { buildClientMetadata } from '../../config/client-metadata-builder.js';
import type { Config, RegistrableAccess } from '../../config/config.js';
import { formatPath, ProblemList } from '../../config/problem-list.js';
import { checkClientAnswers } from '../../config/rules/client-answers.rules.js';
import { checkClientCertificates } from '../../config/rules/client-certificates.rules.js';
import { ENCRYPTED_ANSWERS } from '../../config/rules/client-encryption.rules.js';
import type { ClientSettings } from '../../config/schema/clients.schema.js';
import { CONFIG } from '../../http/http-tokens.js';
import { applicationTypeOf, checkCalledAddresses, checkRedirectUris } from './registered-addresses.js';
import { RegistrationError } from './registration-error.js';
import type { RegistrationRequest } from './registration-request.schema.js';
import { registrationRequestSchema } from './registration-request.schema.js';
import type { RegisteredBefore } from './sector-identifiers.service.js';
import { hostStillOfAllAnswers, SectorIdentifiers } from './sector-identifiers.service.js';
import { SoftwareStatements } from './software-statements.service.js';

const KEY_METHODS = ['private_key_jwt', 'self_signed_tls_client_auth'];

/** What a registration is read on. */
export interface RegistrationGround {
  readonly vouchedBy?: Voucher;
  readonly before?: RegisteredBefore;
}

type Further = Pick<ClientMetadata, 'vouchedBy' | 'eitherSecretMethod' | 'sectorIdentifier'>;

/** As `scopes_supported` has it: a client that names no scope gets none about the person that tells nothing. */
function isAdvertised(scope: string): boolean {
  return TOLD_IDENTITY_SCOPES.includes(scope) || !IDENTITY_SCOPES.includes(scope);
}

/** A registration that was found good. */
export interface ReadRegistration {
  readonly client: Client;
  /** What is registered, with the names of RFC 7591. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Reads what clients register: the same checks at every registration and every change (attack class 210). */
@Injectable()
export class RegistrationReader {
  private readonly rules: AddressRules;

  constructor(
    private readonly statements: SoftwareStatements,
    private readonly sectors: SectorIdentifiers,
    private readonly clients: ClientStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.rules = new AddressRules(config.outbound.privateNetworks);
  }

  /**
   * @param ground.vouchedBy - who speaks for the client, where that is more than its statement
   * @param ground.before - what is registered until now, where it is to be changed
   * @throws RegistrationError
   */
  async read(
    id: string,
    body: Readonly<Record<string, unknown>>,
    ground: RegistrationGround = {},
  ): Promise<ReadRegistration> {
    const { metadata: said, vouchedBy: ofStatement } = await this.statements.apply(body);
    const vouchedBy = ground.vouchedBy ?? ofStatement;
    const request = parse(said);
    const type = applicationTypeOf(request);
    checkRedirectUris(request, type);
    checkCalledAddresses(request, this.rules);
    this.checkCredentials(request);
    const settings = settingsOf(id, { ...request, application_type: type }, this.accessOf(request, vouchedBy));
    const sector = await this.sectors.of(request, ground.before);
    this.checkRules({ ...settings, ...(sector !== undefined && { sector_identifier: sector }) });
    const isUnnamed = (said['token_endpoint_auth_method'] ?? null) === null;
    const client = this.clientOf(settings, {
      vouchedBy,
      eitherSecretMethod: isUnnamed,
      sectorIdentifier: sector ?? hostStillOfAllAnswers(request, ground.before),
    });
    await this.checkName(client, ground.before?.metadata['client_name']);
    return { client, metadata: registered(request, client, body['software_statement']) };
  }

  /**
   * Attack class 212: no stranger takes a name that people know as one of the operator's. Where the operator took it later, the
   * stranger keeps it, marked as unchecked, until it wants another one.
   */
  private async checkName(client: Client, before: unknown): Promise<void> {
    const isKept = typeof before === 'string' && likenessOf(before) === likenessOf(client.name);
    if (!isStranger(client) || isKept) return;
    if (await this.clients.isTakenForOperators(client.name)) {
      throw new RegistrationError('invalid_client_metadata', 'name_of_operators_client');
    }
  }

  private checkCredentials(request: RegistrationRequest): void {
    checkResponseTypes(request);
    const { token_endpoint_auth_method: method, jwks, jwks_uri: jwksUri, grant_types: grants } = request;
    if (jwks && jwksUri !== undefined) refuse('jwks and jwks_uri must not be given together');
    if (KEY_METHODS.includes(method) && !jwks && jwksUri === undefined) refuse(`${method} needs jwks or jwks_uri`);
    if (method === 'none' && grants.includes(GRANT_TYPE.clientCredentials)) {
      refuse('grant_types: client_credentials is for clients that authenticate');
    }
  }

  /** What it asks for, or else all that it may have: a matter of who vouches for it, and not of how others come today. */
  private accessOf(request: RegistrationRequest, vouchedBy: Voucher): RegistrableAccess {
    const may = this.registrable(vouchedBy);
    const { scope, audiences = may.audiences, authorization_details_types: types } = request;
    const scopes = scope === undefined ? may.scopes.filter(isAdvertised) : [...new Set(parseSpaceList(scope))];
    // As in the configuration: the scopes of a resource are registered with it, and not known here.
    if (vouchedBy === 'operator' ? !scopes.every(isScopeToken) : !isSubset(scopes, may.scopes))
      refuse('scope holds one that clients cannot register');
    if (!isSubset(audiences, may.audiences)) refuse('audiences holds one that clients cannot register');
    if (!isSubset(types, may.authorizationDetailsTypes)) {
      refuse('authorization_details_types holds one that clients cannot register');
    }
    return { scopes, audiences, authorizationDetailsTypes: types };
  }

  private registrable(vouchedBy: Voucher): RegistrableAccess {
    const { registration, resourceServers, authorization } = this.config;
    if (vouchedBy !== 'operator')
      return vouchedBy === 'initial_access_token' ? registration.withToken : registration.withoutToken;
    return {
      scopes: [],
      audiences: resourceServers.map(({ resource }) => resource),
      authorizationDetailsTypes: authorization.authorizationDetailsTypes.map(({ type }) => type),
    };
  }

  private checkRules(settings: ClientSettings): void {
    const { keys, tls, authorization } = this.config;
    const problems = new ProblemList();
    const draft = { keys, authorization_details_types: authorization.authorizationDetailsTypes };
    checkClientAnswers(settings, [], { draft, problems });
    checkClientCertificates(settings, [], {
      tls: {
        client_certificate_header: tls.clientCertificateHeader,
        client_certificate_port: tls.listener?.clientCertificatePort,
        client_certificate_authorities: tls.certificateAuthorities.length > 0 ? tls.certificateAuthorities : undefined,
      },
      problems,
    });
    const [first] = problems.all;
    if (first) refuse(`${formatPath(first.path)} ${first.message}`);
  }

  private clientOf(settings: ClientSettings, further: Further): Client {
    const { keys } = this.config;
    const metadata = buildClientMetadata(settings, {
      algorithms: [...keys.algorithms],
      signing_algorithm: keys.signingAlgorithm,
    });
    return {
      id: settings.client_id,
      name: settings.name,
      publisher: null,
      logoUri: settings.logo_uri ?? null,
      type: settings.type,
      authenticationMethod: settings.token_endpoint_auth_method ?? 'client_secret_basic',
      secrets: [],
      jwks: settings.jwks ? { keys: [...settings.jwks.keys] } : null,
      grantTypes: settings.grant_types,
      scopes: settings.scopes,
      audiences: settings.audiences,
      accessTokenFormat: settings.access_token_format,
      metadata: { ...metadata, ...further },
      enabled: true,
    };
  }
}

function settingsOf(id: string, request: RegistrationRequest, access: RegistrableAccess): ClientSettings {
  const { default_max_age: maxAge, ...others } = request;
  return {
    ...others,
    claims_redirect_uris: request.claims_redirect_uris ?? [],
    default_acr_values: request.default_acr_values ?? [],
    client_id: id,
    name: request.client_name ?? id,
    type: request.token_endpoint_auth_method === 'none' ? 'public' : 'confidential',
    scopes: [...access.scopes],
    audiences: [...access.audiences],
    access_token_format: 'opaque',
    enabled: true,
    ...(maxAge !== undefined && { default_max_age: maxAge * 1_000 }),
  };
}

/** RFC 7591 section 2: null is as good as absent. @throws RegistrationError */
function parse(metadata: Readonly<Record<string, unknown>>): RegistrationRequest {
  const present = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
  const parsed = registrationRequestSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const [{ path, message } = { path: [], message: 'is not valid' }] = parsed.error.issues;
  const detail = `${formatPath(path.map((part) => (typeof part === 'number' ? part : String(part))))} ${message}`;
  if (path[0] === 'redirect_uris') throw new RegistrationError('invalid_redirect_uri', 'redirect_uri_invalid', detail);
  return refuse(detail);
}

/** DC-01: all that is registered, with what holds by default. */
function registered(request: RegistrationRequest, client: Client, statement: unknown): Record<string, unknown> {
  const { metadata } = client;
  const all = {
    ...request,
    application_type: metadata.applicationType,
    response_types: client.grantTypes.includes(GRANT_TYPE.authorizationCode) ? ['code'] : [],
    scope: client.scopes.join(' '),
    audiences: client.audiences,
    id_token_signed_response_alg: metadata.idTokenSignedResponseAlg,
    authorization_signed_response_alg: metadata.authorizationSignedResponseAlg,
    ...contentEncryptions(request),
    ...(typeof statement === 'string' && { software_statement: statement }),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** How the content of what is encrypted is encrypted, where the client did not say. */
function contentEncryptions(request: RegistrationRequest): Record<string, unknown> {
  const encrypted = ENCRYPTED_ANSWERS.filter((what) => request[`${what}_encrypted_response_alg`] !== undefined);
  return Object.fromEntries(
    encrypted.map((what) => {
      const member = `${what}_encrypted_response_enc` as const;
      return [member, request[member] ?? CONTENT_ENCRYPTIONS[0]];
    }),
  );
}

function refuse(detail: string): never {
  throw new RegistrationError('invalid_client_metadata', 'metadata_invalid', detail);
}

/** DC-03. */
function checkResponseTypes({ grant_types: grants, response_types: said }: RegistrationRequest): void {
  const usesCodes = grants.includes(GRANT_TYPE.authorizationCode);
  const responses = said ?? (usesCodes ? ['code'] : []);
  if (usesCodes !== responses.includes('code')) refuse('response_types and grant_types do not fit each other');
}
