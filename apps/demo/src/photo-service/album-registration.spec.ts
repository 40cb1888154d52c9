import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
      read: async (id: string) => {
        const description = atServer.get(id);
        return description && { id, userAccessPolicyUri: undefined, description, etag: undefined };
      },
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

  it('gives albums that have lost their ids the resources of their names back, each to one album', async () => {
    const twins = [1, 2].map((id) => ({ id: `twin-${id}`, title: 'The garden', photos: [] }));
    writeFileSync(file, JSON.stringify([{ id: 'winter', title: 'Winter in the mountains', photos: [] }, ...twins]));
    atServer.set('no-album', { name: 'Winter in the mountains', type: 'urn:example:diary', resource_scopes: ['view'] });
    await expect(start()).resolves.toEqual([
      ['winter', 'r3'],
      ['twin-1', 'r2'],
      ['twin-2', 'r4'],
    ]);
    expect([...atServer.keys()]).toEqual(['r2', 'r3', 'r4']);
  });
});
