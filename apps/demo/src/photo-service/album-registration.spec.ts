import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProtectionClient, ResourceDescription } from '@valetkey/resource-server';
import { AlbumRegistration } from './album-registration.js';
import { AlbumStore } from './album.store.js';

describe('AlbumRegistration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-albums-'));
  const file = join(folder, 'albums.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Ids at the server. What a server does is tested against the real one; here it only remembers. */
  const atServer = new Map<string, ResourceDescription>();
  let made = 0;
  const alice = {
    resources: {
      create: async (description: ResourceDescription) => {
        const id = `r${++made}`;
        atServer.set(id, description);
        return { id, userAccessPolicyUri: undefined };
      },
      delete: async (id: string) => atServer.delete(id),
      async *list() {
        yield* [...atServer.keys()];
      },
    },
  } as unknown as ProtectionClient;
  const start = async () => {
    const albums = new AlbumStore(file);
    await new AlbumRegistration(albums, alice).reconcile();
    return albums.all().map(({ id, resourceId }) => [id, resourceId]);
  };

  it('registers every album once, and keeps the ids at the next start', async () => {
    const first = await start();
    expect(first).toEqual([
      ['winter', 'r1'],
      ['garden', 'r2'],
    ]);
    await expect(start()).resolves.toEqual(first);
    expect([...atServer.keys()]).toEqual(['r1', 'r2']);
  });

  it('registers again what the server has lost, and deletes what no album stands behind', async () => {
    atServer.delete('r1');
    atServer.set('left-over', { resource_scopes: ['view'] });
    await expect(start()).resolves.toEqual([
      ['winter', 'r3'],
      ['garden', 'r2'],
    ]);
    expect([...atServer.keys()]).toEqual(['r2', 'r3']);
  });
});
