import type { Client, ClientMetadata } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { applicationOf, startingPlaceOf } from './known-application.js';

function hostOf(metadata: Partial<ClientMetadata>): string | undefined {
  const all = { ...DEFAULT_CLIENT_METADATA, ...metadata };
  return applicationOf({ name: 'Planner', publisher: null, metadata: all } as Client).host;
}

describe('attack classes 212, 238: where an application is at home', () => {
  it('is the home page that the operator vouches for', () => {
    const metadata = { clientUri: 'https://home.example/a', redirectUris: ['https://app.home.example/b'] };
    expect(hostOf(metadata)).toBe('home.example');
    for (const vouchedBy of ['nobody', 'initial_access_token', 'software_statement'] as const) {
      expect(hostOf({ ...metadata, vouchedBy })).toBe('app.home.example');
    }
  });

  it('is the one host that all return addresses have', () => {
    expect(hostOf({ redirectUris: ['https://a.example/1', 'https://a.example/2'] })).toBe('a.example');
    expect(hostOf({ redirectUris: ['https://bank.example/1', 'https://a.example/2'] })).toBeUndefined();
    expect(hostOf({ redirectUris: ['https://a.example/1', 'com.example.app:/back'] })).toBeUndefined();
  });

  it('is no address on the device, and nothing where nobody returns', () => {
    expect(hostOf({ redirectUris: ['http://127.0.0.1:8080/back'] })).toBeUndefined();
    expect(hostOf({ redirectUris: ['com.example.app:/back'] })).toBeUndefined();
    expect(hostOf({ redirectUris: [] })).toBeUndefined();
  });
});

describe('A8, attack class 212: where she begins anew', () => {
  const placeOf = (metadata: Partial<ClientMetadata>) =>
    startingPlaceOf({ name: 'Planner', metadata: { ...DEFAULT_CLIENT_METADATA, ...metadata } } as Client);
  const clientUri = 'https://home.example/a?b';

  it('is the home page that the operator vouches for, and a name without any address otherwise', () => {
    expect(placeOf({ clientUri })).toEqual({ name: 'Planner', url: clientUri });
    expect(placeOf({})).toEqual({ name: 'Planner' });
    for (const vouchedBy of ['nobody', 'initial_access_token', 'software_statement'] as const)
      expect(placeOf({ clientUri, vouchedBy })).toEqual({ name: 'Planner' });
    for (const uri of ['http://home.example', 'javascript:alert(1)', 'no address'])
      expect(placeOf({ clientUri: uri })).toEqual({ name: 'Planner' });
  });
});
