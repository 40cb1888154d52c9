import type { ClientRegistry } from '@valetkey/clients';
import type { KeyRing } from '@valetkey/keys';
import type { TokenEndpoint } from '@valetkey/oauth';
import type { TokenOptions } from '@valetkey/tokens';
import { ServerMetadata } from './server-metadata.service.js';

const OF_AUTHORIZATION_ENDPOINT = [
  'id_token_signing_alg_values_supported',
  'authorization_response_iss_parameter_supported',
];

/** The metadata of a server that has these grant types. */
function documentWith(grantTypes: string[]): Promise<Record<string, unknown>> {
  const keyRing = { signingAlgorithm: 'ES256', algorithms: ['ES256', 'RS256'] } as unknown as KeyRing;
  const clients = { resourceServers: async () => [] } as unknown as ClientRegistry;
  const options = { issuer: 'https://as.example' } as TokenOptions;
  return new ServerMetadata({ grantTypes } as unknown as TokenEndpoint, keyRing, clients, options).document();
}

describe('IR-61, IR-65 metadata derive from what is registered', () => {
  it('IS-02 promise nothing that only an authorization endpoint gives, while there is none', async () => {
    const document = await documentWith(['client_credentials', 'refresh_token']);
    for (const member of OF_AUTHORIZATION_ENDPOINT) expect(document).not.toHaveProperty(member);
    expect(document).toMatchObject({ grant_types_supported: ['client_credentials', 'refresh_token'] });
  });

  it('IS-02 promise it with the grant type that needs the endpoint', async () => {
    expect(await documentWith(['authorization_code'])).toMatchObject({
      id_token_signing_alg_values_supported: ['ES256', 'RS256'],
      authorization_response_iss_parameter_supported: true,
    });
  });
});
