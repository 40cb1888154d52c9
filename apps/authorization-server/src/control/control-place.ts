import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The longest path that every system lets a socket have (104 bytes with the NUL at its end; Linux has 108). */
const LONGEST_PATH = 103;
const SOCKET = 'socket';
const TEMPORARY = 'valetkey-';

/**
 * Where the process that owns a SQLite file takes commands: a socket in a folder of its owner's alone, beside the file. Where
 * that path is longer than a socket's may be, the socket is in a temporary folder that a file there names.
 */
export class ControlPlace {
  private readonly folder: string;

  /** @param databasePath - absolute path of the SQLite file */
  constructor(databasePath: string) {
    this.folder = `${databasePath}.control`;
  }

  /** The path to connect to, whether somebody listens there or not. */
  find(): string {
    return this.elsewhere() ?? this.beside;
  }

  /**
   * Makes the folders and gives the path to listen at. Only for the owner of the file: what another left behind is dead.
   * @throws Error when a folder cannot be made, or is not this user's alone
   */
  prepare(): string {
    this.clear();
    makePrivateFolder(this.folder);
    if (fits(this.beside)) return this.beside;
    const path = join(mkdtempSync(join(shortTemporaryFolder(), TEMPORARY)), SOCKET);
    writeFileSync(this.record, path, { mode: 0o600 });
    return path;
  }

  /** Removes what `prepare` made and a socket that nobody listens at any more. Never fails: what is left harms nobody. */
  clear(): void {
    const elsewhere = this.elsewhere();
    if (elsewhere !== undefined) removeTemporary(elsewhere);
    for (const path of [this.beside, this.record]) attempt(() => rmSync(path, { force: true }));
    attempt(() => rmdirSync(this.folder));
  }

  private get beside(): string {
    return join(this.folder, SOCKET);
  }

  private get record(): string {
    return join(this.folder, 'elsewhere');
  }

  private elsewhere(): string | undefined {
    try {
      return readFileSync(this.record, 'utf8');
    } catch {
      return undefined;
    }
  }
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= LONGEST_PATH;
}

/** The system's own, unless that is so long that nothing fits below it. */
function shortTemporaryFolder(): string {
  const folder = tmpdir();
  return fits(join(folder, `${TEMPORARY}XXXXXX`, SOCKET)) ? folder : '/tmp';
}

function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // A link could lead into a folder of somebody else.
    if (!lstatSync(path).isDirectory()) throw error;
  }
  chmodSync(path, 0o700);
}

/** Takes nothing away but what looks like a socket that `prepare` made. */
function removeTemporary(path: string): void {
  const folder = dirname(path);
  if (basename(path) !== SOCKET || !basename(folder).startsWith(TEMPORARY)) return;
  attempt(() => {
    if (lstatSync(path).isSocket()) rmSync(path);
  });
  attempt(() => rmdirSync(folder));
}

function attempt(removal: () => void): void {
  try {
    removal();
  } catch {
    // It is gone, or not ours to remove.
  }
}
