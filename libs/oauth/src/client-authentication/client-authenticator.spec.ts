import { Clock, sha256 } from '@valetkey/kernel';
import type { Client, ClientRegistry } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { FormParameters } from '../domain/form-parameters.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { SecurityEvent, SecurityEvents } from '../security-events.js';
import type { ClientAssertionVerifier } from './client-assertion.verifier.js';
import type { ClientCertificates } from './client-certificates.service.js';
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
  metadata: DEFAULT_CLIENT_METADATA,
  enabled: true,
};
const CLOSED: Client = { ...SHOP, id: 'closed', enabled: false };

/** An authenticator whose registry remembers some clients and finds others only in the store. */
function authenticator(remembered: readonly Client[], stored: readonly Client[] = remembered) {
  const events: SecurityEvent[] = [];
  let reads = 0;
  const findAfresh = (id: string) => {
    reads += 1;
    return Promise.resolve(stored.find((client) => client.id === id));
  };
  const registry: Pick<ClientRegistry, 'find' | 'findAfresh'> = {
    find: (id) => {
      const known = remembered.find((client) => client.id === id);
      return known ? Promise.resolve(known) : findAfresh(id);
    },
    findAfresh,
  };
  const recorder: Pick<SecurityEvents, 'record'> = { record: (event) => void events.push(event) };
  const clients = new ClientAuthenticator(
    registry as ClientRegistry,
    {} as ClientAssertionVerifier,
    {} as ClientCertificates,
    recorder as SecurityEvents,
    new FixedClock(),
  );
  const attempt = async (id: string, secret: string, address = '192.0.2.1'): Promise<number | OAuthError> => {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const sender = { dpopHeaders: [], method: 'POST', url: '/token' };
    const request = { parameters: FormParameters.parse(''), authorization, address, sender };
    return clients.authenticate(request).then(
      () => 200,
      (error: OAuthError) => error,
    );
  };
  const status = async (...given: Parameters<typeof attempt>) => {
    const outcome = await attempt(...given);
    return outcome instanceof OAuthError ? outcome.status : outcome;
  };
  return { attempt, status, events, reads: () => reads };
}

describe('client authentication (RFC 6749 section 2.3.1)', () => {
  it('slows guessing of secrets down with 429, and takes the right secret all the while (attack class 63)', async () => {
    const { status } = authenticator([SHOP]);
    const statuses: unknown[] = [];
    for (let round = 0; round < 101; round += 1) statuses.push(await status('shop', `wrong-${round}`));
    expect(statuses.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 401));
    expect(statuses[100]).toBe(429);
    expect(await status('shop', 'right')).toBe(200);
    expect(await status('shop', 'wrong')).toBe(429);
    expect(await status('shop', 'wrong', '192.0.2.2')).toBe(401);
  });

  it('a secret that was made on another node a moment ago works at once, and a wrong one still does not', async () => {
    const renewed = { ...SHOP, secrets: [...SHOP.secrets, { hash: sha256('newer'), expiresAt: null }] };
    const { status } = authenticator([SHOP], [renewed]);
    expect([await status('shop', 'newer'), await status('shop', 'wrong')]).toEqual([200, 401]);
  });

  it('a client that is gone or disabled by now is refused, though its old self is remembered', async () => {
    const { status } = authenticator([{ ...SHOP, secrets: [] }], [{ ...SHOP, enabled: false }]);
    expect(await status('shop', 'right')).toBe(401);
  });

  it('an unknown client and a wrong secret cost the same reads and get the same words (attack classes 55, 63)', async () => {
    const { attempt, reads } = authenticator([SHOP]);
    const unknown = await attempt('nobody', 'wrong');
    const readsOfUnknown = reads();
    const wrong = await attempt('shop', 'wrong');
    expect([readsOfUnknown, reads()]).toEqual([1, 2]);
    const told = (outcome: number | OAuthError) =>
      outcome instanceof OAuthError && [outcome.status, outcome.headers, outcome.body];
    expect(told(unknown)).toEqual(told(wrong));
    expect(told(unknown)).toBeTruthy();
  });

  it('the right secret of a client that is remembered costs no read', async () => {
    const { status, reads } = authenticator([SHOP]);
    expect([await status('shop', 'right'), reads()]).toEqual([200, 0]);
  });

  it('a failure is reported with the address, and with the name of a client that exists only', async () => {
    const { attempt, events } = authenticator([SHOP, CLOSED]);
    for (const id of ['shop', 'closed', 'a-secret-in-the-wrong-place']) await attempt(id, 'wrong');
    await attempt('closed', 'right');
    const failed = { event: 'client_authentication_failed', address: '192.0.2.1' };
    expect(events).toEqual([
      { ...failed, reason: 'secret_mismatch', clientId: 'shop' },
      { ...failed, reason: 'secret_mismatch', clientId: 'closed' },
      { ...failed, reason: 'client_unknown' },
      { ...failed, reason: 'client_disabled', clientId: 'closed' },
    ]);
  });
});
