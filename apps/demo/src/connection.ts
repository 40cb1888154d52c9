import { renameSync } from 'node:fs';
import { readPrivateFile, writePrivateFile } from './private-file.js';

/** What the server's command `connect` prints: an owner's yes to a client. */
interface ConnectionFile {
  refresh_token: string;
  scope: string;
}

/** A client's connection to alice, kept in a file. Only one program may use it: its refresh token changes at each use. */
export class Connection {
  constructor(private readonly path: string) {}

  get exists(): boolean {
    return readPrivateFile(this.path) !== undefined;
  }

  get refreshToken(): string {
    const content = readPrivateFile(this.path);
    if (content === undefined) throw new Error(`${this.path} is missing: run \`npm start\` first`);
    return (JSON.parse(content) as ConnectionFile).refresh_token;
  }

  /** Keeps a rotated refresh token. It is on disk when this returns. */
  readonly save = (refreshToken: string, scope = ''): void => {
    writePrivateFile(this.path, JSON.stringify({ refresh_token: refreshToken, scope } satisfies ConnectionFile));
  };

  /** Puts a connection that the server has ended out of the way, so that the next start makes a new one. */
  discard(): void {
    renameSync(this.path, `${this.path}.ended`);
  }
}
