import type { AccountStore } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { rootAuthorization } from '@valetkey/authorizations';
import type { ClientRegistry } from '@valetkey/clients';
import type { TrustedIssuerStore } from '@valetkey/federation';
import type { RefreshToken } from '@valetkey/tokens';
import { RefreshGround } from './refresh-ground.service.js';

const NOW = 1_700_000_000_000;
const accounts = { isEnabled: async (id: string) => id === 'alice' } as AccountStore;
const clients = {
  findEnabled: async (id: string) => (id === 'shop' ? { id } : undefined),
} as unknown as ClientRegistry;

const tokenOf = (owner: OwnerId) =>
  ({
    authorization: rootAuthorization({ id: 'g', origin: 'owner', owner, clientId: 'app' }, NOW),
  }) as unknown as RefreshToken;

/** The record itself is active: it may not have been suspended yet. */
describe('the owner under a refresh token', () => {
  const ground = new RefreshGround(clients, accounts, {} as TrustedIssuerStore);

  it.each<[OwnerId, boolean]>([
    ['account:alice', true],
    ['account:bob', false],
    ['account:shop', false],
    ['client:shop', true],
    ['client:other-shop', false],
    ['client:alice', false],
  ])('%s stands: %s, as it is enabled or not', async (owner, stands) => {
    expect(await ground.stands(tokenOf(owner), NOW)).toBe(stands);
  });
});
