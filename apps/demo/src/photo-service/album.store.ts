import { randomBytes } from 'node:crypto';
import { readPrivateFile, writePrivateFile } from '../private-file.js';

export interface Album {
  /** The service's own name of the album, as in its address. */
  id: string;
  title: string;
  /** Titles of the photos; the address of a photo ends in its number, from 1. */
  photos: string[];
  /** The id under which the authorization server knows the album; missing until it is registered. */
  resourceId?: string;
}

const FIRST_ALBUMS: Album[] = [
  { id: 'winter', title: 'Winter in the mountains', photos: ['First snow', 'The frozen lake', 'Evening at the hut'] },
  { id: 'garden', title: 'The garden', photos: ['Apple blossom', 'After the rain'] },
];
const MOST_ALBUMS = 100;

/** Alice's albums, in one JSON file. */
export class AlbumStore {
  private readonly albums: Map<string, Album>;

  constructor(private readonly path: string) {
    const content = readPrivateFile(path);
    const albums = content === undefined ? FIRST_ALBUMS : (JSON.parse(content) as Album[]);
    this.albums = new Map(albums.map((album) => [album.id, album]));
  }

  all(): Album[] {
    return [...this.albums.values()];
  }

  find(id: string): Album | undefined {
    return this.albums.get(id);
  }

  /** A new album with two photos; undefined when there is no room for another. */
  add(title: string): Album | undefined {
    if (this.albums.size >= MOST_ALBUMS) return undefined;
    const album: Album = { id: randomBytes(6).toString('hex'), title, photos: ['The first photo', 'The second photo'] };
    this.keep(album);
    return album;
  }

  keep(album: Album): void {
    this.albums.set(album.id, album);
    this.save();
  }

  remove(album: Album): void {
    this.albums.delete(album.id);
    this.save();
  }

  private save(): void {
    writePrivateFile(this.path, JSON.stringify(this.all(), null, 2));
  }
}
