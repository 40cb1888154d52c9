import type { ProtectionClient } from '@valetkey/resource-server';
import type { Album, AlbumStore } from './album.store.js';

/** What can be allowed on an album. */
export const ALBUM_SCOPES = ['view', 'print'];

/** Puts alice's albums under the protection of her authorization server. */
export class AlbumRegistration {
  constructor(
    private readonly albums: AlbumStore,
    private readonly alice: ProtectionClient,
  ) {}

  /** Registers an album and remembers the id that the server gave it. */
  async register(album: Album): Promise<Album> {
    const { id } = await this.alice.resources.create({
      name: album.title,
      type: 'urn:example:album',
      resource_scopes: ALBUM_SCOPES,
    });
    const registered = { ...album, resourceId: id };
    this.albums.keep(registered);
    return registered;
  }

  /** Ends the protection first: an album that is gone must not be left standing among alice's resources. */
  async remove(album: Album): Promise<void> {
    if (album.resourceId !== undefined) await this.alice.resources.delete(album.resourceId);
    this.albums.remove(album);
  }

  /**
   * Makes both sides agree, whatever an earlier run left undone: albums that the server does not know are registered,
   * resources without an album are deleted. Ids that both know stay as they are.
   */
  async reconcile(): Promise<void> {
    const orphans = new Set<string>();
    for await (const id of this.alice.resources.list()) orphans.add(id);
    for (const album of this.albums.all()) {
      const known = album.resourceId !== undefined && orphans.delete(album.resourceId);
      if (!known) await this.register(album);
    }
    for (const id of orphans) await this.alice.resources.delete(id);
  }
}
