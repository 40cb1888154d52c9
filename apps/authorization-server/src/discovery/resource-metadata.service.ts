import { Inject, Injectable } from '@nestjs/common';
import { OWN_APIS } from '@valetkey/oauth';
import { ASYMMETRIC_ALGORITHMS } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';

/** Metadata of this server's own APIs as protected resources (RFC 9728 section 2). */
@Injectable()
export class ResourceMetadata {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Paths of the resources below the issuer; the empty one is the issuer itself, the audience of all their tokens. */
  get paths(): readonly string[] {
    return ['', ...OWN_APIS.map(({ path }) => path)];
  }

  /** @param path - one of {@link paths} */
  document(path: string): Record<string, unknown> {
    const { issuer, tls } = this.config;
    const api = OWN_APIS.find((one) => one.path === path);
    return {
      resource: `${issuer}${path}`,
      resource_name: api?.name ?? 'Valetkey',
      authorization_servers: [issuer],
      jwks_uri: `${issuer}/jwks`,
      scopes_supported: [...new Set(api?.scopes ?? OWN_APIS.flatMap(({ scopes }) => scopes))],
      bearer_methods_supported: ['header'],
      token_types_supported: ['Bearer', 'DPoP'],
      dpop_signing_alg_values_supported: [...ASYMMETRIC_ALGORITHMS],
      ...(tls.certificatesArrive && { tls_client_certificate_bound_access_tokens: true }),
      resource_documentation: `${issuer}/docs`,
    };
  }
}
