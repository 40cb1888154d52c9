import { randomUUID } from 'node:crypto';
import type { Client } from '@valetkey/clients';
import { ClientRegistry, ClientStore, DEFAULT_CLIENT_METADATA, ResourceServerStore } from '@valetkey/clients';
import type { OpenDatabase } from '@valetkey/persistence';
import type { RememberedLookUp } from '@valetkey/testing';
import { sharedReadsContract, write } from '@valetkey/testing';

const NOW = 1_700_000_000_000;

const client = (id: string, name: string): Client => ({
  id,
  name,
  publisher: null,
  logoUri: null,
  type: 'confidential',
  authenticationMethod: 'client_secret_basic',
  secrets: [],
  jwks: null,
  grantTypes: [],
  scopes: [],
  audiences: [],
  accessTokenFormat: 'opaque',
  metadata: { ...DEFAULT_CLIENT_METADATA, allowedOrigins: [`https://${name}.example`] },
  enabled: true,
});

/** Clients, resource servers and origins: each read once for all who ask at a moment. */
export function clientRegistryContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const save = (id: string, name: string) =>
    write(database(), (writes) => new ClientStore(database()).save(writes, client(id, name), 'operator', NOW));
  const saveServer = (clientId: string, name: string) =>
    write(database(), (writes) =>
      new ResourceServerStore(database()).save(writes, {
        clientId,
        resource: `https://${clientId}.example`,
        name,
        realm: 'r',
        scopes: [],
        partialGrant: false,
        enabled: true,
      }),
    );
  const lookUp = (
    find: (registry: ClientRegistry, id: string) => Promise<unknown>,
    statements: number,
  ): RememberedLookUp => ({
    make: (watched, clock) => {
      const stores = [new ClientStore(watched), new ResourceServerStore(watched)] as const;
      const registry = new ClientRegistry(...stores, watched, clock);
      return (id) => find(registry, id);
    },
    store: async () => {
      const id = randomUUID();
      await save(id, `first-${id}`);
      await saveServer(id, 'first');
      return id;
    },
    change: async (id) => {
      await save(id, `second-${id}`);
      await saveServer(id, 'second');
    },
    statements,
  });

  describe('a client', () =>
    sharedReadsContract(
      open,
      lookUp((registry, id) => registry.find(id), 2),
    ));
  describe('a resource server', () =>
    sharedReadsContract(
      open,
      lookUp((registry, id) => registry.resourceServer(id), 3),
    ));
  describe('an origin', () =>
    sharedReadsContract(
      open,
      lookUp((registry, id) => registry.isOriginOfSome(`https://first-${id}.example`), 1),
    ));
}
