import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { KeyRing } from '@valetkey/keys';
import type { AuthorizationOptions } from '@valetkey/oauth';
import { AUTHORIZATION_OPTIONS, OWN_APIS, TokenEndpoint } from '@valetkey/oauth';
import {
  ACR,
  answerAlgorithmsOf,
  ASYMMETRIC_ALGORITHMS,
  CERTIFICATE_METHODS,
  CLIENT_AUTHENTICATION_METHODS,
  CONTENT_ENCRYPTIONS,
  GRANT_MANAGEMENT_ACTIONS,
  KEY_ENCRYPTIONS,
  PERSON_CLAIMS,
  PROMPTS,
  RESPONSE_MODES,
  SERVER_SCOPE,
  TOLD_IDENTITY_SCOPES,
} from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';

type Metadata = Record<string, unknown>;

/** What a client may have encrypted with a key of its own. */
const ENCRYPTION_MEMBERS = Object.fromEntries<readonly string[]>(
  ['id_token', 'userinfo', 'introspection', 'authorization'].flatMap((what) => [
    [`${what}_encryption_alg_values_supported`, [...KEY_ENCRYPTIONS]],
    [`${what}_encryption_enc_values_supported`, [...CONTENT_ENCRYPTIONS]],
  ]),
);

/** The server's metadata (RFC 8414 section 2, FedAuthz section 2): every member derives from what is registered. */
@Injectable()
export class ServerMetadata {
  constructor(
    private readonly tokenEndpoint: TokenEndpoint,
    private readonly keyRing: KeyRing,
    private readonly clients: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
    @Inject(AUTHORIZATION_OPTIONS) private readonly authorization: AuthorizationOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One document for all three well-known addresses (UG-02). Members without values are left out (IR-61). */
  async document(): Promise<Metadata> {
    const { issuer } = this.options;
    const servers = await this.clients.resourceServers();
    const methods = this.authenticationMethods();
    const confidential = methods.filter((method) => method !== 'none');
    return withoutEmpty({
      issuer,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      introspection_endpoint: `${issuer}/introspect`,
      revocation_endpoint: `${issuer}/revoke`,
      ...(this.config.registration.mode !== 'off' && { registration_endpoint: `${issuer}/register` }),
      resource_registration_endpoint: `${issuer}/uma/resources/`,
      permission_endpoint: `${issuer}/uma/permission`,
      claims_interaction_endpoint: `${issuer}/uma/claims`,
      grant_types_supported: this.tokenEndpoint.grantTypes,
      ...this.authorizationMembers(issuer),
      scopes_supported: [
        ...TOLD_IDENTITY_SCOPES,
        ...Object.values(SERVER_SCOPE),
        ...new Set(servers.flatMap((server) => server.scopes)),
      ],
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      introspection_endpoint_auth_methods_supported: [...confidential, 'Bearer'],
      introspection_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      introspection_signing_alg_values_supported: answerAlgorithmsOf(this.keyRing.algorithms),
      revocation_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      access_token_signing_alg_values_supported: [this.keyRing.signingAlgorithm],
      dpop_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      ...this.certificateMembers(),
      // What OpenID Connect Discovery section 3 requires of every provider.
      subject_types_supported: ['pairwise', 'public'],
      id_token_signing_alg_values_supported: answerAlgorithmsOf(this.keyRing.algorithms),
      userinfo_signing_alg_values_supported: answerAlgorithmsOf(this.keyRing.algorithms),
      ...ENCRYPTION_MEMBERS,
      claims_supported: ['sub', 'iss', 'auth_time', 'acr', 'amr', ...PERSON_CLAIMS],
      token_types_supported: ['Bearer', 'DPoP'],
      protected_resources: [
        ...servers.map((server) => server.resource),
        ...OWN_APIS.map(({ path }) => `${issuer}${path}`),
      ],
      service_documentation: `${issuer}/docs`,
    });
  }

  /** Those by certificate only where certificates arrive, and those of authorities only where some are trusted. */
  private authenticationMethods(): string[] {
    const { certificatesArrive, certificateAuthorities } = this.config.tls;
    return CLIENT_AUTHENTICATION_METHODS.filter((method) => {
      if (method === 'tls_client_auth' && certificateAuthorities.length === 0) return false;
      return certificatesArrive || !CERTIFICATE_METHODS.includes(method);
    });
  }

  /** RFC 8705 sections 3.3 and 5. */
  private certificateMembers(): Metadata {
    const { certificatesArrive, clientCertificateAddress } = this.config.tls;
    if (!certificatesArrive) return {};
    const address = clientCertificateAddress;
    return {
      tls_client_certificate_bound_access_tokens: true,
      ...(address !== undefined && {
        mtls_endpoint_aliases: {
          token_endpoint: `${address}/token`,
          revocation_endpoint: `${address}/revoke`,
          introspection_endpoint: `${address}/introspect`,
          pushed_authorization_request_endpoint: `${address}/par`,
          device_authorization_endpoint: `${address}/device_authorization`,
          userinfo_endpoint: `${address}/userinfo`,
        },
      }),
    };
  }

  /** What clients can ask of people (RFC 8414 section 2, RFC 9101 10.5, RFC 9126 5, RFC 9396 10, JARM 4, Grant Management). */
  private authorizationMembers(issuer: string): Metadata {
    const { authorizationDetailsTypes, requirePushedRequests } = this.authorization;
    return {
      authorization_endpoint: `${issuer}/authorize`,
      device_authorization_endpoint: `${issuer}/device_authorization`,
      end_session_endpoint: `${issuer}/sign-out`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      acr_values_supported: Object.values(ACR),
      pushed_authorization_request_endpoint: `${issuer}/par`,
      require_pushed_authorization_requests: requirePushedRequests,
      response_types_supported: ['code'],
      response_modes_supported: [...RESPONSE_MODES, 'jwt'],
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: [...PROMPTS],
      claims_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
      request_object_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      authorization_signing_alg_values_supported: answerAlgorithmsOf(this.keyRing.algorithms),
      // RFC 9207: an authorization response of this server never comes without its issuer.
      authorization_response_iss_parameter_supported: true,
      authorization_details_types_supported: authorizationDetailsTypes.map(({ type }) => type),
      grant_management_endpoint: `${issuer}/grants`,
      grant_management_actions_supported: ['query', 'revoke', ...GRANT_MANAGEMENT_ACTIONS],
      grant_management_action_required: false,
    };
  }
}

function withoutEmpty(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}
