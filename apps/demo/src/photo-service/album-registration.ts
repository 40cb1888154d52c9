import type { ProtectionClient } from '@valetkey/resource-server';
import type { Album, AlbumStore } from './album.store.js';

/** What can be allowed on an album. */
export const ALBUM_SCOPES = ['view', 'print'];

const ALBUM_TYPE = 'urn:example:album';

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
      type: ALBUM_TYPE,
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
   * resources without an album are deleted. Ids that both know stay as they are. An album that has lost its id takes the
   * resource of its name back: requests and authorizations name that one, and with another alice would not recognise them.
   */
  async reconcile(): Promise<void> {
    const orphans = new Set<string>();
    for await (const id of this.alice.resources.list()) orphans.add(id);
    const lost = this.albums.all().filter(({ resourceId }) => resourceId === undefined || !orphans.delete(resourceId));
    const ids = lost.length === 0 ? new Map<string, string>() : await this.idsByName(orphans);
    for (const album of lost) {
      const id = ids.get(album.title);
      // Two albums may have one name: the second finds it taken.
      if (id !== undefined && orphans.delete(id)) this.albums.keep({ ...album, resourceId: id });
      else await this.register(album);
    }
    for (const id of orphans) await this.alice.resources.delete(id);
  }

  private async idsByName(ids: Iterable<string>): Promise<Map<string, string>> {
    const byName = new Map<string, string>();
    for (const id of ids) {
      const description = (await this.alice.resources.read(id))?.description;
      if (description?.type === ALBUM_TYPE && description.name !== undefined) byName.set(description.name, id);
    }
    return byName;
  }
}
