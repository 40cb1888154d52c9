import type { AccountStore } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { rootAuthorization } from '@valetkey/authorizations';
import type { ClientRegistry } from '@valetkey/clients';
import type { TrustedIssuerStore } from '@valetkey/federation';
import type { RefreshToken } from '@valetkey/tokens';
import { RefreshGround } from './refresh-ground.service.js';

const NOW = 1_700_000_000_000;
const OPTIONS = { issuer: 'https://as.example' };
const accounts = { isEnabled: async (id: string) => id === 'alice' } as AccountStore;
const clients = {
  findEnabled: async (id: string) => (id === 'shop' ? { id } : undefined),
} as unknown as ClientRegistry;

const tokenOf = (owner: OwnerId, party: Party | null = null) =>
  ({
    authorization: rootAuthorization({ id: 'g', origin: 'owner', owner, clientId: 'app', party }, NOW),
  }) as unknown as RefreshToken;

/** The record itself is active: it may not have been suspended yet. */
describe('the owner under a refresh token', () => {
  const ground = new RefreshGround(clients, accounts, {} as TrustedIssuerStore, OPTIONS);

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

describe('the requesting party under a refresh token', () => {
  const issuers = {
    enabled: async () => [{ issuer: 'https://idp.example' }],
  } as unknown as TrustedIssuerStore;
  const linked = {
    isEnabled: accounts.isEnabled,
    findLinked: async () => undefined,
  } as unknown as AccountStore;
  const ground = new RefreshGround(clients, linked, issuers, OPTIONS);

  it.each<[string, Party, boolean]>([
    ['who signed in here', { issuer: OPTIONS.issuer, subject: 'alice', accountId: 'alice' }, true],
    ['who signed in here and is disabled', { issuer: OPTIONS.issuer, subject: 'bob', accountId: 'bob' }, false],
    ['whom a trusted issuer names', { issuer: 'https://idp.example', subject: 'alice' }, true],
    ['whom nobody trusted names', { issuer: 'https://evil.example', subject: 'alice' }, false],
  ])('%s', async (_, party, stands) => {
    expect(await ground.stands(tokenOf('account:alice', party), NOW)).toBe(stands);
  });
});
