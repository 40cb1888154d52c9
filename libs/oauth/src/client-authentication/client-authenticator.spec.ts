import { Clock, sha256 } from '@valetkey/kernel';
import type { Client, ClientRegistry } from '@valetkey/clients';
import { FormParameters } from '../domain/form-parameters.js';
import type { SecurityEvents } from '../security-events.js';
import type { ClientAssertionVerifier } from './client-assertion.verifier.js';
import { ClientAuthenticator } from './client-authenticator.service.js';

class FixedClock extends Clock {
  now(): number {
    return 1_700_000_000_000;
  }
}

const SHOP: Client = {
  id: 'shop',
  name: 'Shop',
  publisher: null,
  logoUri: null,
  type: 'confidential',
  authenticationMethod: 'client_secret_basic',
  secrets: [{ hash: sha256('right'), expiresAt: null }],
  jwks: null,
  grantTypes: [],
  scopes: [],
  audiences: [],
  accessTokenFormat: 'opaque',
  enabled: true,
};

function authenticator(): ClientAuthenticator {
  const registry: Pick<ClientRegistry, 'findEnabled'> = {
    findEnabled: (id) => Promise.resolve(id === SHOP.id ? SHOP : undefined),
  };
  const events: Pick<SecurityEvents, 'record'> = { record: () => undefined };
  return new ClientAuthenticator(
    registry as ClientRegistry,
    {} as ClientAssertionVerifier,
    events as SecurityEvents,
    new FixedClock(),
  );
}

describe('client authentication (RFC 6749 section 2.3.1)', () => {
  it('slows guessing of secrets down with 429, and takes the right secret all the while', async () => {
    const clients = authenticator();
    const attempt = async (secret: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}`;
      const request = { parameters: FormParameters.parse(''), authorization, address: '192.0.2.1' };
      return clients.authenticate(request).then(
        () => 200,
        (error: { status: number }) => error.status,
      );
    };
    const statuses: number[] = [];
    for (let round = 0; round < 101; round += 1) statuses.push(await attempt(`wrong-${round}`));
    expect(statuses.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 401));
    expect(statuses[100]).toBe(429);
    expect(await attempt('right')).toBe(200);
    expect(await attempt('wrong')).toBe(429);
  });
});
