import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { KeyRing } from '@valetkey/keys';
import { TokenEndpoint } from '@valetkey/oauth';
import { ASYMMETRIC_ALGORITHMS, CLIENT_AUTHENTICATION_METHODS, SERVER_SCOPE } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';

type Metadata = Record<string, unknown>;

/** The server's metadata (RFC 8414 section 2, FedAuthz section 2): every member derives from what is registered. */
@Injectable()
export class ServerMetadata {
  constructor(
    private readonly tokenEndpoint: TokenEndpoint,
    private readonly keyRing: KeyRing,
    private readonly clients: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** One document for all three well-known addresses (UG-02). Members without values are left out (IR-61). */
  async document(): Promise<Metadata> {
    const { issuer } = this.options;
    const servers = await this.clients.resourceServers();
    const confidential = CLIENT_AUTHENTICATION_METHODS.filter((method) => method !== 'none');
    return withoutEmpty({
      issuer,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      introspection_endpoint: `${issuer}/introspect`,
      revocation_endpoint: `${issuer}/revoke`,
      resource_registration_endpoint: `${issuer}/uma/resources/`,
      permission_endpoint: `${issuer}/uma/permission`,
      grant_types_supported: this.tokenEndpoint.grantTypes,
      scopes_supported: [...Object.values(SERVER_SCOPE), ...new Set(servers.flatMap((server) => server.scopes))],
      token_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION_METHODS],
      token_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      introspection_endpoint_auth_methods_supported: [...confidential, 'Bearer'],
      introspection_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      revocation_endpoint_auth_methods_supported: [...CLIENT_AUTHENTICATION_METHODS],
      revocation_endpoint_auth_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      access_token_signing_alg_values_supported: [this.keyRing.signingAlgorithm],
      subject_types_supported: ['pairwise'],
      ...this.ofAuthorizationEndpoint(),
      token_types_supported: ['Bearer'],
      protected_resources: servers.map((server) => server.resource),
      service_documentation: `${issuer}/docs`,
    });
  }

  /** ID tokens (OpenID Connect Discovery section 3) and responses that name their issuer (RFC 9207) both come from there. */
  private ofAuthorizationEndpoint(): Metadata {
    if (!this.tokenEndpoint.grantTypes.includes('authorization_code')) return {};
    return {
      id_token_signing_alg_values_supported: [...this.keyRing.algorithms],
      authorization_response_iss_parameter_supported: true,
    };
  }
}

function withoutEmpty(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}
