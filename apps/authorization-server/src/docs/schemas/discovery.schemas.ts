import type { Json } from '../operation.js';
import { object, TEXT } from './common.schemas.js';

const URI: Json = { type: 'string', format: 'uri' };
const TEXTS: Json = { type: 'array', items: TEXT };

export const DISCOVERY_SCHEMAS: Json = {
  ServerMetadata: {
    ...object(
      {
        issuer: URI,
        token_endpoint: URI,
        jwks_uri: URI,
        introspection_endpoint: URI,
        revocation_endpoint: URI,
        resource_registration_endpoint: URI,
        permission_endpoint: URI,
        claims_interaction_endpoint: URI,
        pushed_authorization_request_endpoint: URI,
        response_types_supported: TEXTS,
        grant_types_supported: TEXTS,
        scopes_supported: TEXTS,
        token_endpoint_auth_methods_supported: TEXTS,
      },
      { protected_resources: TEXTS, service_documentation: URI },
    ),
    description: 'RFC 8414 section 2, with the members of UMA FedAuthz section 2. Derived from what is registered.',
  },
  ResourceMetadata: {
    ...object(
      {
        resource: URI,
        authorization_servers: TEXTS,
        scopes_supported: TEXTS,
        bearer_methods_supported: TEXTS,
      },
      {
        resource_name: TEXT,
        jwks_uri: URI,
        token_types_supported: TEXTS,
        dpop_signing_alg_values_supported: TEXTS,
        tls_client_certificate_bound_access_tokens: { type: 'boolean' },
        resource_documentation: URI,
      },
    ),
    description: 'RFC 9728 section 2. Challenges of the API name this document as `resource_metadata`.',
  },
  JsonWebKeySet: object({ keys: { type: 'array', items: { type: 'object' } } }),
  Health: object({ status: { enum: ['live', 'ready', 'not_ready'] } }),
};
